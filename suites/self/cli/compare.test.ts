/** `assay compare` on logs of real runs: healthy runs agree for different seeds, and a faulty run differs in exactly the affected cases. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runCli } from "../../../runner/cli/program.ts";
import type { Comparison, Json, Verdict } from "../../../runner/model/index.ts";
import { startEmulator } from "../../vitest.ts";
import { globsWithFewCharsets } from "../detection/selections.ts";
import { recordLog } from "./record-log.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-compare-"));
afterAll(() => rmSync(folder, { recursive: true }));

const log = (name: string): string => join(folder, name, "run.ndjson");

interface CommandResult {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process and captures its output. */
async function runCommand(...args: readonly string[]): Promise<CommandResult> {
  const [out, err] = (["stdout", "stderr"] as const).map((name) => {
    const chunks: string[] = [];
    const spy = vi.spyOn(process[name], "write").mockImplementation((chunk) => chunks.push(String(chunk)) > 0);
    return { chunks, spy };
  });
  process.exitCode = undefined;
  try {
    const code = (await runCli(args)) ?? process.exitCode ?? 0;
    return { code, out: out?.chunks.join("") ?? "", err: err?.chunks.join("") ?? "" };
  } finally {
    process.exitCode = undefined;
    for (const stream of [out, err]) stream?.spy.mockRestore();
  }
}

/** A run that records all exchanges → the path of its log. */
async function recordRun(name: string, ...args: readonly string[]): Promise<string> {
  const { code, err } = await runCommand("run", "--record", "all", "--out", join(folder, name), ...args);
  expect([0, 1], err).toContain(code);
  return log(name);
}

async function compareLogs(a: string, b: string): Promise<{ code: unknown; comparison: Comparison }> {
  const { code, out } = await runCommand("compare", a, b, "--format", "json");
  return { code, comparison: JSON.parse(out) as Comparison };
}

const changedCases = ({ changes, undecidedCases }: Comparison): string[] =>
  [...changes, ...undecidedCases].map(({ id }) => id).sort();

describe("two healthy runs with different seeds", () => {
  beforeAll(async () => {
    const select = globsWithFewCharsets("*/*/*");
    await recordLog({ out: join(folder, "seed-1"), select });
    await recordLog({ out: join(folder, "seed-2"), select, seed: 2, lanes: 3 });
  }, 300_000);

  test("have no change in verdicts, nor in more than 3,000 responses", async () => {
    const { code, comparison } = await compareLogs(log("seed-1"), log("seed-2"));
    console.log(
      `${comparison.compared} cases and ${comparison.responses} responses compared, ${comparison.total} changes`,
    );
    expect(changedCases(comparison)).toEqual([]);
    expect([code, comparison.total, comparison.undecided]).toEqual([0, 0, 0]);
    expect(comparison.agree).toBe(comparison.compared);
    expect(comparison.compared).toBeGreaterThan(5000);
    expect(comparison.responses).toBeGreaterThan(3000);
  });

  test("a run compared with itself has no change", async () => {
    const { code, comparison } = await compareLogs(log("seed-1"), log("seed-1"));
    expect([code, comparison.total, comparison.agree]).toEqual([0, 0, comparison.cases]);
    expect(comparison.remarks).toEqual([]);
  });

  test("are undecided if B has only some of A's cases", async () => {
    const part = await recordLog({
      out: join(folder, "part"),
      select: globsWithFewCharsets("tencent/iai/DeleteGroup"),
    });
    const { comparison } = await compareLogs(log("seed-1"), part);
    expect([comparison.exit, comparison.total, comparison.isWorse]).toEqual([3, 0, false]);
    expect(comparison.agree).toBe(comparison.cases);
    expect([comparison.missing, comparison.undecided]).toEqual(
      Array(2).fill(verdictsOf(log("seed-1")).length - comparison.cases),
    );
    const { code, out } = await runCommand("compare", log("seed-1"), part);
    expect([code, out.split(";")[0]]).toEqual([
      3,
      `B is undecided: only ${comparison.cases} of A's ${verdictsOf(log("seed-1")).length.toLocaleString("en-US")} cases are in B (different selection or depth)`,
    ]);
    // In the opposite order B has all cases of A.
    expect((await compareLogs(part, log("seed-1"))).code).toBe(0);
  });

  test("are undecided if one of the logs is truncated", async () => {
    const truncated = join(folder, "torn.ndjson");
    const lines = readFileSync(log("seed-2"), "utf8").split("\n");
    // Fuzz cases of different seeds are not compared.
    const verdicts = lines.filter((line) => line.startsWith('{"type":"verdict"') && !line.includes('"family":"fuzz"'));
    writeFileSync(truncated, `${[lines[0], ...verdicts.slice(0, 100)].join("\n")}\n`);
    const { code, out } = await runCommand("compare", log("seed-1"), truncated);
    expect(code).toBe(3);
    expect(out).toMatch(/^B broke off after 100 cases\. B is undecided: only 100 of A's /);
    const reverse = await runCommand("compare", truncated, log("seed-1"));
    expect(reverse.code).toBe(3);
    expect(reverse.out).toMatch(
      /^A broke off after 100 cases\. B is undecided: 100 cases agree; [\d,]+ are only in B\.\n/,
    );
  });

  test("have one column each in a matrix", async () => {
    const { code, out } = await runCommand("compare", "--matrix", log("seed-1"), log("seed-2"), "--format", "markdown");
    expect(code).toBe(0);
    expect(out).toMatch(/^\| tencent\/iai\/DeletePersonFromGroup \| no failure (\d+)\/\1 \| no failure \1\/\1 \|$/m);
  });
});

/** One fault of each kind: code, HTTP status, member, type, envelope, effect, wrong acceptance and wrong refusal. */
const faults: readonly (readonly [fault: string, action: string])[] = [
  ["code-of-the-person", "tencent/iai/DeletePersonFromGroup"],
  ["tencent-refusal-400", "tencent/iai/DeleteGroup"],
  ["im-group-made-before-it-is-refused", "tencent/im/create_group"],
  ["request-id-absent", "tencent/iai/DeleteGroup"],
  ["account-left-out", "tencent/sts/GetCallerIdentity"],
  ["account-as-number", "tencent/sts/GetCallerIdentity"],
  ["tc3-never-expires", "tencent/iai/DeletePerson"],
  ["group-id-one-byte-more", "tencent/iai/CreateGroup"],
  ["aws-timestamp-as-text", "aws/rekognition/DescribeCollection"],
  ["im-unknown-group-illegal", "tencent/im/destroy_group"],
];

/** A run of one action against an emulator with this fault, or without one → the path of its log. */
const runOf = (action: string, fault?: string): Promise<string> =>
  recordLog({
    out: join(folder, `${action.replaceAll("/", "-")}-${fault ?? "healthy"}`),
    select: globsWithFewCharsets(action),
    faults: fault === undefined ? [] : [fault],
  });

describe("a faulty emulator compared with the healthy one", () => {
  const healthy = new Map<string, string>();
  beforeAll(async () => {
    for (const action of new Set(faults.map(([, faultyAction]) => faultyAction)))
      healthy.set(action, await runOf(action));
  }, 300_000);

  test.each(faults)("%s: exactly the changed cases are listed, exit 1", async (fault, action) => {
    const a = healthy.get(action) ?? "";
    const b = await runOf(action, fault);
    const { code, comparison } = await compareLogs(a, b);
    const changed = changedIds(a, b);
    expect(changed.length).toBeGreaterThan(0);
    expect(changedCases(comparison)).toEqual(changed);
    expect([code, comparison.isWorse]).toEqual([1, true]);
    // The healthy run has no failure, so each failure of the faulty one is a change for the worse.
    expect(comparison.kinds.worse).toBe(verdictsOf(b).filter(([, text]) => text.startsWith('["failed"')).length);
    // In the opposite order nothing is worse, and the same cases are listed.
    const reverse = await compareLogs(b, a);
    expect([reverse.code, reverse.comparison.isWorse, reverse.comparison.kinds.better]).toEqual([
      0,
      false,
      comparison.kinds.worse,
    ]);
    expect(changedCases(reverse.comparison)).toEqual(changed);
    expect((await compareLogs(b, b)).comparison.total).toBe(0);
  });
});

describe("a variant compared with the plain emulator", () => {
  const select = ["aws/rekognition/CreateCollection", "tencent/iai/DeleteGroup", "tencent/im/create_group"];
  const variant = async (name: string, ...variants: readonly string[]): Promise<string> => {
    const emulator = await startEmulator({ variants });
    try {
      const globs = [...select, "tencent/organization/ListUsers"].flatMap(globsWithFewCharsets);
      return await recordRun(name, "--endpoint", emulator.url, "--seed", String(variants.length), "--select", ...globs);
    } finally {
      await emulator.close();
    }
  };
  beforeAll(() => variant("no-variant"));

  test("that differs only in representation (order, escapes, messages, ids) has no change", async () => {
    const http = ["headers-more", "chunked"];
    const text = ["members-reversed", "pretty", "characters-escaped", "slashes-escaped", "numbers-with-point"];
    const messages = ["message-empty", "im-info-reworded"];
    const ids = ["request-id-no-uuid", "aws-request-id-constant"];
    const { code, comparison } = await compareLogs(
      log("no-variant"),
      await variant("equivalent", ...http, ...text, ...messages, ...ids),
    );
    expect(comparison.changes.map(({ id, kind, before, after }) => [id, kind, before, after])).toEqual([]);
    expect([code, comparison.agree]).toEqual([0, comparison.compared]);
    expect(comparison.responses).toBeGreaterThan(500);
  });

  test("with undeclared members and another content type has changes, none of them for the worse", async () => {
    const { code, comparison } = await compareLogs(
      log("no-variant"),
      await variant("different", "undeclared-members", "charset"),
    );
    expect([code, comparison.isWorse, comparison.kinds.worse]).toEqual([0, false, 0]);
    expect(comparison.kinds.other).toBeGreaterThan(500);
    const locations = new Set(
      comparison.changes.flatMap(({ response = [] }) => response.map(({ location }) => location)),
    );
    expect([...locations]).toContain("header:content-type");
  });
});

/** Computed independently of the command: verdicts of the log, and responses in which every value but codes is replaced by its type. */
function changedIds(a: string, b: string): string[] {
  const [before, after] = [a, b].map(
    (path) => new Map([...verdictsOf(path), ...responsesOf(path)].map(([id, text]) => [id, text])),
  );
  const ids = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [
    ...new Set([...ids].filter((id) => before?.get(id) !== after?.get(id)).map((id) => id.split(" ")[0] ?? "")),
  ].sort();
}

const verdictsOf = (path: string): [string, string][] =>
  loggedVerdicts(path).map(({ id, status, findings }) => [
    `${id} verdict`,
    JSON.stringify([status, findings.map(({ check, location }) => [check, location])]),
  ]);

function responsesOf(path: string): [string, string][] {
  return loggedVerdicts(path).map(({ id, exchanges }) => {
    const judged = exchanges.filter(({ role }) => role === "judged");
    return [
      `${id} response`,
      judged
        .map(({ response }) => comparableResponse(response))
        .sort()
        .join(),
    ];
  });
}

const loggedVerdicts = (path: string): Verdict[] =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Verdict)
    .filter(({ type }) => type === "verdict");

function comparableResponse(response: Verdict["exchanges"][number]["response"]): string {
  if ("reason" in response) return response.reason;
  const type = response.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  let body = "not JSON";
  try {
    const parsed = response.body.text === "" ? "" : (JSON.parse(response.body.text) as Json);
    body = JSON.stringify(parsed, (name, value: Json) => {
      if (value === null || typeof value === "object") return value;
      return /code$|^__type$/i.test(name) ? value : typeof value;
    });
  } catch {
    // A body that is not JSON is compared by that fact alone.
  }
  return JSON.stringify([response.status, type, body]);
}

describe("input that cannot be compared", () => {
  test.each([
    ["one log", ["nowhere.ndjson"]],
    ["a missing log", ["nowhere.ndjson", "nowhere.ndjson"]],
    ["a folder", [tmpdir(), tmpdir()]],
    [
      "a file that is not a log",
      [join(import.meta.dirname, "compare.test.ts"), join(import.meta.dirname, "compare.test.ts")],
    ],
  ])("%s: exit code 2", async (_, logs) => {
    const { code, out, err } = await runCommand("compare", ...logs);
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toContain("assay failed");
    expect(err.trim()).not.toBe("");
  });
});
