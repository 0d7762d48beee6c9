/** Recording → HAR 1.2, for programs that show HTTP: every recorded exchange in plan order, an entry a line, streamed. */
import type { Entry } from "har-format";
import type { Recording } from "../runner/model.ts";
import { ending } from "./ending.ts";
import { entryOf } from "./har-entry.ts";
import type { Report, Write } from "./report.ts";
import { besides, sinceLine } from "./since.ts";
import { list } from "./streamed.ts";
import { countsLine, identity } from "./summary.ts";
import { tally } from "./tally.ts";
import { json } from "./text.ts";

function* entries(recording: Recording): Generator<Entry> {
  for (const verdict of recording.verdicts()) {
    for (const exchange of verdict.exchanges) yield entryOf(recording.header, verdict, exchange);
  }
}

/** What the run was and how it ended stands in the comment of the log; facts for programs under `_assay`. */
function render(recording: Recording, write: Write): void {
  const counted = tally(recording);
  const { header, footer } = recording;
  const { changes = [], ...since } = footer?.since ?? {};
  const remarks = ending(recording, counted).map((remark) => remark.text);
  const lines = [identity(recording), countsLine(recording, counted), ...remarks];
  if (footer?.since !== undefined) lines.push(sinceLine(footer.since), ...besides(footer.since));
  const facts = {
    target: header.target,
    seed: header.seed,
    run: header.run,
    planned: footer?.planned ?? null,
    counts: counted.counts,
    warnings: counted.warnings,
    since: footer?.since === undefined ? null : since,
  };
  write('{\n  "log": {\n    "version": "1.2",\n');
  write(`    "creator": ${json({ name: "assay", version: header.assay })},\n`);
  write(`    "comment": ${json(lines.join(" | "))},\n`);
  write(`    "_assay": ${json(facts)},\n    "_changes": `);
  list(write, changes, "    ");
  write(',\n    "entries": ');
  list(write, entries(recording), "    ");
  write("\n  }\n}\n");
}

/** For another program's eyes: it is made where it is asked for, and no file of a run. */
export const harReport: Report = { id: "har", file: null, render };
