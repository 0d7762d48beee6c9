/** Recording → lines for a terminal: causes with an example, the table by action, the counts at the end. */
import picocolors from "picocolors";
import type { ChangesSince, Recording, Status } from "../../runner/model/index.ts";
import type { RenderOptions, Report, Write } from "../report.ts";
import { tallyTable } from "../summary/action-table.ts";
import type { CauseKind } from "../summary/cause.ts";
import { CAUSE_KINDS } from "../summary/cause.ts";
import { changesHeadline, changesNotes, formatChange } from "../summary/changes.ts";
import { countsLine, requestsLine, runIdentity } from "../summary/headline.ts";
import { limitNotes, runRemarks } from "../summary/run-remarks.ts";
import { type Cause, countCauses, type RunTally, tallyVerdicts } from "../summary/tally.ts";
import { formatRerun } from "../text/sentences.ts";
import { oneLine, plural } from "../text/visible-text.ts";

type Colours = ReturnType<typeof picocolors.createColors>;

/** Causes of one kind that are listed; the others are counted. */
const MAX_CAUSES_PER_KIND = 20;

const KIND_TITLES: Readonly<Record<CauseKind, string>> = {
  failed: "failed",
  errored: "errored",
  indeterminate: "indeterminate",
  unimplemented: "unimplemented",
  skipped: "skipped",
  known: "known failures",
  warning: "warnings",
};

function paint(colours: Colours, kind: CauseKind | Status): (text: string) => string {
  if (kind === "failed" || kind === "errored") return colours.red;
  if (kind === "indeterminate" || kind === "warning") return colours.yellow;
  return kind === "passed" ? colours.green : colours.cyan;
}

function causeLines(cause: Cause, colours: Colours): string[] {
  const [first] = cause.examples;
  const inActions = cause.actions > 1 ? ` in ${plural(cause.actions, "action")}` : "";
  const lines = (first?.sentences ?? []).map((sentence, index) =>
    index === 0 ? `  ${plural(cause.cases, "case")}${inActions}: ${sentence}` : `    and ${sentence}`,
  );
  // One example: a run prints the first cases of a cause while it runs, and the other reports have more.
  if (first !== undefined) lines.push(`    ${oneLine(first.id)} ${colours.dim(`(${first.place})`)}`);
  if (cause.cases > 1) lines.push(colours.dim(`    and ${cause.cases - 1} more`));
  return lines;
}

function kindLines(tally: RunTally, kind: CauseKind, colours: Colours): string[] {
  const causes = tally.causes.filter((cause) => cause.status === kind);
  if (causes.length === 0) return [];
  const cases = causes.reduce((total, cause) => total + cause.cases, 0);
  const title = `${KIND_TITLES[kind]}: ${countCauses(causes)}, ${plural(cases, "case")}`;
  const lines = [colours.bold(paint(colours, kind)(title))];
  for (const cause of causes.slice(0, MAX_CAUSES_PER_KIND)) lines.push(...causeLines(cause, colours));
  if (causes.length > MAX_CAUSES_PER_KIND)
    lines.push(`  and ${countCauses(causes.slice(MAX_CAUSES_PER_KIND), "more cause")}; see report.html`);
  return [...lines, ""];
}

function tableLines(tally: RunTally, colours: Colours): string[] {
  const { head, rows, foot, columns } = tallyTable(tally);
  const widths = head.map((title, i) => Math.max(title.length, ...[...rows, foot].map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[], coloured: boolean): string =>
    cells
      .map((cell, i) => {
        const padded = i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
        const status = columns[i - 2];
        return coloured && status !== undefined && cell !== "" ? paint(colours, status)(padded) : padded;
      })
      .join("  ")
      .trimEnd();
  return [colours.bold(line(head, false)), ...rows.map((row) => line(row, true)), line(foot, true)];
}

/** Changes that are listed; the others are counted. */
const MAX_CHANGES = 20;

function changesLines(since: ChangesSince | undefined, colours: Colours): string[] {
  if (since === undefined) return [];
  const paintLine = since.failing > 0 ? colours.red : since.newlyUndecided > 0 ? colours.yellow : colours.green;
  const lines = since.changes
    .slice(0, MAX_CHANGES)
    .flatMap((change) => [`  ${change.kind}: ${oneLine(change.id)}`, `    ${formatChange(change)}`]);
  if (since.total > MAX_CHANGES) lines.push(`  and ${since.total - MAX_CHANGES} more; see report.json`);
  return [
    colours.bold(paintLine(changesHeadline(since))),
    ...lines,
    ...changesNotes(since).map((line) => `  ${line}`),
    "",
  ];
}

function remarkLines(recording: Recording, tally: RunTally, colours: Colours): string[] {
  return limitNotes(runRemarks(recording, tally)).map(({ kind, text }) =>
    (kind === "note" ? colours.yellow : colours.red)(text),
  );
}

/** The output of `--quiet`: changes since an earlier run, remarks on the run, the counts. */
export function closingLines(recording: Recording, colour: boolean): string[] {
  const { since } = recording.footer ?? {};
  const colours = picocolors.createColors(colour);
  const tally = tallyVerdicts(recording);
  return [
    ...(since === undefined ? [] : [changesHeadline(since)]),
    ...remarkLines(recording, tally, colours),
    colours.bold(countsLine(recording, tally)),
  ];
}

function render(recording: Recording, write: Write, options: RenderOptions = {}): void {
  const colours = picocolors.createColors(options.colour === true);
  const tally = tallyVerdicts(recording);
  const print = (lines: readonly string[]): void => {
    for (const line of lines) write(`${line}\n`);
  };
  print([colours.dim(runIdentity(recording)), ""]);
  for (const kind of CAUSE_KINDS) print(kindLines(tally, kind, colours));
  print([...tableLines(tally, colours), ""]);
  print(changesLines(recording.footer?.since, colours));
  const firstFailure = tally.causes.find((cause) => cause.status === "failed")?.examples[0];
  if (firstFailure !== undefined) print([`rerun the first failure: ${formatRerun(recording.header, firstFailure.id)}`]);
  print(remarkLines(recording, tally, colours));
  print([...requestsLine(recording.footer), colours.bold(countsLine(recording, tally))]);
}

export const consoleReport: Report = { id: "console", file: null, render };
