/** Logs of shards → one log: what is summed, what is judged over the whole, and which logs do not belong together. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { footerOf, makeHeader, verdictOf } from "../../reports/testing/laws.ts";
import { readPreviousRun } from "../compare/previous-run.ts";
import { readRecording } from "../log/reader.ts";
import type { Footer, Header, KnownFailureState, Recording, Status } from "../model/index.ts";
import { mergeShards } from "./merged-log.ts";
import { assertSamePlan } from "./same-plan.ts";
import { readShardLog } from "./shard-log.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-merge-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

interface ShardInput {
  readonly header?: Partial<Header>;
  /** By place in the plan. */
  readonly statuses?: Readonly<Record<number, Status>>;
  /** Its cases have warnings. */
  readonly warned?: boolean;
  /** Null: the run broke off. */
  readonly footer?: (Partial<Footer> & { readonly known?: readonly KnownFailureState[] }) | null;
}

/** The log of a shard with an action of its own. */
function writeShard(
  index: number,
  { header, statuses = {}, warned = false, footer = {} }: ShardInput = {},
  count = 2,
): string {
  const path = join(folder, `${++files}-run.ndjson`);
  const verdicts = Object.entries(statuses).map(([place, status]) =>
    verdictOf(Number(place), status, {
      action: `p/s/Act${index}`,
      ...(status === "skipped" ? { declaredByTarget: true } : {}),
      ...(warned
        ? { findings: [{ check: "code", level: "should", location: "/Code", expected: ["A"], actual: "B" }] }
        : {}),
    }),
  );
  const { known = [], ...facts } = footer ?? {};
  const result = { actionsWithoutPass: 0, leftoversOfKnownFailures: 0, known };
  const lines = [
    makeHeader({
      run: `run${index}`,
      select: [],
      started: `2026-01-0${index}T00:00:00Z`,
      plan: { cases: 4, digest: "d", target: "t" },
      shard: { index, count, cases: 2 },
      ...header,
    }),
    ...verdicts,
    ...(footer === null
      ? []
      : [
          { type: "coverage", action: `p/s/Act${index}`, elements: [] },
          footerOf(verdicts, { shard: result, requests: 10, durationMs: 1000, ...facts }),
        ]),
  ];
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

function merge(paths: readonly string[], since?: string): Recording & { readonly exit: number } {
  const [first, ...others] = assertSamePlan(paths.map(readShardLog));
  if (!first) throw new Error("no shard");
  let text = "";
  const exit = mergeShards([first, ...others], since === undefined ? undefined : readPreviousRun(since)).writeLines(
    (line) => {
      text += line;
    },
  );
  const path = join(folder, `${++files}-merged.ndjson`);
  writeFileSync(path, text);
  return { ...readRecording(path), exit };
}

const passing = (second: ShardInput = {}, first: ShardInput = {}) => [
  writeShard(2, { statuses: { 3: "passed", 2: "passed" }, ...second }),
  writeShard(1, { statuses: { 0: "passed", 1: "passed" }, ...first }),
];

describe("a complete run", () => {
  test("has every verdict at its place, coverage in plan order, and sums; the logs may be in any order", () => {
    const facts = { leftovers: 1, runProblems: ["busy", "slow"] };
    const { header, footer, exit, ...recording } = merge(
      passing({ footer: facts }, { footer: { runProblems: ["busy"] } }),
    );
    expect([...recording.verdicts()].map((verdict) => verdict.planIndex)).toEqual([0, 1, 2, 3]);
    expect(recording.actions).toEqual(["p/s/Act1", "p/s/Act2"]);
    expect(footer).toMatchObject({ planned: 4, counts: { passed: 4 }, requests: 20, leftovers: 1, interrupted: false });
    expect(footer?.runProblems).toEqual(["shards 1, 2: busy", "shard 2: slow"]);
    // The first shard began a day before the second, which took a second.
    expect(footer?.durationMs).toBe(86_401_000);
    expect([exit, footer?.exit]).toEqual([3, 3]);
    expect(header).toMatchObject({ started: "2026-01-01T00:00:00Z", plan: { cases: 4 } });
    expect(header.shard).toBeUndefined();
    expect(header.shards).toEqual([
      { index: 1, run: "run1", cases: 2 },
      { index: 2, run: "run2", cases: 2 },
    ]);
  });

  test("has the coverage in the order of the plan, where a later shard has the first actions", () => {
    const recording = merge(
      passing({ statuses: { 0: "passed", 1: "passed" } }, { statuses: { 2: "passed", 3: "passed" } }),
    );
    expect([...recording.coverage()].map(({ action }) => action)).toEqual(["p/s/Act2", "p/s/Act1"]);
    expect(recording.actions).toEqual(["p/s/Act2", "p/s/Act1"]);
  });

  test("has the same id each time, and another one of other runs", () => {
    const id = merge(passing()).header.run;
    expect(id).toMatch(/^[0-9a-z]{13}$/);
    expect(merge(passing().reverse()).header.run).toBe(id);
    expect(merge(passing({ header: { run: "other" } })).header.run).not.toBe(id);
  });

  test.each<[string, ShardInput, number]>([
    ["all passed", {}, 0],
    ["a failure", { statuses: { 2: "failed", 3: "passed" } }, 1],
    ["an error of assay", { statuses: { 2: "errored", 3: "failed" } }, 4],
    ["no verdict", { statuses: { 2: "indeterminate", 3: "passed" } }, 3],
    ["a case that the target declares as unsupported", { statuses: { 2: "skipped", 3: "passed" } }, 0],
    [
      "an action without a passed case",
      { footer: { shard: { actionsWithoutPass: 1, leftoversOfKnownFailures: 0, known: [] } } },
      3,
    ],
    [
      "a resource left by a known failure",
      { footer: { leftovers: 1, shard: { actionsWithoutPass: 0, leftoversOfKnownFailures: 1, known: [] } } },
      0,
    ],
    ["an interrupted shard", { footer: { interrupted: true } }, 130],
  ])("%s: the exit code is that of a single run", (_, second, exit) => {
    expect(merge(passing(second)).footer?.exit).toBe(exit);
  });

  test.each([true, false])("warnings fail it only where they fail its shards (strict: %s)", (strict) => {
    const header = strict ? { strict } : {};
    const merged = merge(passing({ header, warned: true }, { header }));
    expect([merged.exit, merged.footer?.warnings]).toEqual([strict ? 1 : 0, 2]);
  });
});

describe("known failures are judged over the whole", () => {
  const entry = { case: "p/**" };

  test("an entry that another shard uses is not stale", () => {
    const merged = merge(passing({ footer: { known: [{ ...entry, used: true }] } }, { footer: { known: [entry] } }));
    expect([merged.exit, merged.footer?.staleKnownFailures]).toEqual([0, []]);
  });

  test("an entry that matches no case is stale, unless a shard was interrupted", () => {
    const known = [{ ...entry, unmatched: true }];
    const merged = merge(passing({ footer: { known } }, { footer: { known } }));
    expect([merged.exit, merged.footer?.staleKnownFailures]).toEqual([
      1,
      [expect.stringMatching(/no case matches it/)],
    ]);
    const interrupted = merge(passing({ footer: { known, interrupted: true } }, { footer: { known } }));
    expect(interrupted.footer?.staleKnownFailures).toEqual([]);
  });

  test("shards with different lists are not merged", () => {
    expect(() => merge(passing({ footer: { known: [entry] } }))).toThrow(
      /list of known failures is another one .* same list/,
    );
  });
});

describe("since an earlier run", () => {
  test("changes of all shards are listed, and only they fail the run", () => {
    const earlier = join(folder, "earlier.ndjson");
    const verdicts = [verdictOf(0, "failed"), verdictOf(1, "passed"), verdictOf(3, "passed"), verdictOf(9, "passed")];
    writeFileSync(
      earlier,
      [makeHeader({ run: "old", select: [] }), ...verdicts, footerOf(verdicts)]
        .map((line) => JSON.stringify(line))
        .join("\n"),
    );
    const statuses = { 2: "passed", 3: "passed" } as const;
    const { exit, footer } = merge(passing({ statuses }, { statuses: { 0: "failed", 1: "passed" } }), earlier);
    expect(exit).toBe(0);
    expect(footer?.since).toMatchObject({ run: "old", compared: 3, kinds: { added: 1, removed: 1 }, failing: 0 });
    const worse = merge(passing({ statuses }, { statuses: { 0: "passed", 1: "failed" } }), earlier);
    expect([worse.exit, worse.footer?.since?.kinds]).toMatchObject([1, { worse: 1, better: 1 }]);
  });
});

describe("an incomplete run keeps its verdicts, has no footer, and never ends with 0", () => {
  test("a shard that broke off", () => {
    const { header, footer, exit, ...recording } = merge(passing({ statuses: { 2: "passed" }, footer: null }));
    expect([footer, exit]).toEqual([null, 3]);
    expect([...recording.verdicts()]).toHaveLength(3);
    expect(header.shards).toEqual([
      { index: 1, run: "run1", cases: 2 },
      { index: 2, run: "run2", cases: 2, brokenOffAfter: 1 },
    ]);
  });

  test("a missing shard", () => {
    const { header, footer, exit } = merge(passing().slice(1));
    expect([footer, exit]).toEqual([null, 3]);
    expect(header.shards).toEqual([{ index: 1, run: "run1", cases: 2 }, { index: 2 }]);
  });

  test("a failure is certain all the same", () => {
    expect(merge(passing({ statuses: { 2: "failed" }, footer: null })).exit).toBe(1);
  });
});

describe("logs that do not belong together are refused with file and difference", () => {
  test.each<[string, ShardInput, RegExp]>([
    ["seed", { header: { seed: 2 } }, /-run\.ndjson:1: not a shard of the same plan as .*: its seed is 1, not 2; give/],
    ["depth", { header: { depth: "quick" } }, /its depth is "standard", not "quick"/],
    ["selection", { header: { select: ["a"] } }, /its --select is \[\], not \["a"\]/],
    ["read-only", { header: { readOnly: true } }, /its --read-only is false, not true/],
    ["strict", { header: { strict: true } }, /its level that fails the run is "must", not "should"/],
    ["target", { header: { target: "u" } }, /its target is "t", not "u"/],
    ["version", { header: { assay: "9" } }, /its version of assay is "0\.0\.0", not "9"/],
    ["specs", { header: { specs: "x" } }, /its digest of the specs is unknown, not "x"/],
    [
      "endpoints",
      { header: { plan: { cases: 4, digest: "d", target: "u" } } },
      /digest of endpoints and accounts is "t", not "u"/,
    ],
    ["cases", { header: { plan: { cases: 4, digest: "e", target: "t" } } }, /digest of the cases is "d", not "e"/],
    ["count", { header: { shard: { index: 2, count: 3, cases: 2 } } }, /its number of shards is 2, not 3/],
    [
      "twice",
      { header: { shard: { index: 1, count: 2, cases: 2 } } },
      /shard 1\/2 is given twice, as run run2 in .* and as run run1; give one/,
    ],
  ])("%s", (_, second, message) => {
    expect(() => merge(passing(second))).toThrow(message);
  });

  test.each<[string, ShardInput, RegExp]>([
    [
      "a verdict less than the shard has cases",
      { statuses: { 0: "passed" } },
      /it has 1 verdicts, but its footer says 1 and its shard has 2 cases; the log is damaged/,
    ],
    [
      "another number of verdicts than its footer says",
      { statuses: { 0: "passed", 1: "passed" }, footer: { planned: 3 } },
      /it has 2 verdicts, but its footer says 3 and its shard has 2 cases/,
    ],
    [
      "together fewer cases than the plan",
      { statuses: { 0: "passed" }, header: { shard: { index: 1, count: 2, cases: 1 } } },
      /the plan has 4 cases, but its shards have 3; run all shards with the same build/,
    ],
  ])("%s", (_, first, message) => {
    expect(() => merge(passing({}, first))).toThrow(message);
  });

  test("a log that is not that of a shard, and one that is merged already", () => {
    const path = join(folder, "other.ndjson");
    writeFileSync(path, JSON.stringify(makeHeader()));
    expect(() => readShardLog(path)).toThrow(/other\.ndjson:1: the log is not that of a shard; give the logs that/);
    writeFileSync(path, JSON.stringify(makeHeader({ shards: [{ index: 1 }] })));
    expect(() => readShardLog(path)).toThrow(/the log is merged already/);
  });
});
