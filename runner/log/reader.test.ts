/** Complete logs, incomplete ones, damaged ones, and other files. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostile, verdictOf } from "../../reports/testing/laws.ts";
import type {
  Change,
  ChangeKind,
  ChangesSince,
  Coverage,
  ElementCoverage,
  Footer,
  Header,
  Recording,
  Verdict,
} from "../model/index.ts";
import { STATUSES } from "../model/status.ts";
import schema from "./log.schema.json" with { type: "json" };
import { readRecording, recordingInMemory } from "./reader.ts";
import { fileLog } from "./writer.ts";

const golden = readFileSync(fileURLToPath(new URL("../../reports/testing/golden/run.ndjson", import.meta.url)), "utf8");
const lines = golden.trimEnd().split("\n");
const [first = "", ...rest] = lines;
const last = rest.at(-1) ?? "";
const isCoverage = (line: string) => line.startsWith('{"type":"coverage"');
const coverage = rest.filter(isCoverage);
const verdicts = rest.slice(0, -1).filter((line) => !isCoverage(line));

let folder = "";
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-recording-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A recording reads its file again later, so each one gets its own file. */
function read(text: string) {
  const path = join(folder, `${++files}-run.ndjson`);
  writeFileSync(path, text);
  return readRecording(path);
}

describe("a complete log", () => {
  test("gives header, footer and all verdicts in plan order, repeatedly", () => {
    const recording = read(golden);
    expect(recording.header).toEqual(JSON.parse(first));
    expect(recording.footer).toEqual(JSON.parse(last));
    const sorted = verdicts.map((line) => JSON.parse(line) as Verdict).sort((a, b) => a.planIndex - b.planIndex);
    expect([...recording.verdicts()]).toEqual(sorted);
    expect([...recording.verdicts()]).toEqual(sorted);
    expect(verdicts.map((line) => (JSON.parse(line) as Verdict).planIndex)).not.toEqual(
      sorted.map((verdict) => verdict.planIndex),
    );
  });
  test("gives the coverage, repeatedly; a log may have none", () => {
    const recording = read(golden);
    expect(coverage).toHaveLength(2);
    expect([...recording.coverage()]).toEqual(coverage.map((line) => JSON.parse(line)));
    expect([...recording.coverage()]).toEqual([...recording.coverage()]);
    expect([...read([first, ...verdicts, last].join("\n")).coverage()]).toEqual([]);
  });
  test("gives the actions in plan order and the verdicts of each", () => {
    const shuffled = read([first, ...verdicts.toReversed(), last].join("\n"));
    const plain = read(golden);
    expect(shuffled.actions).toEqual([
      "tencent/iai/CreateGroup",
      "tencent/iai/DeletePersonFromGroup",
      "tencent/im/delete_group_member",
    ]);
    expect(shuffled.actions).toEqual(plain.actions);
    const all = shuffled.actions.flatMap((action) => [...shuffled.verdicts(action)]);
    expect(all).toEqual([...plain.verdicts()]);
    expect([...shuffled.verdicts("no/such/action")]).toEqual([]);
  });
  test("separates actions whose cases alternate in the plan", () => {
    const alternating = [0, 1, 2, 3].map((n) => verdictOf(n, "passed", { action: n % 2 === 0 ? "p/s/B" : "p/s/A" }));
    const text = [first, ...alternating.toReversed().map((verdict) => JSON.stringify(verdict))].join("\n");
    for (const recording of [
      read(text),
      recordingInMemory(JSON.parse(first) as Header, alternating.toReversed(), null),
    ]) {
      expect(recording.actions).toEqual(["p/s/B", "p/s/A"]);
      expect([...recording.verdicts("p/s/A")].map((verdict) => verdict.planIndex)).toEqual([1, 3]);
      expect([...recording.verdicts()].map((verdict) => verdict.planIndex)).toEqual([0, 1, 2, 3]);
    }
  });
  test("two iterations at the same time are independent", () => {
    const recording = read(golden);
    for (const outer of recording.verdicts()) {
      for (const inner of recording.verdicts(outer.action)) {
        expect(inner.action).toBe(outer.action);
        break;
      }
    }
  });
  test("may be longer than every buffer and have lines longer than a buffer", () => {
    const longLog = Array.from({ length: 3000 }, (_, n) =>
      verdictOf(n, "failed", { reason: n === 1500 ? "é".repeat(400_000) : hostile("X") }),
    );
    const recording = read([first, ...longLog.map((verdict) => JSON.stringify(verdict)), ""].join("\n"));
    expect([...recording.verdicts()]).toEqual(longLog);
  });
});

describe("a log of a killed run", () => {
  test("loses only the incomplete line and has no footer", () => {
    for (const cut of [1, 40, last.length - 1]) {
      const recording = read([first, ...verdicts, last.slice(0, cut)].join("\n"));
      expect(recording.footer).toBeNull();
      expect([...recording.verdicts()]).toHaveLength(verdicts.length);
    }
  });
  test("may end within a character", () => {
    const bytes = Buffer.from(`${first}\n${JSON.stringify(verdictOf(0, "failed", { reason: "中" }))}`);
    const path = join(folder, "cut.ndjson");
    writeFileSync(path, bytes.subarray(0, bytes.indexOf(Buffer.from("中")) + 1));
    expect([...readRecording(path).verdicts()]).toEqual([]);
  });
  test("keeps a complete last line without a line feed", () => {
    expect(read([first, ...verdicts, last].join("\n")).footer).not.toBeNull();
  });
});

describe("a file that is not a valid log is refused with line and remedy", () => {
  const verdict = verdicts[0] ?? "";
  test.each<[string, string, RegExp]>([
    ["an empty file", "", /run\.ndjson:1: no header; not the log .*; give the run\.ndjson/],
    ["an incomplete header", first.slice(0, 30), /:1: no header/],
    ["text", "hello\n", /run\.ndjson:1: not the log of an assay run .*; give the run\.ndjson/],
    ["other JSON", '{"a":1}\n', /:1: not the log of an assay run \(neither/],
    ["a list", "[]\n", /:1: not the log/],
    [
      "another format",
      `${first.replace('"format":2', '"format":3')}\n`,
      /:1: the log has format 3, this assay reads format 2; use the version/,
    ],
    ["no header", `${verdict}\n`, /:1: the log does not begin with a header/],
    ["two headers", `${first}\n${first}\n`, /:2: a second header/],
    ["a damaged line inside", `${first}\n${verdict.slice(0, 50)}\n${last}\n`, /:2: the log is damaged/],
    [
      "a wrong shape",
      `${first}\n${verdict.replace('"status":"passed"', '"status":"green"')}\n`,
      /:2: the log is damaged: verdict\/status/,
    ],
    ["a line after the footer", `${first}\n${last}\n${verdict}\n`, /:3: a line after the footer/],
    ["two verdicts with one plan index", `${first}\n${verdict}\n${verdict}\n`, /two verdicts have the plan index 0/],
  ])("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
  test("a log that changes while it is read", () => {
    const recording = read(golden);
    writeFileSync(join(folder, `${files}-run.ndjson`), first);
    expect(() => [...recording.verdicts()]).toThrow(/changed while it was read/);
  });
});

test("the schema has exactly the members of the types", () => {
  const header: Record<keyof Header, boolean> = {
    type: true,
    format: true,
    assay: true,
    run: true,
    target: true,
    seed: true,
    depth: true,
    select: true,
    started: true,
    rerun: true,
    specs: false,
    readOnly: false,
    strict: false,
    plan: false,
    shard: false,
    shards: false,
  };
  const verdict: Record<keyof Verdict, boolean> = {
    type: true,
    planIndex: true,
    id: true,
    action: true,
    family: true,
    status: true,
    level: true,
    title: true,
    source: true,
    rule: true,
    expect: true,
    actual: true,
    reason: true,
    blockedBy: false,
    declaredByTarget: false,
    subject: false,
    findings: true,
    durationMs: true,
    judgedCallMs: false,
    deviations: false,
    exchanges: true,
  };
  const footer: Record<keyof Footer, boolean> = {
    type: true,
    planned: true,
    requests: false,
    since: false,
    shard: false,
    lost: false,
    died: false,
    counts: true,
    warnings: true,
    interrupted: true,
    staleKnownFailures: true,
    runProblems: true,
    leftovers: true,
    exit: true,
    durationMs: true,
  };
  const since: Record<keyof ChangesSince, true> = {
    run: true,
    started: true,
    compared: true,
    total: true,
    kinds: true,
    failing: true,
    changes: true,
    noVerdict: true,
    newlyUndecided: true,
    remarks: true,
  };
  const change: Record<keyof Change, true> = { id: true, kind: true, before: true, after: true };
  const kinds: Record<ChangeKind, true> = { worse: true, better: true, other: true, added: true, removed: true };
  expect(schema.$defs.since.properties.kinds.required).toEqual(Object.keys(kinds));
  expect(schema.$defs.change.properties.kind.enum).toEqual(Object.keys(kinds));
  const covered: Record<keyof Coverage, true> = { type: true, action: true, elements: true };
  const element: Record<keyof ElementCoverage, boolean> = {
    id: true,
    kind: true,
    cases: true,
    verdicts: true,
    exercised: false,
    causes: false,
    notCoveredReason: false,
    notCoveredCause: false,
  };
  const { properties, required } = schema.$defs.element;
  expect(Object.keys(properties).sort()).toEqual(Object.keys(element).sort());
  const always = (members: Record<string, boolean>) => Object.keys(members).filter((name) => members[name]);
  expect(required).toEqual(always(element));
  for (const [name, members] of Object.entries({ header, verdict, coverage: covered, footer, since, change })) {
    const shape = schema.$defs[name as "header" | "verdict" | "coverage" | "footer" | "since" | "change"];
    expect(Object.keys(shape.properties).sort()).toEqual(Object.keys(members).sort());
    expect(shape.required.toSorted()).toEqual(always(members).sort());
  }
  expect(schema.$defs.verdict.properties.status.enum).toEqual(STATUSES);
  expect(schema.$defs.footer.properties.counts.required).toEqual(STATUSES);
});

test("the schema as a whole accepts each line of a log and refuses other values", () => {
  const validate = new Ajv2020({ strictRequired: false }).compile(schema);
  for (const line of lines) expect(validate(JSON.parse(line))).toBe(true);
  for (const line of [{}, [], { type: "header" }, { ...JSON.parse(last), planned: -1 }])
    expect(validate(line)).toBe(false);
});

test("what a log has written is what reading its file gives", () => {
  const path = join(folder, "written.ndjson");
  const log = fileLog(path);
  const texts = ["plain", "深 \u{20000}", `${"é".repeat(200_000)}`, "\ud800"];
  log.write(JSON.parse(first) as Header);
  for (const n of [3, 0, 2, 1])
    log.write(verdictOf(n, "passed", { action: n < 2 ? "p/s/A" : "p/s/B", title: texts[n] ?? "" }));
  log.write({ type: "coverage", action: "p/s/A", elements: [] });
  log.write(JSON.parse(last) as Footer);
  log.close();
  const [written, read] = [log.recording(), readRecording(path)];
  for (const recording of [written, read])
    expect([...recording.verdicts()].map(({ planIndex }) => planIndex)).toEqual([0, 1, 2, 3]);
  const contents = ({ header, footer, actions, ...recording }: Recording) => [
    header,
    footer,
    actions.map((action) => [action, [...recording.verdicts(action)]]),
    [...recording.coverage()],
  ];
  expect(contents(written)).toEqual(contents(read));
});
