/** junit.xml and HAR in third-party tools: valid for their schemas, and with the counts of report.json. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Har } from "har-format";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { harReport } from "../../../reports/har/har.ts";
import { jsonReport } from "../../../reports/json/json.ts";
import { junitReport } from "../../../reports/junit/junit.ts";
import { textOf } from "../../../reports/report.ts";
import { decidingFindings, warningFindings } from "../../../reports/summary/cause.ts";
import { footerOf, hostileExchange, hostileRecording, verdictOf } from "../../../reports/testing/laws.ts";
import { describeFinding } from "../../../reports/text/sentences.ts";
import { readRecording, recordingInMemory } from "../../../runner/log/reader.ts";
import type { Finding, Recording, Status } from "../../../runner/model/index.ts";
import { startEmulator } from "../../vitest.ts";
import { startCli } from "../cli/run-cli.ts";
import {
  assertJunitSchema,
  type ParsedSuite,
  parseWithJunit2json,
  parseWithTestResultsParser,
  type Totals,
  validateHar,
} from "./third-party-readers.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-readers-"));
afterAll(() => rmSync(folder, { recursive: true }));

const golden = (name: string) =>
  readRecording(fileURLToPath(new URL(`../../../reports/testing/golden/${name}.ndjson`, import.meta.url)));

/** A real run against an emulator with two faults. */
const out = join(folder, "run");
beforeAll(async () => {
  const emulator = await startEmulator({ faults: ["group-id-one-byte-more", "tag-one-character-more"] });
  const select = ["tencent/iai/CreateGroup/boundary/**", "tencent/iai/CreateGroup/valid/**"];
  try {
    const run = ["run", "--endpoint", emulator.url, "--select", ...select, "--out", out];
    const { code, err } = await startCli(run).done;
    expect(code, err).toBe(1);
  } finally {
    await emulator.close();
  }
});

const goldenRun = golden("run");
/** The golden run as a strict one; one of its passed cases has a warning. */
const strict: Recording = { ...goldenRun, header: { ...goldenRun.header, strict: true } };
const recordings: readonly [string, () => Recording][] = [
  ["the golden run", () => goldenRun],
  ["an incomplete run", () => ({ ...goldenRun, footer: null })],
  ["a run with --since", () => golden("since")],
  ["a run with hostile text", () => hostileRecording()],
  ["a run that fails because of warnings", () => strict],
  ["a real run with failures", () => readRecording(join(out, "run.ndjson"))],
];

interface ReportJson {
  readonly planned: number | null;
  readonly staleKnownFailures: readonly string[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly verdicts: readonly { id: string; status: Status; findings: readonly Finding[] }[];
}

const reportOf = (recording: Recording) => JSON.parse(textOf(jsonReport, recording)) as ReportJson;

/** `warned`: number of passed cases with a warning, if warnings fail the run. */
const totalsOf = (counts: Readonly<Record<Status, number>>, warned: number): Totals => ({
  tests: Object.values(counts).reduce((a, b) => a + b, 0),
  failures: counts.failed + warned,
  errors: counts.indeterminate + counts.errored,
  skipped: counts.known + counts.observed + counts.skipped + counts.unimplemented,
});

/** The expected totals by suite: one suite per action, and `assay/run` if the run is incomplete or has stale known failures. */
function expectedOf(recording: Recording, report: ReportJson): Map<string, Totals> {
  const counts = new Map<string, Record<Status, number>>();
  const warned = new Map<string, number>();
  const noCounts = Object.keys(report.counts).map((status) => [status, 0]);
  [...recording.verdicts()].forEach(({ action }, i) => {
    const actionCounts = counts.get(action) ?? (Object.fromEntries(noCounts) as Record<Status, number>);
    counts.set(action, actionCounts);
    const verdict = report.verdicts[i];
    if (verdict === undefined) return;
    actionCounts[verdict.status]++;
    const hasWarning = verdict.status === "passed" && verdict.findings.some(({ level }) => level === "should");
    if (recording.header.strict && hasWarning) warned.set(action, (warned.get(action) ?? 0) + 1);
  });
  const expected = new Map(
    [...counts].map(([action, actionCounts]) => [action, totalsOf(actionCounts, warned.get(action) ?? 0)]),
  );
  const errors = report.planned === null ? 1 : 0;
  const runTotals = {
    tests: report.staleKnownFailures.length + errors,
    failures: report.staleKnownFailures.length,
    errors,
    skipped: 0,
  };
  if (runTotals.tests > 0) expected.set("assay/run", runTotals);
  return expected;
}

const sum = (all: Iterable<Totals>): Totals => {
  const total = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const totals of all) {
    total.tests += totals.tests;
    total.failures += totals.failures;
    total.errors += totals.errors;
    total.skipped += totals.skipped;
  }
  return total;
};

const numbers = ({ tests, failures, errors, skipped }: Totals): Totals => ({ tests, failures, errors, skipped });
/** The totals of suites with cases; a parser may omit the others. */
const totalsBySuite = (suites: readonly ParsedSuite[]) =>
  new Map(suites.filter((suite) => suite.tests > 0).map((suite) => [suite.name, numbers(suite)]));

describe.each(recordings)("junit.xml of %s", (name, recordingFor) => {
  const hostile = name.includes("hostile");
  test("is valid", () => {
    assertJunitSchema(textOf(junitReport, recordingFor()));
  });
  test("has the counts of report.json for junit2json, in the attributes and in the cases", async () => {
    const recording = recordingFor();
    const report = reportOf(recording);
    const suites = await parseWithJunit2json(textOf(junitReport, recording));
    const expected = expectedOf(recording, report);
    if (!hostile) expect(totalsBySuite(suites)).toEqual(expected);
    expect(sum(suites)).toEqual(sum(expected.values()));
    for (const suite of suites) {
      const casesWith = (result: string) => suite.cases.filter((testCase) => testCase.result === result).length;
      const ofCases = {
        tests: suite.cases.length,
        failures: casesWith("failure"),
        errors: casesWith("error"),
        skipped: casesWith("skipped"),
      };
      expect(ofCases).toEqual(numbers(suite));
      expect(suite.properties["seed"]).toBe(String(recording.header.seed));
    }
  });
  test("has the counts of report.json for test-results-parser, and no attachments or properties", () => {
    const recording = recordingFor();
    const file = join(folder, "junit.xml");
    writeFileSync(file, textOf(junitReport, recording));
    const { all, suites, caseMetadata } = parseWithTestResultsParser(file);
    const expected = expectedOf(recording, reportOf(recording));
    expect(all).toEqual(sum(expected.values()));
    if (!hostile) expect(totalsBySuite(suites)).toEqual(expected);
    for (const suite of suites) {
      const casesWith = (result: string) => suite.cases.filter((testCase) => testCase.result === result).length;
      expect([suite.cases.length, casesWith("failure"), casesWith("skipped")]).toEqual([
        suite.tests,
        suite.failures + suite.errors,
        suite.skipped,
      ]);
    }
    expect(caseMetadata).toBe(0);
  });
  // test-results-parser decodes entities twice, which changes hostile text although the file is correct.
  if (hostile) return;
  test("has each failed case for both parsers, with its id and its first finding", async () => {
    const recording = recordingFor();
    const file = join(folder, "junit.xml");
    const text = textOf(junitReport, recording);
    writeFileSync(file, text);
    const parsed = [await parseWithJunit2json(text), parseWithTestResultsParser(file).suites].map((suites) =>
      suites.flatMap((suite) => suite.cases),
    );
    const failed = [...recording.verdicts()].filter((verdict) => verdict.status === "failed");
    expect(failed.length).toBe(reportOf(recording).counts.failed);
    const warned = recording.header.strict
      ? [...recording.verdicts()].filter((verdict) => warningFindings(verdict).length > 0)
      : [];
    expect(warned.length > 0).toBe(name.includes("warnings"));
    for (const verdict of [...failed, ...warned]) {
      const [first] = decidingFindings(verdict);
      const message = first && `${verdict.status === "passed" ? "warning: " : ""}${describeFinding(first)}`;
      for (const cases of parsed) {
        const matches = cases.filter((testCase) => testCase.name.startsWith(`${verdict.id}: `));
        expect(matches).toMatchObject([{ result: "failure", message }]);
      }
    }
  });
});

test("the real run has failed, passed and observed cases", () => {
  const { counts } = reportOf(readRecording(join(out, "run.ndjson")));
  expect([counts.failed > 1, counts.passed > 20, counts.observed > 0]).toEqual([true, true, true]);
});

test("texts of a target cannot attach files or set properties", () => {
  const attack = "[[ATTACHMENT|/etc/hostname]] [[[ attachment|/etc/hosts]] [[PROPERTY|seed=9]]";
  const body = { text: attack, bytes: attack.length };
  const exchanges = [{ ...hostileExchange, request: { ...hostileExchange.request, body } }];
  const texts = { reason: attack, actual: attack, title: attack, exchanges };
  const verdicts = (["failed", "indeterminate", "observed", "passed"] as const).map((status, n) =>
    verdictOf(n, status, texts),
  );
  const footer = footerOf(verdicts, { runProblems: [attack], staleKnownFailures: [attack] });
  const file = join(folder, "attack.xml");
  writeFileSync(file, textOf(junitReport, recordingInMemory(goldenRun.header, verdicts, footer)));
  expect(readFileSync(file, "utf8")).toContain("[ [ATTACHMENT|/etc/hostname]]");
  expect(parseWithTestResultsParser(file).caseMetadata).toBe(0);
});

describe.each(recordings)("HAR of %s", (name, recordingFor) => {
  test("is valid, and has every recorded exchange in plan order; a control of several cases is listed with the first", () => {
    const recording = recordingFor();
    const har = JSON.parse(textOf(harReport, recording)) as Har;
    expect(validateHar(har)).toEqual([]);
    const controlCounts = new Map<string, number>();
    const all = [...recording.verdicts()].flatMap(({ id, exchanges }) =>
      exchanges.map(({ role, started, request: { method, url, body } }) => {
        const control = role === "control" && started !== undefined ? [started, url, body.text].join(" ") : "";
        if (control !== "") controlCounts.set(control, (controlCounts.get(control) ?? 0) + 1);
        return { control, entry: [id, role, method, body.text] };
      }),
    );
    const recorded = all
      .filter(({ control }, i) => control === "" || all.findIndex((item) => item.control === control) === i)
      .map(({ entry }) => entry);
    expect(recorded.length < all.length).toBe(name.includes("real"));
    expect(recorded.length > 0).toBe(!name.includes("--since"));
    const parsed = har.log.entries.map(({ _assay, request }) => {
      const { case: id, role } = _assay as { case: string; role: string };
      return [id, role, request.method, request.postData?.text ?? ""];
    });
    expect(parsed).toEqual(recorded);
    const sharedControls = har.log.entries
      .map(({ _assay }) => (_assay as { cases?: number }).cases ?? 0)
      .filter(Boolean);
    expect(sharedControls).toEqual([...controlCounts.values()].filter((n) => n > 1));
  });
});

test("the schemas of HAR refuse invalid files", () => {
  const valid = textOf(harReport, goldenRun);
  const invalidations: [string, string][] = [
    ['"method":"POST",', ""],
    ['"url":"http', '"url":"<b>http'],
    ['"startedDateTime":"2026', '"startedDateTime":"soon 2026'],
    ['"time":3.5', '"time":"3.5 ms"'],
    ['"bodySize":79', '"bodySize":"79"'],
    ['"mimeType":"application/json",', ""],
    ['"wait":3.5,', ""],
    ['"version": "1.2",', ""],
    ['"queryString":[]', '"queryString":[{"name":"a"}]'],
  ];
  for (const [fragment, replacement] of invalidations) {
    expect(valid, fragment).toContain(fragment);
    expect(validateHar(JSON.parse(valid.replace(fragment, replacement))), fragment).not.toEqual([]);
  }
});
