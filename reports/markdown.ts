/** Recording → summary.md: failures first, for a pull request or a job's page. */
import type { Change, Counts, Recording } from "../runner/model.ts";
import { covered, coveredLine } from "./covered.ts";
import { ending, type Remark } from "./ending.ts";
import { acrossActions, type ObservedRow } from "./observed.ts";
import type { Report, Write } from "./report.ts";
import { rerun } from "./sentence.ts";
import type { Kind } from "./signature.ts";
import { besides, sinceLine, turn } from "./since.ts";
import { countsLine, identity } from "./summary.ts";
import { table } from "./table.ts";
import { type Cause, kinds, tally } from "./tally.ts";
import { oneLine, plural } from "./text.ts";

/** Causes of one kind that are listed; a job's page has a limit of its own. */
const most = 50;

const titles: Readonly<Record<Kind, string>> = {
  failed: "Failures",
  errored: "Errors of assay itself",
  indeterminate: "Indeterminate",
  unimplemented: "Unimplemented",
  skipped: "Skipped",
  known: "Known failures",
  warning: "Warnings",
};

/** Prose with all that Markdown or HTML would read as markup escaped. */
function prose(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>&|~#!]/g, (char) =>
    char === "<" ? "&lt;" : char === "&" ? "&amp;" : `\\${char}`,
  );
}

/** Text between backticks, more of them than any run inside, so that nothing in it is markup. */
function code(text: string): string {
  const line = oneLine(text);
  const runs = line.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + runs.reduce((longest, run) => Math.max(longest, run.length), 0));
  const pad = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

function causeLines(recording: Recording, cause: Cause): string[] {
  const where = cause.actions > 1 ? ` in ${plural(cause.actions, "action")}` : "";
  const [first] = cause.examples;
  const lines = [`- **${plural(cause.cases, "case")}${where}**: ${(first?.says ?? []).map(code).join(" and ")}`];
  for (const example of cause.examples) {
    lines.push(`  - ${code(example.id)}: ${prose(example.title)} (${prose(example.place)})`);
  }
  if (cause.cases > cause.examples.length) lines.push(`  - and ${cause.cases - cause.examples.length} more`);
  if (cause.status === "failed" && first !== undefined)
    lines.push(`  - rerun: ${code(rerun(recording.header, first.id))}`);
  return lines;
}

/** What the target did with values over which the documents disagree, or of which they do not speak. */
function observedLines({ at, why, seen, example, actions }: ObservedRow): string[] {
  const did = Object.entries(seen).map(([word, cases]) => `${cases} ${code(word)}`);
  const open = why === "" ? "" : `: ${prose(why)}`;
  const place = actions > 1 ? `${code(at.split("/").slice(3).join("/"))} in ${plural(actions, "action")}` : code(at);
  return [`- ${place}${open}`, `  - ${did.join(", ")}, e.g. ${code(example)}`];
}

function changeLine(change: Change): string {
  return `- **${change.kind}**: ${code(change.id)}: ${code(turn(change))}`;
}

/** How the run stands, the worst that holds. Known failures, skipped and unimplemented cases are told below it. */
function standing(counts: Counts, remarks: readonly Remark[]): string {
  if (counts.errored > 0 || remarks.some((remark) => remark.kind === "error")) return "unsound";
  if (counts.failed > 0) return "not conformant";
  if (remarks.some((remark) => remark.kind === "failure")) return "known failures are stale";
  if (counts.indeterminate > 0) return "undecided";
  return counts.passed + counts.observed + counts.known > 0 ? "no failure" : "nothing judged";
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function render(recording: Recording, write: Write): void {
  const counted = tally(recording);
  const paragraph = (...lines: readonly string[]): void => write(`${lines.join("\n")}\n\n`);
  const remarks = ending(recording, counted);
  paragraph(`# assay: ${prose(recording.header.target)}, ${standing(counted.counts, remarks)}`);
  paragraph(`**${countsLine(recording, counted)}**`);
  if (remarks.length > 0) paragraph(...remarks.map((remark) => `- ${prose(remark.text)}`));
  const since = recording.footer?.since;
  if (since !== undefined) {
    paragraph(`## ${prose(sinceLine(since).replace(/^s/, "S"))}`);
    if (since.total > 0) paragraph(...since.changes.slice(0, most).map(changeLine));
    if (since.total > most) paragraph(`${plural(since.total - most, "more change")} in report.json.`);
    paragraph(...besides(since).map((line) => `- ${prose(line)}`));
  }
  for (const kind of kinds) {
    const causes = counted.causes.filter((cause) => cause.status === kind);
    if (causes.length === 0) continue;
    const cases = causes.reduce((total, cause) => total + cause.cases, 0);
    paragraph(`## ${titles[kind]}: ${plural(causes.length, "cause")}, ${plural(cases, "case")}`);
    paragraph(...causes.slice(0, most).flatMap((cause) => causeLines(recording, cause)));
    if (causes.length > most) paragraph(`${plural(causes.length - most, "more cause")} in report.json.`);
  }
  const observations = acrossActions(counted.observations);
  if (observations.length > 0) {
    paragraph(`## Observed: ${plural(observations.length, "open place")}`);
    paragraph(...observations.slice(0, most).flatMap(observedLines));
    if (observations.length > most) paragraph(`${plural(observations.length - most, "more place")} in report.json.`);
  }
  const { head, rows, foot } = table(counted);
  paragraph(
    "## By action",
    "",
    row(head),
    row(head.map((_, i) => (i === 0 ? ":--" : "--:"))),
    ...rows.map((cells) => row(cells.map((cell, i) => (i === 0 ? prose(cell) : cell)))),
    row(foot.map((cell) => (cell === "" ? "" : `**${cell}**`))),
  );
  const reached = covered(recording);
  if (reached !== null) {
    const { codes, rules } = reached;
    paragraph("## Coverage", "", `- codes: ${coveredLine(codes)}`, `- rules: ${coveredLine(rules)}`);
  }
  write(`${prose(identity(recording))}\n`);
}

export const markdownReport: Report = { id: "markdown", file: "summary.md", render };
