/** Recording → summary.md: failures first, for a pull request or a job's page. */
import type { Change, Recording, Since } from "../../runner/model/index.ts";
import { kinds, kindTitles } from "../kinds.ts";
import type { Report, Write } from "../report.ts";
import { table } from "../summary/action-table.ts";
import { besides, sinceLine, turn } from "../summary/changes.ts";
import { covered, coveredLine } from "../summary/coverage.ts";
import { countsLine, identity } from "../summary/headline.ts";
import { acrossActions, type ObservedRow } from "../summary/observations.ts";
import { ending, fewer, type Remark } from "../summary/run-remarks.ts";
import { standing } from "../summary/run-state.ts";
import { type Cause, causesNumber, type Tally, tally } from "../summary/tally.ts";
import { rerun } from "../text/sentences.ts";
import { clip, plural } from "../text/visible-text.ts";
import { byAction, cited, code, prose } from "./escape.ts";
import { bounded, type Page } from "./size-limit.ts";

/** Causes of one kind that are listed. */
const most = 50;
/** In bytes, whatever is listed: a step of a GitHub job shows 1 MiB, a comment of GitLab takes 1,000,000 characters. */
const limit = 900_000;

/** Longest text of one kind in a cause, in UTF-16 units; and findings that are told of it. */
const longest = 2000;
const mostFindings = 5;

function says(sentences: readonly string[]): string {
  const told = sentences.slice(0, mostFindings).map((sentence) => code(clip(sentence, longest)));
  if (sentences.length > mostFindings) told.push(plural(sentences.length - mostFindings, "more finding"));
  return told.join(" and ");
}

function causeLines(recording: Recording, cause: Cause): string[] {
  const where = cause.actions > 1 ? ` in ${plural(cause.actions, "action")}` : "";
  const [first] = cause.examples;
  const lines = [`- **${plural(cause.cases, "case")}${where}**: ${says(first?.says ?? [])}`];
  for (const { id, title, place } of cause.examples) {
    lines.push(`  - ${code(id)}: ${prose(clip(title, longest))} (${cited(clip(place, longest))})`);
  }
  if (cause.cases > cause.examples.length) lines.push(`  - and ${cause.cases - cause.examples.length} more`);
  if (cause.status === "failed" && first !== undefined)
    lines.push(`  - rerun: ${code(rerun(recording.header, first.id))}`);
  return lines;
}

/** What the target did with values over which the documents disagree, or of which they do not speak. */
function observedLines({ at, why, seen, example, actions }: ObservedRow): string[] {
  const did = Object.entries(seen).map(([word, cases]) => `${cases} ${code(word)}`);
  const open = why === "" ? "" : `: ${prose(clip(why, longest))}`;
  const place = actions > 1 ? `${code(at.split("/").slice(3).join("/"))} in ${plural(actions, "action")}` : code(at);
  return [`- ${place}${open}`, `  - ${did.join(", ")}, e.g. ${code(example)}`];
}

function changeLine(change: Change): string {
  return `- **${change.kind}**: ${code(change.id)}: ${code(turn(change))}`;
}

function causes(page: Page, recording: Recording, counted: Tally): void {
  for (const kind of kinds) {
    const found = counted.causes.filter((cause) => cause.status === kind);
    if (found.length === 0) continue;
    const cases = found.reduce((total, cause) => total + cause.cases, 0);
    const head = `## ${kindTitles[kind]}: ${causesNumber(found)}, ${plural(cases, "case")}`;
    const items = found.slice(0, most).map((cause) => causeLines(recording, cause));
    page.items([head, ""], items, "more cause");
    page.more(found.length - items.length, "more cause");
  }
}

function changes(page: Page, since: Since): void {
  const head = `## ${prose(clip(sinceLine(since), longest).replace(/^s/, "S"))}`;
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
    besides(since).map((line) => [`- ${prose(clip(line, longest))}`]),
    "more remark",
  );
}

function render(recording: Recording, write: Write): void {
  const { header, footer } = recording;
  const counted = tally(recording);
  const page = bounded(write, limit);
  const remarks = ending(recording, counted);
  const stands = standing(recording, counted.counts, remarks);
  page.block("the heading", [`# assay: ${prose(clip(header.target, longest))}, ${stands}`]);
  page.block("the counts", [`**${countsLine(recording, counted)}**`]);
  const told = (of: readonly Remark[], ...head: readonly string[]): void =>
    page.items(
      head,
      of.map((remark) => [`- ${prose(clip(remark.text, longest))}`]),
      "more remark",
    );
  told(remarks.filter(({ kind }) => kind !== "note"));
  if (footer?.since !== undefined) changes(page, footer.since);
  causes(page, recording, counted);
  const notes = fewer(remarks).filter(({ kind }) => kind === "note");
  told(notes, "## Notes on the run", "");
  const observations = acrossActions(counted.observations);
  const head = `## Observed: ${plural(observations.length, "open place")}`;
  page.items([head, ""], observations.slice(0, most).map(observedLines), "more open place");
  page.more(observations.length - most, "more open place");
  page.block("the table by action", byAction(table(counted)));
  const reached = covered(recording);
  if (reached !== null) {
    const { codes, rules } = reached;
    const lines = [`- codes: ${prose(coveredLine(codes))}`, `- rules: ${prose(coveredLine(rules))}`];
    page.block("the coverage", ["## Coverage", "", ...lines]);
  }
  page.end("report.html or report.json", prose(clip(identity(recording), 500)));
}

export const markdownReport: Report = { id: "markdown", file: "summary.md", limit, render };
