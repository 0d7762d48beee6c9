/** Recording → HAR 1.2, for programs that show HTTP: every recorded exchange in plan order, a control once, an entry a line, streamed. */
import { createHash } from "node:crypto";
import type { Entry } from "har-format";
import type { RecordedExchange, Recording } from "../../runner/model/index.ts";
import { streamJsonList } from "../json/stream-list.ts";
import type { Report, Write } from "../report.ts";
import { changesHeadline, changesNotes } from "../summary/changes.ts";
import { countsLine, runFacts, runIdentity } from "../summary/headline.ts";
import { runRemarks } from "../summary/run-remarks.ts";
import { tallyVerdicts } from "../summary/tally.ts";
import { json } from "../text/visible-text.ts";
import { toHarEntry } from "./entry.ts";

/** One call is the control of many cases: known again by all that is recorded of it; without the time it might be another. */
function controlKey(exchange: RecordedExchange): string | undefined {
  if (exchange.role !== "control" || exchange.started === undefined) return undefined;
  return createHash("sha256").update(JSON.stringify(exchange)).digest("base64").slice(0, 16);
}

interface ExchangeCounts {
  readonly exchanges: number;
  /** Cases by control. */
  readonly served: ReadonlyMap<string, number>;
}

function countExchanges(recording: Recording): ExchangeCounts {
  const casesByControl = new Map<string, number>();
  let exchanges = 0;
  for (const verdict of recording.verdicts()) {
    exchanges += verdict.exchanges.length;
    const keys = new Set(verdict.exchanges.map(controlKey).filter((key) => key !== undefined));
    for (const key of keys) casesByControl.set(key, (casesByControl.get(key) ?? 0) + 1);
  }
  return { exchanges, served: casesByControl };
}

/** A control stands with the first case that it served; the judged calls of the others name that case. */
function* entries(recording: Recording, { served: casesByControl }: ExchangeCounts): Generator<Entry> {
  const firstCaseByControl = new Map<string, string>();
  for (const verdict of recording.verdicts()) {
    let control: string | undefined;
    for (const exchange of verdict.exchanges) {
      const key = controlKey(exchange);
      const cases = casesByControl.get(key ?? "") ?? 1;
      const firstCase = firstCaseByControl.get(key ?? "");
      if (firstCase !== undefined) control = firstCase;
      else {
        if (key !== undefined && cases > 1) firstCaseByControl.set(key, verdict.id);
        yield toHarEntry(recording.header, verdict, exchange, { cases, control });
      }
    }
  }
}

/** What the run was and how it ended stands in the comment of the log; facts for programs under `_assay`. */
function render(recording: Recording, write: Write): void {
  const tally = tallyVerdicts(recording);
  const { header, footer } = recording;
  const { changes = [], ...since } = footer?.since ?? {};
  const remarks = runRemarks(recording, tally).map((remark) => remark.text);
  const exchangeCounts = countExchanges(recording);
  const lines = [runIdentity(recording), countsLine(recording, tally), ...remarks];
  if (footer?.since !== undefined) lines.push(changesHeadline(footer.since), ...changesNotes(footer.since));
  if (exchangeCounts.exchanges === 0)
    lines.push("no exchange is recorded; passed cases are recorded with --record all");
  const facts = { ...runFacts(recording, tally), since: footer?.since === undefined ? null : since };
  write('{\n  "log": {\n    "version": "1.2",\n');
  write(`    "creator": ${json({ name: "assay", version: header.assay })},\n`);
  write(`    "comment": ${json(lines.join(" | "))},\n`);
  write(`    "_assay": ${json(facts)},\n    "_changes": `);
  streamJsonList(write, changes, "    ");
  write(',\n    "entries": ');
  streamJsonList(write, entries(recording, exchangeCounts), "    ");
  write("\n  }\n}\n");
}

/** For another program's eyes: it is made where it is asked for, and no file of a run. */
export const harReport: Report = { id: "har", file: null, render };
