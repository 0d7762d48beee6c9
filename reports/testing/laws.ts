/** Laws: properties that every report must have in any format, as checks that throw; and recordings to check them with. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { XMLParser } from "fast-xml-parser";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type {
  Change,
  ChangesSince,
  Counts,
  Coverage,
  Finding,
  Footer,
  Header,
  RecordedExchange,
  Recording,
  Status,
  Verdict,
} from "../../runner/model/index.ts";
import { STATUSES, zeroCounts } from "../../runner/model/status.ts";
import { type Report, textOf } from "../report.ts";

export interface Law {
  readonly name: string;
  readonly check: (report: Report) => void;
}

/** A header with all members and a selection. */
export const makeHeader = (overrides: Partial<Header> = {}): Header => ({
  type: "header",
  format: 2,
  assay: "0.0.0",
  run: "r",
  target: "t",
  seed: 1,
  depth: "standard",
  select: ["**"],
  started: "2026-01-02T03:04:05.678Z",
  rerun: "assay explain {id}",
  ...overrides,
});

const header = makeHeader();

/** A verdict with a status; a failed or known one has a finding. */
export function verdictOf(planIndex: number, status: Status, overrides: Partial<Verdict> = {}): Verdict {
  const finding: Finding = { check: "code", level: "must", location: "/Code", expected: ["A"], actual: "B" };
  return {
    type: "verdict",
    planIndex,
    id: `p/s/Act/valid/case-${planIndex}@tc3-post`,
    action: "p/s/Act",
    family: "valid",
    status,
    level: "must",
    title: "a case",
    source: { document: "page.txt", section: 2 },
    rule: null,
    expect: { outcome: "refused", codes: ["A"] },
    actual: "B",
    reason: "",
    findings: status === "failed" || status === "known" ? [finding] : [],
    durationMs: 1,
    exchanges: [],
    ...overrides,
  };
}

/** The footer with the counts of some verdicts. */
export function footerOf(verdicts: readonly Verdict[], overrides: Partial<Footer> = {}): Footer {
  const counts = zeroCounts();
  for (const verdict of verdicts) counts[verdict.status] += 1;
  const planned = verdicts.length;
  const defaults = {
    interrupted: false,
    staleKnownFailures: [],
    runProblems: [],
    leftovers: 0,
    exit: 0,
    durationMs: 1,
  };
  return { type: "footer", planned, counts, warnings: 0, ...defaults, ...overrides };
}

/** The summary of a comparison with these changes. */
function makeSince(changes: readonly Change[], overrides: Partial<ChangesSince> = {}): ChangesSince {
  const kinds = { worse: 0, better: 0, other: 0, added: 0, removed: 0 };
  for (const { kind } of changes) kinds[kind] += 1;
  const total = changes.length;
  const defaults = { compared: 7, failing: total, noVerdict: 0, newlyUndecided: 0, remarks: [] };
  return { run: "earlier-run", started: "2026-01-01T03:04:05.678Z", total, kinds, changes, ...defaults, ...overrides };
}

function textFor(
  report: Report,
  verdicts: readonly Verdict[],
  footer: Footer | null = footerOf(verdicts),
  coverage: readonly Coverage[] = [],
  overrides: Partial<Header> = {},
): string {
  return textOf(report, recordingInMemory({ ...header, ...overrides }, verdicts, footer, coverage));
}

/** Coverage of one action with `count` error codes that have no case. */
const coverageOf = (count: number, notCoveredReason = "busy: a reason"): Coverage => ({
  type: "coverage",
  action: "p/s/Act",
  elements: Array.from({ length: count }, (_, n) => ({
    id: `p/s/Act/code/${n}`,
    kind: "code",
    cases: 0,
    verdicts: {},
    exercised: 0,
    causes: ["busy"],
    notCoveredReason,
    notCoveredCause: notCoveredReason,
  })),
});

/** Counts from a text with `3 passed, 1 failed, …`. */
function countsFromProse(text: string): Counts {
  const counts = zeroCounts();
  for (const status of STATUSES)
    counts[status] = Number(new RegExp(`(\\d+) ${status}[,;]`).exec(text)?.[1] ?? Number.NaN);
  return counts;
}

interface ParsedTestcase {
  readonly failure?: { readonly message: string };
  readonly error?: { readonly type: string };
  readonly skipped?: { readonly message: string };
}

/** Counts from the elements of each `<testcase>` and the status at the start of their messages. A failure with a warning is a passed case of a strict run. */
function countsFromJunit(text: string): Counts {
  const counts = zeroCounts();
  const isArray = (name: string): boolean => name === "testsuite" || name === "testcase";
  const parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", isArray }).parse(text) as {
    testsuites: { testsuite?: { testcase?: ParsedTestcase[] }[] };
  };
  for (const suite of parsed.testsuites.testsuite ?? []) {
    for (const { failure, error, skipped } of suite.testcase ?? []) {
      const failureStatus = failure?.message.startsWith("warning: ") ? "passed" : "failed";
      const status =
        failure !== undefined ? failureStatus : (error?.type ?? skipped?.message.split(":")[0] ?? "passed");
      counts[status as Status] += 1;
    }
  }
  return counts;
}

/** How to read the counts from the text of each report; a report without a reader breaks a law. */
const countReaders: Readonly<Record<string, (text: string) => Counts>> = {
  junit: countsFromJunit,
  json: (text) => (JSON.parse(text) as { counts: Counts }).counts,
  html: countsFromProse,
  markdown: countsFromProse,
  console: countsFromProse,
  har: (text) => countsFromProse((JSON.parse(text) as { log: { comment: string } }).log.comment),
};

/** Characters and markup that break formats, then a mark that must still be in the report. */
export function hostile(mark: string): string {
  return `<&"'\`|*\0\u0007\u001b[31m\r\n]]>-->\u007f\u0085\u202e\ufffe\ud800 @user #1 www.x.example <b>[l](http://x.example) $x$ 😀 ${mark}`;
}

/** An exchange with only hostile texts; its bodies are too long for the log. */
export const hostileExchange: RecordedExchange = {
  role: "judged",
  action: hostile("ACTION"),
  request: {
    method: hostile("METHOD"),
    url: hostile("URL"),
    headers: [[hostile("NAME"), hostile("VALUE")]],
    body: { text: `${hostile("BODY")}${"]]>&\0".repeat(3000)}`, bytes: 20_000, sha256: "0f" },
  },
  response: {
    status: 200,
    headers: [[hostile("N2"), hostile("V2")]],
    body: { text: `${hostile("ANSWER")}${"]]>&\0".repeat(3000)}`, bytes: 20_000, sha256: "0f" },
  },
  durationMs: 1,
};

/** A run with a verdict of each status and one without a response; each text from a target or a user's file is hostile. */
export function hostileRecording(overrides: Partial<Header> = {}): Recording {
  const finding: Finding = {
    check: hostile("CHECK"),
    level: "must",
    location: hostile("AT"),
    expected: [hostile("EXPECTED")],
    actual: hostile("ACTUAL"),
  };
  const hostileFacts: Partial<Verdict> = {
    action: `p/s/${hostile("A")}`,
    title: hostile("TITLE"),
    rule: hostile("RULE"),
    actual: hostile("SEEN"),
    reason: hostile("REASON"),
    findings: [finding, { ...finding, level: "should" }],
    exchanges: [hostileExchange],
  };
  const unanswered = { ...hostileExchange, response: { reason: "reset", detail: hostile("DETAIL") } } as const;
  const verdicts = [
    ...STATUSES.map((status, n) => verdictOf(n, status, hostileFacts)),
    verdictOf(STATUSES.length, "indeterminate", { ...hostileFacts, exchanges: [unanswered] }),
  ];
  const footerFacts = { warnings: 1, staleKnownFailures: [hostile("STALE")], runProblems: [hostile("TROUBLE")] };
  return recordingInMemory(
    { ...header, target: hostile("TARGET"), ...overrides },
    verdicts,
    footerOf(verdicts, footerFacts),
  );
}

/** Characters that no report may contain; escape sequences of colours are an exception, but colours are off here. */
const FORBIDDEN_CHARACTERS = /[^\P{Cc}\n\t]|[\p{Cs}\u202e\ufffe\uffff]/u;

export const laws: readonly Law[] = [
  {
    name: "each status changes the text",
    check: (report) => {
      const hostileFacts = new Set(STATUSES.map((status) => textFor(report, [verdictOf(0, status)], footerOf([]))));
      strictEqual(hostileFacts.size, STATUSES.length, "two statuses have the same text");
    },
  },
  {
    name: "the counts in the text are those of the verdicts",
    check: (report) => {
      const verdicts = STATUSES.flatMap((status, i) =>
        Array.from({ length: i + 1 }, (_, k) => verdictOf(i * STATUSES.length + k, status)),
      );
      const readCounts = countReaders[report.id];
      ok(readCounts, `laws.ts has no reader of counts for the report ${report.id}; add one to countReaders`);
      deepStrictEqual(readCounts(textFor(report, verdicts)), footerOf(verdicts).counts);
    },
  },
  {
    name: "the counts of a strict run that fails for warnings are those of the verdicts",
    check: (report) => {
      const findings: Finding[] = [{ check: "code", level: "should", location: "/Code", expected: ["A"], actual: "B" }];
      const warned = STATUSES.map((_, n) => verdictOf(n, "passed", { findings }));
      const verdicts = [...warned, verdictOf(warned.length, "passed"), verdictOf(warned.length + 1, "failed")];
      const footer = footerOf(verdicts, { warnings: warned.length });
      const text = textFor(report, verdicts, footer, [], { strict: true });
      deepStrictEqual(countReaders[report.id]?.(text), footer.counts);
      const failures = text.match(/<failure /g)?.length ?? 0;
      if (report.id === "junit")
        strictEqual(failures, warned.length + 1, "a warning that fails the run is not a failure");
    },
  },
  {
    name: "hostile text is in the report without hidden characters",
    check: (report) => {
      const finding: Finding = {
        check: "code",
        level: "must",
        location: hostile("AT"),
        expected: ["A"],
        actual: hostile("ACTUAL"),
      };
      const exchanges = [hostileExchange];
      const footerFacts = { findings: [finding], title: hostile("TITLE"), actual: hostile("SEEN"), exchanges };
      const verdict = verdictOf(0, "failed", footerFacts);
      const otherVerdicts = [
        verdictOf(1, "indeterminate", { reason: hostile("REASON"), exchanges }),
        verdictOf(2, "observed", { reason: hostile("OPEN"), actual: hostile("DID") }),
      ];
      const verdicts = [verdict, ...otherVerdicts];
      const text = textFor(report, verdicts, footerOf(verdicts), [coverageOf(1, hostile("WHY"))]);
      for (const mark of ["AT", "ACTUAL", "REASON"]) ok(text.includes(`😀 ${mark}`), `${mark} is missing`);
      const forbidden = FORBIDDEN_CHARACTERS.exec(text);
      strictEqual(forbidden, null, `U+${forbidden?.[0].codePointAt(0)?.toString(16)} is in the text`);
    },
  },
  {
    name: "a log with coverage and one without have the same counts",
    check: (report) => {
      const verdicts = STATUSES.map((status, n) => verdictOf(n, status));
      const readCounts = countReaders[report.id];
      const text = textFor(report, verdicts, footerOf(verdicts), [coverageOf(3)]);
      deepStrictEqual(readCounts?.(text), readCounts?.(textFor(report, verdicts)));
    },
  },
  {
    name: "the report of a run that broke off says so",
    check: (report) => {
      ok(/broke off/.test(textFor(report, [verdictOf(0, "passed")], null)), "a missing footer is not reported");
      ok(/broke off/.test(textFor(report, [], null)), "a missing footer of a run without verdicts is not reported");
      ok(!/broke off/.test(textFor(report, [verdictOf(0, "passed")])), "a complete run is reported as broken off");
    },
  },
  {
    name: "a footer that contradicts the verdicts is reported",
    check: (report) => {
      const verdicts = [verdictOf(0, "passed")];
      const text = textFor(report, verdicts, footerOf(verdicts, { planned: 5 }));
      ok(/5 planned cases, but the log holds 1 verdict/.test(text), "planned ≠ verdicts is not reported");
    },
  },
  {
    name: "stale known failures and problems of the run are reported",
    check: (report) => {
      const verdicts = [verdictOf(0, "passed")];
      const text = textFor(
        report,
        verdicts,
        footerOf(verdicts, { staleKnownFailures: ["a/b/stale-one"], runProblems: ["trouble-one"] }),
      );
      for (const mark of ["a/b/stale-one", "trouble-one"]) ok(text.includes(mark), `${mark} is missing`);
    },
  },
  {
    name: "changes since an earlier run are reported, and the counts stay the same",
    check: (report) => {
      const verdicts = STATUSES.map((status, n) => verdictOf(n, status));
      const changes: Change[] = (["worse", "other", "better", "added", "removed"] as const).map((kind) => ({
        id: `a/b/${kind}-one`,
        kind,
        before: kind === "added" ? "" : hostile(`WAS-${kind}`),
        after: kind === "removed" ? "" : hostile(`IS-${kind}`),
      }));
      const since = makeSince(changes, { noVerdict: 3, newlyUndecided: 2, remarks: [hostile("REMARK")] });
      const text = textFor(report, verdicts, footerOf(verdicts, { since }));
      const marks = changes.flatMap(({ id, kind }) => [
        id,
        ...(kind === "added" ? [] : [`😀 WAS-${kind}`]),
        ...(kind === "removed" ? [] : [`😀 IS-${kind}`]),
      ]);
      for (const mark of ["earlier-run", "😀 REMARK", ...marks]) ok(text.includes(mark), `${mark} is missing`);
      strictEqual(FORBIDDEN_CHARACTERS.exec(text), null, "a hidden character is in the text");
      deepStrictEqual(countReaders[report.id]?.(text), footerOf(verdicts).counts);
      const unchanged = textFor(report, verdicts, footerOf(verdicts, { since: makeSince([]) }));
      ok(unchanged.includes("earlier-run"), "a comparison without changes is not reported");
    },
  },
  {
    name: "the text is the same for any order of the verdicts in the log",
    check: (report) => {
      const verdicts = STATUSES.map((status, n) => verdictOf(n, status));
      strictEqual(textFor(report, verdicts), textFor(report, verdicts.toReversed(), footerOf(verdicts)));
    },
  },
  {
    name: "no chunk grows with the number of verdicts",
    check: (report) => {
      const longestChunk = (count: number): number => {
        const verdicts = Array.from({ length: count }, (_, n) => verdictOf(n, "passed"));
        let maxLength = 0;
        report.render(recordingInMemory(header, verdicts, footerOf(verdicts), [coverageOf(count)]), (chunk) => {
          maxLength = Math.max(maxLength, chunk.length);
        });
        return maxLength;
      };
      ok(longestChunk(2000) < 2 * longestChunk(20), "a chunk holds more than a verdict or a summary");
    },
  },
  {
    name: "no chunk grows with the number of causes beyond those that are listed",
    check: (report) => {
      const longestChunk = (count: number): number => {
        const verdicts = Array.from({ length: count }, (_, n) => verdictOf(n, "errored", { reason: `cause ${n}` }));
        let maxLength = 0;
        report.render(recordingInMemory(header, verdicts, footerOf(verdicts)), (chunk) => {
          maxLength = Math.max(maxLength, chunk.length);
        });
        return maxLength;
      };
      ok(longestChunk(4000) < 2 * longestChunk(200), "a chunk holds more than the causes that a report lists");
    },
  },
  {
    name: "the size limit holds for any text of the target, and the counts are complete",
    check: (report) => {
      const { limit } = report;
      if (limit === undefined) return;
      const verdicts = Array.from({ length: 1000 }, (_, n) => longCause(n));
      const footerFacts = {
        staleKnownFailures: verdicts.map(({ id }) => id),
        runProblems: verdicts.map(({ title }) => title),
      };
      const text = textFor(report, verdicts, footerOf(verdicts, footerFacts), [coverageOf(3)]);
      const bytes = Buffer.byteLength(text);
      ok(bytes <= limit, `${bytes} bytes are more than ${limit}`);
      ok(bytes > limit / 2, `${bytes} bytes: too few to test the limit`);
      deepStrictEqual(countReaders[report.id]?.(text), footerOf(verdicts).counts);
      strictEqual(FORBIDDEN_CHARACTERS.exec(text), null, "a hidden character is in the text");
    },
  },
];

/** A verdict with a cause of its own and more text than a page can hold. */
function longCause(n: number): Verdict {
  const text = hostile(`${n}`).repeat(20);
  const location = `/member-${n}/${text}`;
  const expected = Array.from({ length: 20 }, (_, k) => `${k}${text}`);
  const findings = Array.from(
    { length: 10 },
    (): Finding => ({ check: "c", level: "must", location, expected, actual: text }),
  );
  return verdictOf(n, STATUSES[n % STATUSES.length] ?? "failed", { title: text, reason: `${n} ${text}`, findings });
}
