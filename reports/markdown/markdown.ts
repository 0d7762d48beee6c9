/** Recording → summary.md, for a pull request or the page of a CI job: failures first. */
import type { Change, ChangesSince, Recording } from "../../runner/model/index.ts";
import type { Report, Write } from "../report.ts";
import { tallyTable } from "../summary/action-table.ts";
import { CAUSE_KINDS, CAUSE_TITLES } from "../summary/cause.ts";
import { changesHeadline, changesNotes, formatChange } from "../summary/changes.ts";
import { coveredLine, summarizeCoverage } from "../summary/coverage.ts";
import { countsLine, runIdentity } from "../summary/headline.ts";
import { mergeAcrossActions, type ObservedRow, observedPath } from "../summary/observations.ts";
import { limitNotes, type RunRemark, runRemarks } from "../summary/run-remarks.ts";
import { runState } from "../summary/run-state.ts";
import { type Cause, countCauses, type RunTally, tallyVerdicts } from "../summary/tally.ts";
import { formatRerun } from "../text/sentences.ts";
import { plural, truncate } from "../text/visible-text.ts";
import { actionTable, escapeMarkdown, inlineCode, plainText } from "./escape.ts";
import { type BoundedPage, createBoundedPage } from "./size-limit.ts";

/** Causes of one kind, changes and observations that are listed. */
const MAX_LISTED = 50;
/** A step of a GitHub job shows 1 MiB; a GitLab comment holds 1,000,000 characters. */
const MAX_PAGE_BYTES = 900_000;

/** Longest single text, such as a title or a finding, in UTF-16 units. */
const MAX_TEXT_UNITS = 2000;
/** Findings of a cause that are listed. */
const MAX_FINDINGS = 5;

function describeFindings(sentences: readonly string[]): string {
  const findings = sentences.slice(0, MAX_FINDINGS).map((sentence) => inlineCode(truncate(sentence, MAX_TEXT_UNITS)));
  if (sentences.length > MAX_FINDINGS) findings.push(plural(sentences.length - MAX_FINDINGS, "more finding"));
  return findings.join(" and ");
}

function causeLines(recording: Recording, cause: Cause): string[] {
  const inActions = cause.actions > 1 ? ` in ${plural(cause.actions, "action")}` : "";
  const [first] = cause.examples;
  const lines = [`- **${plural(cause.cases, "case")}${inActions}**: ${describeFindings(first?.sentences ?? [])}`];
  for (const { id, title, place } of cause.examples) {
    lines.push(
      `  - ${inlineCode(id)}: ${plainText(truncate(title, MAX_TEXT_UNITS))} (${escapeMarkdown(truncate(place, MAX_TEXT_UNITS))})`,
    );
  }
  if (cause.cases > cause.examples.length) lines.push(`  - and ${cause.cases - cause.examples.length} more`);
  if (cause.status === "failed" && first !== undefined)
    lines.push(`  - rerun: ${inlineCode(formatRerun(recording.header, first.id))}`);
  return lines;
}

/** Outcomes of cases that the documents do not decide. */
function observedLines(row: ObservedRow): string[] {
  const { reason, actual, example, actions } = row;
  const outcomes = Object.entries(actual).map(([outcome, cases]) => `${cases} ${inlineCode(outcome)}`);
  const reasonText = reason === "" ? "" : `: ${plainText(truncate(reason, MAX_TEXT_UNITS))}`;
  const subjectText = `${inlineCode(observedPath(row))}${actions > 1 ? ` in ${plural(actions, "action")}` : ""}`;
  return [`- ${subjectText}${reasonText}`, `  - ${outcomes.join(", ")}, e.g. ${inlineCode(example)}`];
}

function changeLine(change: Change): string {
  return `- **${change.kind}**: ${inlineCode(change.id)}: ${inlineCode(formatChange(change))}`;
}

function writeCauses(page: BoundedPage, recording: Recording, tally: RunTally): void {
  for (const kind of CAUSE_KINDS) {
    const kindCauses = tally.causes.filter((cause) => cause.status === kind);
    if (kindCauses.length === 0) continue;
    const cases = kindCauses.reduce((total, cause) => total + cause.cases, 0);
    const head = `## ${CAUSE_TITLES[kind]}: ${countCauses(kindCauses)}, ${plural(cases, "case")}`;
    const items = kindCauses.slice(0, MAX_LISTED).map((cause) => causeLines(recording, cause));
    page.items([head, ""], items, "more cause");
    page.more(kindCauses.length - items.length, "more cause");
  }
}

function writeChanges(page: BoundedPage, since: ChangesSince): void {
  const head = `## ${plainText(truncate(changesHeadline(since), MAX_TEXT_UNITS).replace(/^s/, "S"))}`;
  const listed = since.changes.slice(0, MAX_LISTED);
  page.block("the number of changes", [head]);
  page.items(
    [],
    listed.map((change) => [changeLine(change)]),
    "more change",
  );
  page.more(since.total - listed.length, "more change");
  page.items(
    [],
    changesNotes(since).map((line) => [`- ${plainText(truncate(line, MAX_TEXT_UNITS))}`]),
    "more remark",
  );
}

function render(recording: Recording, write: Write): void {
  const { header, footer } = recording;
  const tally = tallyVerdicts(recording);
  const page = createBoundedPage(write, MAX_PAGE_BYTES);
  const remarks = runRemarks(recording, tally);
  const state = runState(recording, tally.counts, remarks);
  page.block("the heading", [`# assay: ${plainText(truncate(header.target, MAX_TEXT_UNITS))}, ${state}`]);
  page.block("the counts", [`**${countsLine(recording, tally)}**`]);
  const listRemarks = (listed: readonly RunRemark[], ...head: readonly string[]): void =>
    page.items(
      head,
      listed.map((remark) => [`- ${plainText(truncate(remark.text, MAX_TEXT_UNITS))}`]),
      "more remark",
    );
  listRemarks(remarks.filter(({ kind }) => kind !== "note"));
  if (footer?.since !== undefined) writeChanges(page, footer.since);
  writeCauses(page, recording, tally);
  const notes = limitNotes(remarks).filter(({ kind }) => kind === "note");
  listRemarks(notes, "## Notes on the run", "");
  const observations = mergeAcrossActions(tally.observations);
  const head = `## Observed where the documents do not decide: ${plural(observations.length, "subject")}`;
  page.items([head, ""], observations.slice(0, MAX_LISTED).map(observedLines), "more subject");
  page.more(observations.length - MAX_LISTED, "more subject");
  page.block("the table by action", actionTable(tallyTable(tally)));
  const coverage = summarizeCoverage(recording);
  if (coverage !== null) {
    const { codes, rules } = coverage;
    const lines = [`- codes: ${plainText(coveredLine(codes))}`, `- rules: ${plainText(coveredLine(rules))}`];
    page.block("the coverage", ["## Coverage", "", ...lines]);
  }
  page.end("report.html or report.json", plainText(truncate(runIdentity(recording), 500)));
}

export const markdownReport: Report = { id: "markdown", file: "summary.md", limit: MAX_PAGE_BYTES, render };
