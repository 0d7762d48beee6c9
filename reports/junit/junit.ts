/** Recording → JUnit XML (schema: junit.xsd in this folder), one suite for each action, streamed. */
import type { ChangesSince, Header, Recording } from "../../runner/model/index.ts";
import { totalCount } from "../../runner/model/status.ts";
import type { Report, Write } from "../report.ts";
import { changesNotes, formatChange } from "../summary/changes.ts";
import { plannedCases } from "../summary/headline.ts";
import { type RunRemark, runRemarks } from "../summary/run-remarks.ts";
import { type ActionTally, tallyVerdicts } from "../summary/tally.ts";
import { classNameOf, seconds, testcase } from "./testcase.ts";
import { type Attributes, attributes, element, startTag, xmlText } from "./xml.ts";

/** The suite of the run itself; written only where it has remarks or changes. */
const RUN_SUITE = "assay/run";

interface Totals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/** In a strict run a case that passed with a warning counts as a failure. */
function totals({ strict }: Header, { counts, warned }: ActionTally): Totals {
  return {
    tests: totalCount(counts),
    failures: counts.failed + (strict === true ? warned : 0),
    errors: counts.indeterminate + counts.errored,
    skipped: counts.known + counts.observed + counts.unimplemented + counts.skipped,
  };
}

function toAttributes({ tests, failures, errors, skipped }: Totals): Attributes {
  return { tests: `${tests}`, failures: `${failures}`, errors: `${errors}`, skipped: `${skipped}` };
}

function suiteStart(header: Header, name: string, id: number, suiteTotals: Totals, ms: number): string {
  const started = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(header.started)?.[0];
  // No `package` attribute: Jenkins would prepend it to the name, which already contains it.
  return startTag("testsuite", {
    name,
    id: String(id),
    ...toAttributes(suiteTotals),
    time: seconds(ms),
    // Timestamps of JUnit have neither fraction nor time zone; those of the log are UTC.
    ...(started === undefined || Number.isNaN(Date.parse(started)) ? {} : { timestamp: started }),
  });
}

/** The number of changes since the earlier run, as properties of every suite. */
function sinceFacts(since: ChangesSince | undefined): Record<string, string> {
  if (since === undefined) return {};
  const { run, started, total, failing, kinds } = since;
  const counts = Object.entries({ ...kinds, total, failing }).map(([name, n]) => [`since.${name}`, String(n)]);
  return { since: run, "since.started": started, ...Object.fromEntries(counts) };
}

/** The changes themselves, as properties of the run's own suite only. */
function changeFacts(since: ChangesSince | undefined): Record<string, string> {
  if (since === undefined) return {};
  const changes = since.changes.map((change, i) => [
    `change.${i + 1}`,
    `${change.kind}: ${change.id}: ${formatChange(change)}`,
  ]);
  const remarks = changesNotes(since).map((line, i) => [`since.remark.${i + 1}`, line]);
  return Object.fromEntries([...remarks, ...changes]);
}

function properties(recording: Recording, extraFacts: Readonly<Record<string, string>> = {}): string {
  const { header, footer } = recording;
  const facts: Record<string, string> = {
    seed: String(header.seed),
    target: header.target,
    run: header.run,
    depth: header.depth,
    assay: header.assay,
    planned: String(plannedCases(recording) ?? "unknown"),
    ...(header.shard ? { shard: `${header.shard.index}/${header.shard.count}` } : {}),
    interrupted: footer === null ? "unknown" : String(footer.interrupted),
    ...sinceFacts(footer?.since),
    ...extraFacts,
  };
  const property = Object.entries(facts).map(([name, value]) => attributes({ name, value }));
  return element("properties", {}, { property });
}

function remarkCase(remark: RunRemark, index: number): string {
  const attributesOfCase = {
    name: `${remark.about}/${index + 1}`,
    classname: classNameOf(RUN_SUITE),
    time: seconds(0),
  };
  const inside = { ...attributes({ type: remark.about, message: remark.text }), "#text": xmlText(remark.text) };
  return element("testcase", attributesOfCase, { [remark.kind]: inside });
}

function render(recording: Recording, write: Write): void {
  const tally = tallyVerdicts(recording);
  const { header, footer } = recording;
  const remarks = runRemarks(recording, tally);
  const failingRemarks = remarks.filter((remark) => remark.kind !== "note");
  const notes = remarks.filter((remark) => remark.kind === "note");
  const runTotals: Totals = {
    tests: failingRemarks.length,
    failures: failingRemarks.filter((remark) => remark.kind === "failure").length,
    errors: failingRemarks.filter((remark) => remark.kind === "error").length,
    skipped: 0,
  };
  const runProperties = properties(recording);
  write('<?xml version="1.0" encoding="UTF-8"?>\n');
  // No counts on `testsuites`: the strictest schemas do not allow `skipped` here, and a reader that finds the other counts
  // without it takes skipped cases for passed ones. Readers add up the suites.
  write(startTag("testsuites", { name: "assay", time: seconds(footer?.durationMs ?? tally.ms) }));
  let id = 0;
  for (const [action, tallied] of tally.actions) {
    write(suiteStart(header, action, id++, totals(header, tallied), tallied.ms) + runProperties);
    for (const verdict of recording.verdicts(action)) write(testcase(header, verdict));
    write("</testsuite>\n");
  }
  if (remarks.length > 0 || footer?.since !== undefined) {
    write(suiteStart(header, RUN_SUITE, id, runTotals, 0) + properties(recording, changeFacts(footer?.since)));
    failingRemarks.forEach((remark, index) => {
      write(remarkCase(remark, index));
    });
    if (notes.length > 0) write(element("system-err", {}, notes.map((note) => note.text).join("\n")));
    write("</testsuite>\n");
  }
  write("</testsuites>\n");
}

export const junitReport: Report = { id: "junit", file: "junit.xml", render };
