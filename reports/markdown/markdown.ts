/** Recording → summary.md: failures first, for a pull request or a job's page. */
import type { Change, ChangesSince, Recording } from "../../runner/model/index.ts";
import type { Report, Write } from "../report.ts";
import { table } from "../summary/action-table.ts";
import { CAUSE_KINDS, CAUSE_TITLES } from "../summary/cause.ts";
import { changesHeadline, changesNotes, formatChange } from "../summary/changes.ts";
import { coveredLine, summarizeCoverage } from "../summary/coverage.ts";
import { countsLine, runIdentity } from "../summary/headline.ts";
import { mergeAcrossActions, type ObservedRow } from "../summary/observations.ts";
import { limitNotes, type RunRemark, runRemarks } from "../summary/run-remarks.ts";
import { runState } from "../summary/run-state.ts";
import { type Cause, countCauses, type RunTally, tallyVerdicts } from "../summary/tally.ts";
import { formatRerun } from "../text/sentences.ts";
import { plural, truncate } from "../text/visible-text.ts";
import { actionTable, escapeMarkdown, inlineCode, plainText } from "./escape.ts";
import { type BoundedPage, createBoundedPage } from "./size-limit.ts";

/** Causes of one kind that are listed. */
const most = 50;
/** In bytes, whatever is listed: a step of a GitHub job shows 1 MiB, a comment of GitLab takes 1,000,000 characters. */
const limit = 900_000;

/** Longest text of one kind in a cause, in UTF-16 units; and findings that are told of it. */
const longest = 2000;
const mostFindings = 5;

function says(sentences: readonly string[]): string {
  const told = sentences.slice(0, mostFindings).map((sentence) => inlineCode(truncate(sentence, longest)));
  if (sentences.length > mostFindings) told.push(plural(sentences.length - mostFindings, "more finding"));
  return told.join(" and ");
}

function causeLines(recording: Recording, cause: Cause): string[] {
  const where = cause.actions > 1 ? ` in ${plural(cause.actions, "action")}` : "";
  const [first] = cause.examples;
  const lines = [`- **${plural(cause.cases, "case")}${where}**: ${says(first?.sentences ?? [])}`];
  for (const { id, title, place } of cause.examples) {
    lines.push(
      `  - ${inlineCode(id)}: ${plainText(truncate(title, longest))} (${escapeMarkdown(truncate(place, longest))})`,
    );
  }
  if (cause.cases > cause.examples.length) lines.push(`  - and ${cause.cases - cause.examples.length} more`);
  if (cause.status === "failed" && first !== undefined)
    lines.push(`  - rerun: ${inlineCode(formatRerun(recording.header, first.id))}`);
  return lines;
}

/** What the target did with values over which the documents disagree, or of which they do not speak. */
function observedLines({ subject, reason, actual, example, actions }: ObservedRow): string[] {
  const did = Object.entries(actual).map(([word, cases]) => `${cases} ${inlineCode(word)}`);
  const open = reason === "" ? "" : `: ${plainText(truncate(reason, longest))}`;
  const place =
    actions > 1
      ? `${inlineCode(subject.split("/").slice(3).join("/"))} in ${plural(actions, "action")}`
      : inlineCode(subject);
  return [`- ${place}${open}`, `  - ${did.join(", ")}, e.g. ${inlineCode(example)}`];
}

function changeLine(change: Change): string {
  return `- **${change.kind}**: ${inlineCode(change.id)}: ${inlineCode(formatChange(change))}`;
}

function causes(page: BoundedPage, recording: Recording, counted: RunTally): void {
  for (const kind of CAUSE_KINDS) {
    const found = counted.causes.filter((cause) => cause.status === kind);
    if (found.length === 0) continue;
    const cases = found.reduce((total, cause) => total + cause.cases, 0);
    const head = `## ${CAUSE_TITLES[kind]}: ${countCauses(found)}, ${plural(cases, "case")}`;
    const items = found.slice(0, most).map((cause) => causeLines(recording, cause));
    page.items([head, ""], items, "more cause");
    page.more(found.length - items.length, "more cause");
  }
}

function changes(page: BoundedPage, since: ChangesSince): void {
  const head = `## ${plainText(truncate(changesHeadline(since), longest).replace(/^s/, "S"))}`;
  const listed = since.changes.slice(0, most);
  page.block("what changed", [head]);
  page.items(
    [],
    listed.map((change) => [changeLine(change)]),
    "more change",
  );
  page.more(since.total - listed.length, "more change");
  page.items(
    [],
    changesNotes(since).map((line) => [`- ${plainText(truncate(line, longest))}`]),
    "more remark",
  );
}

function render(recording: Recording, write: Write): void {
  const { header, footer } = recording;
  const counted = tallyVerdicts(recording);
  const page = createBoundedPage(write, limit);
  const remarks = runRemarks(recording, counted);
  const stands = runState(recording, counted.counts, remarks);
  page.block("the heading", [`# assay: ${plainText(truncate(header.target, longest))}, ${stands}`]);
  page.block("the counts", [`**${countsLine(recording, counted)}**`]);
  const told = (of: readonly RunRemark[], ...head: readonly string[]): void =>
    page.items(
      head,
      of.map((remark) => [`- ${plainText(truncate(remark.text, longest))}`]),
      "more remark",
    );
  told(remarks.filter(({ kind }) => kind !== "note"));
  if (footer?.since !== undefined) changes(page, footer.since);
  causes(page, recording, counted);
  const notes = limitNotes(remarks).filter(({ kind }) => kind === "note");
  told(notes, "## Notes on the run", "");
  const observations = mergeAcrossActions(counted.observations);
  const head = `## Observed: ${plural(observations.length, "open place")}`;
  page.items([head, ""], observations.slice(0, most).map(observedLines), "more open place");
  page.more(observations.length - most, "more open place");
  page.block("the table by action", actionTable(table(counted)));
  const reached = summarizeCoverage(recording);
  if (reached !== null) {
    const { codes, rules } = reached;
    const lines = [`- codes: ${plainText(coveredLine(codes))}`, `- rules: ${plainText(coveredLine(rules))}`];
    page.block("the coverage", ["## Coverage", "", ...lines]);
  }
  page.end("report.html or report.json", plainText(truncate(runIdentity(recording), 500)));
}

export const markdownReport: Report = { id: "markdown", file: "summary.md", limit, render };
