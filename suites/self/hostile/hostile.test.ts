/** Hostile servers: each run ends, in a verdict that is honest for each case, in little memory, with reports that hold. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consoleReport } from "../../../reports/console/console.ts";
import { textOf } from "../../../reports/report.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import type { Counts, Recording, Status, Verdict } from "../../../runner/model/index.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { behaviours, type HostileRow, hostileRows, isAcceptableVerdict, nameOf } from "./index.ts";
import type { Line } from "./run-process.ts";

const megabyte = 1024 * 1024;
const mostMemory = 300 * megabyte;
/** A run is a process of its own elsewhere: what a large one leaves behind is not the next one's. */
const large = 250 * megabyte;

/** Milliseconds after which a run counts as one that hangs, on a busy machine. */
const patience = 180_000;

const done: Line[] = [];
/** What each case comes to where nobody is hostile. */
const healthy = new Map<string, Status>();

/** A process that runs one row after the other: to start one takes longer than most rows do. */
interface Runner {
  /** Waits for the rows before it. */
  line(name: string): Promise<Line>;
  close(): void;
}

function newRunner(): Runner {
  const script = fileURLToPath(new URL("run-process.ts", import.meta.url));
  let child: ChildProcess;
  let lines: AsyncIterator<string>;
  let ended = "";
  let last: Promise<unknown> = Promise.resolve();
  const start = () => {
    child = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["pipe", "pipe", "inherit"] });
    child.once("close", (code, signal) => {
      ended = `the runner ended with ${signal ?? code}`;
    });
    if (!child.stdout) throw new Error("the runner has no output");
    lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  };
  start();
  /** One that crashed, or is still at work on an earlier row, is replaced: its row alone is to blame. */
  const ask = async (name: string): Promise<Line> => {
    child.stdin?.write(`${name}\n`);
    const next = await lines.next();
    const line = next.done ? undefined : (JSON.parse(next.value as string) as Line);
    if (line?.behaviour !== name) {
      child.kill();
      start();
      throw new Error(
        line ? `${line.behaviour} took so long that ${name} was not asked` : `${name}: no line; ${ended}`,
      );
    }
    if (line.peakRss > large) {
      child.stdin?.end();
      start();
    }
    return line;
  };
  return {
    line(name) {
      const mine = last.then(() => ask(name));
      last = mine.catch(() => undefined);
      return mine;
    },
    close: () => void child.stdin?.end(),
  };
}

/** Most of a row is waiting. */
const runners: Runner[] = [];
const sideBySide = 4;

beforeAll(async () => {
  for (let i = 0; i < sideBySide; i++) runners.push(newRunner());
  const { out } = await lineOf("nobody", 0);
  for (const { id, status } of readRecording(join(out, "run.ndjson")).verdicts()) healthy.set(id, status);
  rmSync(out, { recursive: true });
});

afterAll(() => {
  for (const runner of runners) runner.close();
  const worst = (of: "ms" | "peakRss") => done.reduce((a, b) => (b[of] > a[of] ? b : a));
  if (done.length === 0) return;
  const [slow, most] = [worst("ms"), worst("peakRss")];
  const verdicts = sumOf(done.map((line) => line.counts));
  const all = [...verdicts].map(([status, n]) => `${n} ${status}`).join(", ");
  process.stdout.write(
    [
      `${behaviours.length} behaviours, ${done.length} runs, ${done.reduce((n, l) => n + l.planned, 0)} verdicts: ${all}`,
      `longest: ${slow.ms} ms (${slow.behaviour}); most memory: ${Math.round(most.peakRss / megabyte)} MB (${most.behaviour})`,
      "",
    ].join("\n"),
  );
});

function sumOf(counts: readonly Counts[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const one of counts)
    for (const [status, n] of Object.entries(one)) if (n > 0) sum.set(status, (sum.get(status) ?? 0) + n);
  return sum;
}

const lineOf = (name: string, row: number): Promise<Line> => {
  const runner = runners[row % sideBySide];
  if (!runner) throw new Error("there is no runner");
  return runner.line(name);
};

const schema = XmlDocument.fromString(readFileSync(join(packageRoot(), "reports", "junit", "junit.xsd"), "utf8"));
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

/** Every report can be read by those who read it. */
function reportsHold(out: string, line: Line): Recording {
  const file = (name: string) => readFileSync(join(out, name), "utf8");
  for (const text of file("run.ndjson").trim().split("\n")) JSON.parse(text);
  const recording = readRecording(join(out, "run.ndjson"));
  expect(recording.footer).toMatchObject({ planned: line.planned, counts: line.counts, exit: line.exit });
  const told = JSON.parse(file("report.json")) as { planned: number; counts: Counts; verdicts: unknown[] };
  expect(told.counts).toEqual(line.counts);
  expect(told.verdicts).toHaveLength(line.planned);
  const junit = XmlDocument.fromString(file("junit.xml"));
  try {
    validator.validate(junit);
  } finally {
    junit.dispose();
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that must not be there
  const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/u;
  expect(file("summary.md")).not.toMatch(controls);
  expect(textOf(consoleReport, recording)).not.toMatch(controls);
  return recording;
}

/** A megabyte of the target's does not stand in a verdict. */
function isBounded({ actual, reason, findings }: Verdict): boolean {
  return (
    actual.length < 300 &&
    reason.length < 600 &&
    findings.length <= 100 &&
    findings.every(({ location, actual }) => location.length < 300 && JSON.stringify(actual).length < 1500)
  );
}

test("there are enough of them, and no two of one name", () => {
  expect(behaviours.length).toBeGreaterThanOrEqual(40);
  expect(new Set(hostileRows.map(nameOf)).size).toBe(hostileRows.length);
  expect([...healthy.values()].filter((status) => status !== "passed")).toEqual(["observed"]);
});

/** Each behaviour once, the one always and the next at refusals; all of them at each time they can show where that is asked for. */
const sent = process.env["ASSAY_HOSTILE"] === "all" ? hostileRows : onceEach(hostileRows);

function onceEach(all: readonly HostileRow[]): HostileRow[] {
  const byBehaviour = new Map<string, HostileRow[]>();
  for (const row of all) byBehaviour.set(row.behaviour.id, [...(byBehaviour.get(row.behaviour.id) ?? []), row]);
  return [...byBehaviour.values()].map((mine, i) => mine[i % mine.length] as HostileRow);
}

test.concurrent.each(sent.map((row, i): [string, HostileRow, number] => [nameOf(row), row, i]))(
  "%s",
  async (name, row, i) => {
    const line = await lineOf(name, i);
    done.push(line);
    expect(line.shown, "how often it showed").toBeGreaterThan(0);
    expect(line.planned).toBe(healthy.size);
    expect([...sumOf([line.counts]).values()].reduce((a, b) => a + b, 0)).toBe(line.planned);
    const { footer, verdicts } = reportsHold(line.out, line);
    const all = [...verdicts()];
    const dishonest = all.filter(({ id, status, expect: { outcome } }) => {
      const may = isAcceptableVerdict(row, { id, status, outcome, healthy: healthy.get(id) ?? "errored" });
      return !may.includes(status);
    });
    expect(dishonest.map((v) => `${v.id}: ${v.status} ${v.actual} ${v.reason} ${JSON.stringify(v.findings)}`)).toEqual(
      [],
    );
    expect(all.filter((v) => !isBounded(v)).map((v) => v.id)).toEqual([]);
    expect(line.strays).toEqual([]);
    expect(line.elsewhere, "requests that followed a redirect").toBe(0);
    expect([0, 1, 3]).toContain(line.exit);
    expect(line.exit === 0).toBe(line.counts.passed + line.counts.observed === line.planned);
    expect(footer?.interrupted).toBe(false);
    expect(line.peakRss).toBeLessThan(mostMemory);
    rmSync(line.out, { recursive: true });
  },
  patience,
);
