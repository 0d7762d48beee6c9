/** The ledger has an entry for every create before it is sent, and no open entry at the end of the run. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plan } from "../../../runner/cases/plan.ts";
import { knownList } from "../../../runner/check/known-failures.ts";
import { emulatorTarget } from "../../../runner/cli/target/find-target.ts";
import type { HttpRequest } from "../../../runner/model/index.ts";
import { openLedgerFile } from "../../../runner/resources/ledger-file.ts";
import { runId } from "../../../runner/run/run-id.ts";
import { openSession } from "../../../runner/run/session.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { createUndiciTransport } from "../../../runner/transport/undici-transport.ts";
import { specsOf, startEmulator } from "../../vitest.ts";
import { runAssay } from "../cli/run-cli.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

interface Entry {
  op: string;
  number: number;
  action?: string;
  input?: Record<string, unknown>;
}

const creates = ["CreateGroup", "CreatePerson", "CopyPerson"];

/** Action and members of a TC3 request that creates something; undefined for other requests. */
function createIn(request: HttpRequest): { action: string; input: unknown } | undefined {
  const action = request.headers.find(([name]) => name === "X-TC-Action")?.[1] ?? "";
  return creates.includes(action) ? { action, input: JSON.parse(String(request.body)) } : undefined;
}

test("the creates of iai over its main binding", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "assay-")), "resources.ndjson");
  const ledger = openLedgerFile(file, { run: "r", target: "t", started: "now" });
  const entries = () =>
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Entry);
  const undici = createUndiciTransport();
  let checked = 0;
  const checkedTransport: Transport = {
    ...undici,
    send: (origin, request, timeout) => {
      const create = createIn(request);
      if (create) {
        const last = entries().at(-1);
        expect(last).toMatchObject({ op: "intend", action: create.action, input: create.input });
        checked++;
      }
      return undici.send(origin, request, timeout);
    },
  };
  const session = openSession({
    target: emulatorTarget(emulator.url),
    run: runId(1n),
    seed: 1,
    recordAll: false,
    known: knownList([], () => () => false),
    transport: checkedTransport,
    ledger,
    now: Date.now,
    nonce: () => 1,
    sleep: async () => undefined,
    interrupted: () => false,
  });
  const select = [
    "tencent/iai/DeletePersonFromGroup/*/**@tc3-post",
    "tencent/iai/CreateGroup/boundary/GroupId/**@tc3-post",
  ];
  let planIndex = 0;
  for (const testCase of plan({
    actions: specsOf().actions.values(),
    depth: "standard",
    select,
    isFlat: () => false,
  })) {
    expect((await session.evaluate(testCase, planIndex++)).verdict.status, testCase.id).toMatch(/passed|observed/);
  }
  expect(await session.cleanUp()).toBe(0);
  await undici.close();
  ledger.close();
  expect(checked).toBeGreaterThan(50);
  const openNumbers = new Set<number>();
  for (const e of entries()) {
    if (e.op === "intend") openNumbers.add(e.number);
    if (e.op === "not-created" || e.op === "deleted") openNumbers.delete(e.number);
  }
  expect([...openNumbers]).toEqual([]);
});

test("leftovers of a known failure are reported, but the exit code is 0", async () => {
  const out = mkdtempSync(join(tmpdir(), "assay-"));
  const known = join(out, "known.yaml");
  const code = "InvalidParameterValue.GroupIdTooLong";
  const id = "tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post";
  const entry = { case: id, check: "outcome", location: "/Response/Error/Code", expected: [code], actual: "success" };
  writeFileSync(known, JSON.stringify({ known: [{ ...entry, reason: "to be fixed" }] }));
  const faulty = await startEmulator({ faults: ["group-id-one-byte-more"] });
  const args = ["run", "--endpoint", faulty.url, "--out", out, "--select", "tencent/iai/CreateGroup/**"];
  try {
    const result = await runAssay(...args, "--depth", "quick", "--known", known);
    expect([result.code, result.out]).toEqual([
      0,
      expect.stringContaining("1 resource may be left on the target; to delete leftovers: "),
    ]);
  } finally {
    await faulty.close();
  }
});
