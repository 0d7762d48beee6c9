/** Recording → HAR 1.2, for programs that show HTTP traffic: each recorded exchange in plan order, each control once, one entry on a line, streamed. */
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

/** One call may be the control of many cases. It is identified by everything that is recorded of it; without a time it could be another call. */
function controlKey(exchange: RecordedExchange): string | undefined {
  if (exchange.role !== "control" || exchange.started === undefined) return undefined;
  return createHash("sha256").update(JSON.stringify(exchange)).digest("base64").slice(0, 16);
}

interface ExchangeCounts {
  readonly exchanges: number;
  /** The number of cases of each control, by `controlKey`. */
  readonly casesByControl: ReadonlyMap<string, number>;
}

function countExchanges(recording: Recording): ExchangeCounts {
  const casesByControl = new Map<string, number>();
  let exchanges = 0;
  for (const verdict of recording.verdicts()) {
    exchanges += verdict.exchanges.length;
    const keys = new Set(verdict.exchanges.map(controlKey).filter((key) => key !== undefined));
    for (const key of keys) casesByControl.set(key, (casesByControl.get(key) ?? 0) + 1);
  }
  return { exchanges, casesByControl };
}

/** A control is written with its first case; the judged calls of the other cases refer to that case. */
function* entries(recording: Recording, { casesByControl }: ExchangeCounts): Generator<Entry> {
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

/** The comment of the log describes the run and its result for people; `_assay` has the same for programs. */
function render(recording: Recording, write: Write): void {
  const tally = tallyVerdicts(recording);
  const { header, footer } = recording;
  const { changes = [], ...since } = footer?.since ?? {};
  const remarks = runRemarks(recording, tally).map((remark) => remark.text);
  const exchangeCounts = countExchanges(recording);
  const lines = [runIdentity(recording), countsLine(recording, tally), ...remarks];
  if (footer?.since !== undefined) lines.push(changesHeadline(footer.since), ...changesNotes(footer.since));
  if (exchangeCounts.exchanges === 0)
    lines.push("the log holds no exchange; assay run --record all also records those of passed cases");
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

/** Written on demand only, not by a run. */
export const harReport: Report = { id: "har", file: null, render };
