/** junit.xml and HAR as others read them: valid by their schemas, and with exactly the counts of report.json. */
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
  byJunit2json,
  byTestResultsParser,
  type ReadSuite,
  type Totals,
  validateHar,
} from "./third-party-readers.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-readers-"));
afterAll(() => rmSync(folder, { recursive: true }));

const golden = (name: string) =>
  readRecording(fileURLToPath(new URL(`../../../reports/testing/golden/${name}.ndjson`, import.meta.url)));

/** A server with two mistakes, judged as a user judges it. */
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

const whole = golden("run");
/** The golden run, had it been strict; one of its passed cases has a warning. */
const strict: Recording = { ...whole, header: { ...whole.header, strict: true } };
const recordings: readonly [string, () => Recording][] = [
  ["the golden run", () => whole],
  ["a run that broke off", () => ({ ...whole, footer: null })],
  ["a run beside an earlier one", () => golden("since")],
  ["a run of hostile text", () => hostileRecording()],
  ["a run that fails for warnings", () => strict],
  ["a real run with failures", () => readRecording(join(out, "run.ndjson"))],
];

interface ReportJson {
  readonly planned: number | null;
  readonly staleKnownFailures: readonly string[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly verdicts: readonly { id: string; status: Status; findings: readonly Finding[] }[];
}

const reportOf = (recording: Recording) => JSON.parse(textOf(jsonReport, recording)) as ReportJson;

/** `warned`: passed cases with a warning, where warnings fail the run. */
const totalsOf = (of: Readonly<Record<Status, number>>, warned: number): Totals => ({
  tests: Object.values(of).reduce((a, b) => a + b, 0),
  failures: of.failed + warned,
  errors: of.indeterminate + of.errored,
  skipped: of.known + of.observed + of.skipped + of.unimplemented,
});

/** By action, from the verdicts of report.json; then the run's own suite, which only a run with something to say has. */
function expectedOf(recording: Recording, report: ReportJson): Map<string, Totals> {
  const counts = new Map<string, Record<Status, number>>();
  const warned = new Map<string, number>();
  const none = Object.keys(report.counts).map((status) => [status, 0]);
  [...recording.verdicts()].forEach(({ action }, i) => {
    const own = counts.get(action) ?? (Object.fromEntries(none) as Record<Status, number>);
    counts.set(action, own);
    const verdict = report.verdicts[i];
    if (verdict === undefined) return;
    own[verdict.status]++;
    const fails = verdict.status === "passed" && verdict.findings.some(({ level }) => level === "should");
    if (recording.header.strict && fails) warned.set(action, (warned.get(action) ?? 0) + 1);
  });
  const expected = new Map([...counts].map(([action, own]) => [action, totalsOf(own, warned.get(action) ?? 0)]));
  const errors = report.planned === null ? 1 : 0;
  const own = {
    tests: report.staleKnownFailures.length + errors,
    failures: report.staleKnownFailures.length,
    errors,
    skipped: 0,
  };
  if (own.tests > 0) expected.set("assay/run", own);
  return expected;
}

const sum = (all: Iterable<Totals>): Totals => {
  const total = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const one of all) {
    total.tests += one.tests;
    total.failures += one.failures;
    total.errors += one.errors;
    total.skipped += one.skipped;
  }
  return total;
};

const numbers = ({ tests, failures, errors, skipped }: Totals): Totals => ({ tests, failures, errors, skipped });
/** The suites that hold a case: a parser may pass over one without. */
const counted = (suites: readonly ReadSuite[]) =>
  new Map(suites.filter((suite) => suite.tests > 0).map((suite) => [suite.name, numbers(suite)]));

describe.each(recordings)("junit.xml of %s", (name, recordingFor) => {
  const hostile = name.includes("hostile");
  test("is valid", () => {
    assertJunitSchema(textOf(junitReport, recordingFor()));
  });
  test("has the counts of report.json for junit2json, in its numbers and in its cases", async () => {
    const recording = recordingFor();
    const report = reportOf(recording);
    const suites = await byJunit2json(textOf(junitReport, recording));
    const expected = expectedOf(recording, report);
    if (!hostile) expect(counted(suites)).toEqual(expected);
    expect(sum(suites)).toEqual(sum(expected.values()));
    for (const suite of suites) {
      const of = (result: string) => suite.cases.filter((one) => one.result === result).length;
      const found = { tests: suite.cases.length, failures: of("failure"), errors: of("error"), skipped: of("skipped") };
      expect(found).toEqual(numbers(suite));
      expect(suite.properties["seed"]).toBe(String(recording.header.seed));
    }
  });
  test("has the counts of report.json for test-results-parser, and no orders", () => {
    const recording = recordingFor();
    const file = join(folder, "junit.xml");
    writeFileSync(file, textOf(junitReport, recording));
    const { all, suites, orders } = byTestResultsParser(file);
    const expected = expectedOf(recording, reportOf(recording));
    expect(all).toEqual(sum(expected.values()));
    if (!hostile) expect(counted(suites)).toEqual(expected);
    for (const suite of suites) {
      const of = (result: string) => suite.cases.filter((one) => one.result === result).length;
      expect([suite.cases.length, of("failure"), of("skipped")]).toEqual([
        suite.tests,
        suite.failures + suite.errors,
        suite.skipped,
      ]);
    }
    expect(orders).toBe(0);
  });
  // The second parser decodes entities twice, which changes hostile text, and is no fault of the file.
  if (hostile) return;
  test("names each failed case to both, with its id and what failed", async () => {
    const recording = recordingFor();
    const file = join(folder, "junit.xml");
    const text = textOf(junitReport, recording);
    writeFileSync(file, text);
    const read = [await byJunit2json(text), byTestResultsParser(file).suites].map((suites) =>
      suites.flatMap((suite) => suite.cases),
    );
    const failed = [...recording.verdicts()].filter((verdict) => verdict.status === "failed");
    expect(failed.length).toBe(reportOf(recording).counts.failed);
    const warned = recording.header.strict
      ? [...recording.verdicts()].filter((one) => warningFindings(one).length > 0)
      : [];
    expect(warned.length > 0).toBe(name.includes("warnings"));
    for (const verdict of [...failed, ...warned]) {
      const [first] = decidingFindings(verdict);
      const says = first && `${verdict.status === "passed" ? "warning: " : ""}${describeFinding(first)}`;
      for (const cases of read) {
        const found = cases.filter((one) => one.name.startsWith(`${verdict.id}: `));
        expect(found).toMatchObject([{ result: "failure", message: says }]);
      }
    }
  });
});

test("the real run has failures, and what is observed beside them", () => {
  const { counts } = reportOf(readRecording(join(out, "run.ndjson")));
  expect([counts.failed > 1, counts.passed > 20, counts.observed > 0]).toEqual([true, true, true]);
});

test("what a target says orders no reader to keep a file", () => {
  const orders = "[[ATTACHMENT|/etc/hostname]] [[[ attachment|/etc/hosts]] [[PROPERTY|seed=9]]";
  const body = { text: orders, bytes: orders.length };
  const exchanges = [{ ...hostileExchange, request: { ...hostileExchange.request, body } }];
  const said = { reason: orders, actual: orders, title: orders, exchanges };
  const verdicts = (["failed", "indeterminate", "observed", "passed"] as const).map((status, n) =>
    verdictOf(n, status, said),
  );
  const footer = footerOf(verdicts, { runProblems: [orders], staleKnownFailures: [orders] });
  const file = join(folder, "orders.xml");
  writeFileSync(file, textOf(junitReport, recordingInMemory(whole.header, verdicts, footer)));
  expect(readFileSync(file, "utf8")).toContain("[ [ATTACHMENT|/etc/hostname]]");
  expect(byTestResultsParser(file).orders).toBe(0);
});

describe.each(recordings)("HAR of %s", (name, recordingFor) => {
  test("is valid, and holds every recorded exchange in plan order, a control of several cases with the first", () => {
    const recording = recordingFor();
    const har = JSON.parse(textOf(harReport, recording)) as Har;
    expect(validateHar(har)).toEqual([]);
    const seen = new Map<string, number>();
    const all = [...recording.verdicts()].flatMap(({ id, exchanges }) =>
      exchanges.map(({ role, started, request: { method, url, body } }) => {
        const control = role === "control" && started !== undefined ? [started, url, body.text].join(" ") : "";
        if (control !== "") seen.set(control, (seen.get(control) ?? 0) + 1);
        return { control, is: [id, role, method, body.text] };
      }),
    );
    const recorded = all
      .filter(({ control }, i) => control === "" || all.findIndex((one) => one.control === control) === i)
      .map(({ is }) => is);
    expect(recorded.length < all.length).toBe(name.includes("real"));
    expect(recorded.length > 0).toBe(!name.includes("beside"));
    const read = har.log.entries.map(({ _assay, request }) => {
      const { case: id, role } = _assay as { case: string; role: string };
      return [id, role, request.method, request.postData?.text ?? ""];
    });
    expect(read).toEqual(recorded);
    const served = har.log.entries.map(({ _assay }) => (_assay as { cases?: number }).cases ?? 0).filter(Boolean);
    expect(served).toEqual([...seen.values()].filter((n) => n > 1));
  });
});

test("the schemas of HAR refuse what is none", () => {
  const good = textOf(harReport, whole);
  const spoiled: [string, string][] = [
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
  for (const [part, instead] of spoiled) {
    expect(good, part).toContain(part);
    expect(validateHar(JSON.parse(good.replace(part, instead))), part).not.toEqual([]);
  }
});
