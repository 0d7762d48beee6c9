/** Hostile servers: each run ends, with a correct status for each case, limited memory and valid reports. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consoleReport } from "../../../reports/console/console.ts";
import { textOf } from "../../../reports/report.ts";
import { globMatcher } from "../../../runner/cases/glob.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import type { Counts, Recording, Status, Verdict } from "../../../runner/model/index.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { processFile } from "../fixtures/built-files.ts";
import {
  acceptableStatuses,
  behaviours,
  casesOfRow,
  type HostileRow,
  hostileRows,
  isExhaustive,
  rowName,
} from "./index.ts";
import type { RowResult } from "./run-process.ts";

const MEGABYTE = 1024 * 1024;
/** Limit for the peak resident memory of a run, the heap of Node itself included. */
const MAX_MEMORY_BYTES = 300 * MEGABYTE;
/** A runner process above this peak is replaced, so that its memory does not count for the next run. */
const MAX_REUSED_PEAK_BYTES = 250 * MEGABYTE;

/** A run counts as hanging after this time; generous, since the machine may be busy. */
const ROW_TIMEOUT_MS = 180_000;

const results: RowResult[] = [];
/** The status of each case without hostile behaviour, by id. */
const healthy = new Map<string, Status>();

/** A process that runs one row after the other, since starting a process takes longer than most rows. */
interface Runner {
  /** Runs a row after the earlier ones of this runner. */
  run(name: string): Promise<RowResult>;
  close(): void;
}

function newRunner(): Runner {
  let child: ChildProcess;
  let lines: AsyncIterator<string>;
  let ended = "";
  let previous: Promise<unknown> = Promise.resolve();
  const start = () => {
    child = spawn(process.execPath, [processFile("suites/self/hostile/run-process.ts")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.once("close", (code, signal) => {
      ended = `the runner process ended with ${signal ?? code}`;
    });
    if (!child.stdout) throw new Error("the runner process has no standard output");
    lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  };
  start();
  /** A process that crashed, or still runs an earlier row, is replaced, so that only one row fails. */
  const runRow = async (name: string): Promise<RowResult> => {
    child.stdin?.write(`${name}\n`);
    const next = await lines.next();
    const result = next.done ? undefined : (JSON.parse(next.value as string) as RowResult);
    if (result?.behaviour !== name) {
      child.kill();
      start();
      throw new Error(
        result ? `${name}: not run, since ${result.behaviour} took too long` : `${name}: no result; ${ended}`,
      );
    }
    if (result.peakRss > MAX_REUSED_PEAK_BYTES) {
      child.stdin?.end();
      start();
    }
    return result;
  };
  return {
    run(name) {
      const result = previous.then(() => runRow(name));
      previous = result.catch(() => undefined);
      return result;
    },
    close: () => void child.stdin?.end(),
  };
}

/** Rows spend most of their time waiting, so several run concurrently. */
const runners: Runner[] = [];
const RUNNERS = 2;

beforeAll(async () => {
  for (let i = 0; i < RUNNERS; i++) runners.push(newRunner());
  const { out } = await resultOf("healthy", 0);
  for (const { id, status } of readRecording(join(out, "run.ndjson")).verdicts()) healthy.set(id, status);
  rmSync(out, { recursive: true });
});

afterAll(() => {
  for (const runner of runners) runner.close();
  const maximum = (property: "ms" | "peakRss") => results.reduce((a, b) => (b[property] > a[property] ? b : a));
  if (results.length === 0) return;
  const [slowest, largest] = [maximum("ms"), maximum("peakRss")];
  const verdicts = sumOf(results.map((result) => result.counts));
  const all = [...verdicts].map(([status, n]) => `${n} ${status}`).join(", ");
  process.stdout.write(
    [
      `${behaviours.length} behaviours, ${results.length} runs, ${results.reduce((n, l) => n + l.planned, 0)} verdicts: ${all}`,
      `longest run: ${slowest.ms} ms (${slowest.behaviour}); peak memory: ${Math.round(largest.peakRss / MEGABYTE)} MB (${largest.behaviour})`,
      "",
    ].join("\n"),
  );
});

function sumOf(counts: readonly Counts[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const count of counts)
    for (const [status, n] of Object.entries(count)) if (n > 0) total.set(status, (total.get(status) ?? 0) + n);
  return total;
}

const resultOf = (name: string, row: number): Promise<RowResult> => {
  const runner = runners[row % RUNNERS];
  if (!runner) throw new Error("no runner process");
  return runner.run(name);
};

const schema = XmlDocument.fromString(readFileSync(join(packageRoot(), "reports", "junit", "junit.xsd"), "utf8"));
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

/** Checks that log and reports are valid and agree with the result. */
function checkReports(out: string, result: RowResult): Recording {
  const file = (name: string) => readFileSync(join(out, name), "utf8");
  for (const text of file("run.ndjson").trim().split("\n")) JSON.parse(text);
  const recording = readRecording(join(out, "run.ndjson"));
  expect(recording.footer).toMatchObject({ planned: result.planned, counts: result.counts, exit: result.exit });
  const report = JSON.parse(file("report.json")) as { planned: number; counts: Counts; verdicts: unknown[] };
  expect(report.counts).toEqual(result.counts);
  expect(report.verdicts).toHaveLength(result.planned);
  const junit = XmlDocument.fromString(file("junit.xml"));
  try {
    validator.validate(junit);
  } finally {
    junit.dispose();
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds control characters
  const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/u;
  expect(file("summary.md")).not.toMatch(controls);
  expect(textOf(consoleReport, recording)).not.toMatch(controls);
  return recording;
}

/** Whether the texts of a verdict are short, whatever the target sent. */
function isBounded({ actual, reason, findings }: Verdict): boolean {
  return (
    actual.length < 300 &&
    reason.length < 600 &&
    findings.length <= 100 &&
    findings.every(({ location, actual }) => location.length < 300 && JSON.stringify(actual).length < 1500)
  );
}

test("there are at least 40 behaviours, and the names of the rows are unique", () => {
  expect(behaviours.length).toBeGreaterThanOrEqual(40);
  expect(new Set(hostileRows.map(rowName)).size).toBe(hostileRows.length);
  expect([...healthy.values()].filter((status) => status !== "passed")).toEqual(["observed"]);
});

/** One row per behaviour, with its activations in turn; with ASSAY_HOSTILE=all every row. */
const testedRows = isExhaustive ? hostileRows : oneRowPerBehaviour(hostileRows);

function oneRowPerBehaviour(all: readonly HostileRow[]): HostileRow[] {
  const byBehaviour = new Map<string, HostileRow[]>();
  for (const row of all) byBehaviour.set(row.behaviour.id, [...(byBehaviour.get(row.behaviour.id) ?? []), row]);
  return [...byBehaviour.values()].map((rows, i) => rows[i % rows.length] as HostileRow);
}

test.concurrent.each(testedRows.map((row, i): [string, HostileRow, number] => [rowName(row), row, i]))(
  "%s",
  async (name, row, i) => {
    const result = await resultOf(name, i);
    results.push(result);
    expect(result.activeCount, "number of responses with the behaviour").toBeGreaterThan(0);
    const { quick, standard } = casesOfRow(name);
    expect(result.planned).toBe([...healthy.keys()].filter(globMatcher([...quick, ...standard])).length);
    expect([...sumOf([result.counts]).values()].reduce((a, b) => a + b, 0)).toBe(result.planned);
    const { footer, verdicts } = checkReports(result.out, result);
    const all = [...verdicts()];
    const wrongStatuses = all.filter(({ id, status, expect: { outcome } }) => {
      const acceptable = acceptableStatuses(row, {
        id,
        status,
        outcome,
        statusWithoutHostility: healthy.get(id) ?? "errored",
      });
      return !acceptable.includes(status);
    });
    expect(
      wrongStatuses.map((v) => `${v.id}: ${v.status} ${v.actual} ${v.reason} ${JSON.stringify(v.findings)}`),
    ).toEqual([]);
    expect(all.filter((v) => !isBounded(v)).map((v) => v.id)).toEqual([]);
    expect(result.uncaughtErrors).toEqual([]);
    expect(result.followedRedirects, "requests that followed a redirect").toBe(0);
    expect([0, 1, 3]).toContain(result.exit);
    expect(result.exit === 0).toBe(result.counts.passed + result.counts.observed === result.planned);
    expect(footer?.interrupted).toBe(false);
    expect(result.peakRss).toBeLessThan(MAX_MEMORY_BYTES);
    rmSync(result.out, { recursive: true });
  },
  ROW_TIMEOUT_MS,
);
