/** Comparison or matrix → Markdown, for a pull request or the page of a project. */
import type { Comparison, Matrix } from "../../runner/model.ts";
import { code, prose, row } from "../markdown.ts";
import type { Write } from "../report.ts";
import { place } from "../sentence.ts";
import { plural } from "../text.ts";
import type { CompareFormat } from "./format.ts";
import { groupsOf } from "./groups.ts";
import { rowsOf } from "./rows.ts";
import { agreement, answer, parted, sideLine, turn } from "./wording.ts";

/** Groups that are listed; a job's page has a limit of its own. */
const most = 50;

function comparison(of: Comparison, write: Write): void {
  const paragraph = (...lines: readonly string[]): void => write(`${lines.join("\n")}\n\n`);
  paragraph(`# ${prose(answer(of))}`);
  paragraph(`- ${prose(sideLine("A", of.a))}`, `- ${prose(sideLine("B", of.b))}`);
  const groups = groupsOf(of);
  if (groups.length > 0) paragraph(`## What changed: ${plural(groups.length, "group")}`);
  for (const group of groups.slice(0, most)) {
    const lines = [`- **${group.kind}, ${plural(group.cases, "case")}**: ${code(turn(group))}`];
    if (group.answer.length > 0) lines.push(`  - answers part at ${code(parted(group.answer))}`);
    for (const { id, source } of group.examples) lines.push(`  - ${code(id)} (${prose(place(source))})`);
    if (group.cases > group.examples.length) lines.push(`  - and ${group.cases - group.examples.length} more`);
    paragraph(...lines);
  }
  if (groups.length > most) paragraph(`${plural(groups.length - most, "more group")} in compare.json.`);
  if (of.total > of.changes.length)
    paragraph(`${plural(of.total - of.changes.length, "more change")}, which are counted only.`);
  const { head, rows, foot } = rowsOf(of);
  paragraph(
    "## By action",
    "",
    row(head),
    row(head.map((_, i) => (i === 0 ? ":--" : "--:"))),
    ...rows.map((cells) => row(cells.map((cell, i) => (i === 0 ? prose(cell) : cell)))),
    row(foot.map((cell) => (cell === "" ? "" : `**${cell}**`))),
  );
  paragraph("## What agrees", "", prose(agreement(of)));
  if (of.remarks.length > 0) paragraph("## To know", "", ...of.remarks.map((remark) => `- ${prose(remark)}`));
}

function matrix(of: Matrix, write: Write): void {
  const line = (name: string, cells: readonly string[]): void => write(`${row([prose(name), ...cells])}\n`);
  line(
    "action",
    of.columns.map(({ name }) => prose(name)),
  );
  write(`${row([":--", ...of.columns.map(() => ":--")])}\n`);
  for (const { name, cells } of of.actions)
    line(
      name,
      cells.map((cell) => prose(cell?.word ?? "—")),
    );
  write("\n");
  for (const { name, started, run, seed, assay, remarks } of of.columns) {
    const told = [`${started.slice(0, "2026-11-20".length)}, run ${run}, seed ${seed}, assay ${assay}`, ...remarks];
    write(`- ${prose(`${name}: ${told.join(", ")}`)}\n`);
  }
}

export const markdownFormat: CompareFormat = { id: "markdown", file: "compare.md", comparison, matrix };
