/** Every create stands in the ledger before it is sent, and at the end the ledger says that nothing is left. */
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
  n: number;
  action?: string;
  input?: Record<string, unknown>;
}

const creates = ["CreateGroup", "CreatePerson", "CopyPerson"];

/** The action of a TC3 request and its members. */
function createIn(request: HttpRequest): { action: string; input: unknown } | undefined {
  const action = request.headers.find(([name]) => name === "X-TC-Action")?.[1] ?? "";
  return creates.includes(action) ? { action, input: JSON.parse(String(request.body)) } : undefined;
}

test("iai over its main binding", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "assay-")), "resources.ndjson");
  const ledger = openLedgerFile(file, { run: "r", target: "t", started: "now" });
  const entries = () =>
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Entry);
  const wire = createUndiciTransport();
  let checked = 0;
  const watched: Transport = {
    ...wire,
    send: (origin, request, timeout) => {
      const create = createIn(request);
      if (create) {
        const last = entries().at(-1);
        expect(last).toMatchObject({ op: "intend", action: create.action, input: create.input });
        checked++;
      }
      return wire.send(origin, request, timeout);
    },
  };
  const session = openSession({
    target: emulatorTarget(emulator.url),
    run: runId(1n),
    seed: 1,
    recordAll: false,
    known: knownList([], () => () => false),
    transport: watched,
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
  let n = 0;
  for (const c of plan({ actions: specsOf().actions.values(), depth: "standard", select, isFlat: () => false })) {
    expect((await session.evaluate(c, n++)).verdict.status, c.id).toMatch(/passed|observed/);
  }
  expect(await session.cleanUp()).toBe(0);
  await wire.close();
  ledger.close();
  expect(checked).toBeGreaterThan(50);
  const open = new Set<number>();
  for (const e of entries()) {
    if (e.op === "intend") open.add(e.n);
    if (e.op === "void" || e.op === "gone") open.delete(e.n);
  }
  expect([...open]).toEqual([]);
});

test("what a known failure has left behind is told, and costs no green", async () => {
  const out = mkdtempSync(join(tmpdir(), "assay-"));
  const known = join(out, "known.yaml");
  const code = "InvalidParameterValue.GroupIdTooLong";
  const id = "tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post";
  const entry = { case: id, check: "outcome", location: "/Response/Error/Code", expected: [code], actual: "success" };
  writeFileSync(known, JSON.stringify({ known: [{ ...entry, reason: "to be mended" }] }));
  const faulty = await startEmulator({ faults: ["group-id-one-byte-more"] });
  const args = ["run", "--endpoint", faulty.url, "--out", out, "--select", "tencent/iai/CreateGroup/**"];
  try {
    const accepted = await runAssay(...args, "--depth", "quick", "--known", known);
    expect([accepted.code, accepted.out]).toEqual([0, expect.stringContaining("1 may be left on the target")]);
  } finally {
    await faulty.close();
  }
});
