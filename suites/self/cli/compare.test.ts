/** assay compare on recorded runs: two healthy ones agree whatever their seeds, and of a faulty one exactly the changed cases are named. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runCli } from "../../../runner/cli/program.ts";
import type { Comparison, Json, Verdict } from "../../../runner/model/index.ts";
import { startEmulator } from "../../vitest.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-compare-"));
afterAll(() => rmSync(folder, { recursive: true }));

const log = (name: string): string => join(folder, name, "run.ndjson");

interface Done {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

/** A command as a user gives it, without a process of its own. */
async function commanded(...args: readonly string[]): Promise<Done> {
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
    for (const one of [out, err]) one?.spy.mockRestore();
  }
}

/** A run as a user makes it, its answers kept. */
async function recorded(name: string, ...args: readonly string[]): Promise<string> {
  const { code, err } = await commanded("run", "--record", "all", "--out", join(folder, name), ...args);
  expect([0, 1], err).toContain(code);
  return log(name);
}

async function compared(a: string, b: string): Promise<{ code: unknown; told: Comparison }> {
  const { code, out } = await commanded("compare", a, b, "--format", "json");
  return { code, told: JSON.parse(out) as Comparison };
}

const named = ({ changes, undecidedCases }: Comparison): string[] =>
  [...changes, ...undecidedCases].map(({ id }) => id).sort();

describe("two healthy runs with other seeds", () => {
  beforeAll(async () => {
    await recorded("seed-1");
    await recorded("seed-2", "--seed", "2", "--lanes", "3");
  }, 300_000);

  test("have not one change, in verdicts and in more than five thousand answers", async () => {
    const { code, told } = await compared(log("seed-1"), log("seed-2"));
    console.log(`${told.compared} cases and ${told.responses} answers compared, ${told.total} changes`);
    expect(named(told)).toEqual([]);
    expect([code, told.total, told.undecided]).toEqual([0, 0, 0]);
    expect(told.agree).toBe(told.compared);
    expect(told.compared).toBeGreaterThan(9000);
    expect(told.responses).toBeGreaterThan(5000);
  });

  test("nor has one beside itself", async () => {
    const { code, told } = await compared(log("seed-1"), log("seed-1"));
    expect([code, told.total, told.agree]).toEqual([0, 0, told.cases]);
    expect(told.remarks).toEqual([]);
  });

  test("are never green in silence where B holds a part of A", async () => {
    const part = await recorded("part", "--select", "tencent/iai/DeleteGroup/**");
    const { told } = await compared(log("seed-1"), part);
    expect([told.exit, told.total, told.isWorse]).toEqual([3, 0, false]);
    expect(told.agree).toBe(told.cases);
    expect([told.missing, told.undecided]).toEqual(Array(2).fill(verdictsOf(log("seed-1")).length - told.cases));
    const { code, out } = await commanded("compare", log("seed-1"), part);
    expect([code, out.split(";")[0]]).toEqual([
      3,
      `B is undecided: only ${told.cases} of A's ${verdictsOf(log("seed-1")).length.toLocaleString("en-US")} cases are in B (another selection or depth)`,
    ]);
    // The other way round all of A is there.
    expect((await compared(part, log("seed-1"))).code).toBe(0);
  });

  test("settle nothing where one broke off", async () => {
    const torn = join(folder, "torn.ndjson");
    const lines = readFileSync(log("seed-2"), "utf8").split("\n");
    writeFileSync(torn, `${lines.slice(0, 101).join("\n")}\n`);
    const { code, out } = await commanded("compare", log("seed-1"), torn);
    expect(code).toBe(3);
    expect(out).toMatch(/^B broke off after 100 cases\. B is undecided: only 100 of A's /);
    const back = await commanded("compare", torn, log("seed-1"));
    expect(back.code).toBe(3);
    expect(back.out).toMatch(
      /^A broke off after 100 cases\. B is undecided: 100 cases agree; [\d,]+ are only in B\.\n/,
    );
  });

  test("stand side by side in a matrix", async () => {
    const { code, out } = await commanded("compare", "--matrix", log("seed-1"), log("seed-2"), "--format", "markdown");
    expect(code).toBe(0);
    expect(out).toMatch(/^\| tencent\/iai\/DeletePersonFromGroup \| conformant (\d+)\/\1 \| conformant \1\/\1 \|$/m);
  });
});

/** One of each kind: codes, status, a member, a type, the envelope, what is done, what is let through, what is not. */
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

/** Runs of one action, by what their emulator was told to do wrong. */
async function runOf(action: string, fault: string): Promise<string> {
  const name = `${action.replaceAll("/", "-")}-${fault}`;
  const emulator = await startEmulator({ faults: fault === "healthy" ? [] : [fault] });
  try {
    return await recorded(name, "--endpoint", emulator.url, "--select", `${action}/**`);
  } finally {
    await emulator.close();
  }
}

describe("a faulty emulator beside the healthy one", () => {
  const healthy = new Map<string, string>();
  beforeAll(async () => {
    for (const action of new Set(faults.map(([, one]) => one))) healthy.set(action, await runOf(action, "healthy"));
  }, 300_000);

  test.each(faults)("%s: exactly the changed cases are named, and the exit is 1", async (fault, action) => {
    const a = healthy.get(action) ?? "";
    const b = await runOf(action, fault);
    const { code, told } = await compared(a, b);
    const changed = changedIds(a, b);
    expect(changed.length).toBeGreaterThan(0);
    expect(named(told)).toEqual(changed);
    expect([code, told.isWorse]).toEqual([1, true]);
    // The healthy one fails nothing.
    expect(told.kinds.worse).toBe(verdictsOf(b).filter(([, text]) => text.startsWith('["failed"')).length);
    // The other way round nothing is worse, and the same cases are named.
    const back = await compared(b, a);
    expect([back.code, back.told.isWorse, back.told.kinds.better]).toEqual([0, false, told.kinds.worse]);
    expect(named(back.told)).toEqual(changed);
    expect((await compared(b, b)).told.total).toBe(0);
  });
});

describe("a variant beside the healthy one", () => {
  const select = ["aws/rekognition/CreateCollection", "tencent/iai/DeleteGroup", "tencent/im/create_group"];
  const variant = async (name: string, ...variants: readonly string[]): Promise<string> => {
    const emulator = await startEmulator({ variants });
    try {
      const globs = [...select, "tencent/organization/ListUsers"].map((action) => `${action}/**`);
      return await recorded(name, "--endpoint", emulator.url, "--seed", String(variants.length), "--select", ...globs);
    } finally {
      await emulator.close();
    }
  };
  beforeAll(() => variant("no-variant"));

  test("that says the same in another way has no change", async () => {
    const wire = ["headers-more", "chunked"];
    const text = ["members-reversed", "pretty", "characters-escaped", "slashes-escaped", "numbers-with-point"];
    const words = ["message-empty", "im-info-reworded"];
    const ids = ["request-id-no-uuid", "aws-request-id-no-uuid"];
    const { code, told } = await compared(
      log("no-variant"),
      await variant("alike", ...wire, ...text, ...words, ...ids),
    );
    expect(told.changes.map(({ id, kind, before, after }) => [id, kind, before, after])).toEqual([]);
    expect([code, told.agree]).toEqual([0, told.compared]);
    expect(told.responses).toBeGreaterThan(800);
  });

  test("that says something else is told, and is not worse", async () => {
    const { code, told } = await compared(log("no-variant"), await variant("unlike", "undeclared-members", "charset"));
    expect([code, told.isWorse, told.kinds.worse]).toEqual([0, false, 0]);
    expect(told.kinds.other).toBeGreaterThan(800);
    const places = new Set(told.changes.flatMap(({ response = [] }) => response.map(({ location }) => location)));
    expect([...places]).toContain("header:content-type");
  });
});

/** Worked out by other means than the command's: verdicts from report.json, answers with every value but codes struck out. */
function changedIds(a: string, b: string): string[] {
  const [was, is] = [a, b].map(
    (path) => new Map([...verdictsOf(path), ...answersOf(path)].map(([id, text]) => [id, text])),
  );
  const ids = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return [...new Set([...ids].filter((id) => was?.get(id) !== is?.get(id)).map((id) => id.split(" ")[0] ?? ""))].sort();
}

function verdictsOf(path: string): [string, string][] {
  const { verdicts } = JSON.parse(readFileSync(path.replace("run.ndjson", "report.json"), "utf8")) as {
    verdicts: Pick<Verdict, "id" | "status" | "findings">[];
  };
  return verdicts.map(({ id, status, findings }) => [
    `${id} verdict`,
    JSON.stringify([status, findings.map(({ check, location }) => [check, location])]),
  ]);
}

function answersOf(path: string): [string, string][] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const verdicts = lines.map((line) => JSON.parse(line) as Verdict).filter(({ type }) => type === "verdict");
  return verdicts.map(({ id, exchanges }) => {
    const judged = exchanges.filter(({ role }) => role === "judged");
    return [
      `${id} answer`,
      judged
        .map(({ response }) => struck(response))
        .sort()
        .join(),
    ];
  });
}

function struck(response: Verdict["exchanges"][number]["response"]): string {
  if ("reason" in response) return response.reason;
  const type = response.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  let body = "no JSON";
  try {
    const parsed = response.body.text === "" ? "" : (JSON.parse(response.body.text) as Json);
    body = JSON.stringify(parsed, (name, value: Json) => {
      if (value === null || typeof value === "object") return value;
      return /code$|^__type$/i.test(name) ? value : typeof value;
    });
  } catch {
    // What is no JSON has no members.
  }
  return JSON.stringify([response.status, type, body]);
}

describe("what cannot be compared", () => {
  test.each([
    ["one log", ["nowhere.ndjson"]],
    ["no such log", ["nowhere.ndjson", "nowhere.ndjson"]],
    ["a folder", [tmpdir(), tmpdir()]],
    ["no log of a run", [join(import.meta.dirname, "compare.test.ts"), join(import.meta.dirname, "compare.test.ts")]],
  ])("is a fault of the command: %s", async (_, logs) => {
    const { code, out, err } = await commanded("compare", ...logs);
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toContain("assay failed");
    expect(err.trim()).not.toBe("");
  });
});
