/** Comparison or matrix → Markdown, for a pull request or the page of a project. */
import type { Comparison, Matrix } from "../../runner/model/index.ts";
import { byAction, cell, cited, code, prose, row } from "../markdown/escape.ts";
import type { Write } from "../report.ts";
import { place } from "../text/sentences.ts";
import { plural } from "../text/visible-text.ts";
import { rowsOf } from "./action-table.ts";
import type { CompareFormat } from "./format.ts";
import { answer } from "./headline.ts";
import { legend, runLine, tableOf } from "./matrix-legend.ts";
import { agreement, leftOut, parted, sideLine, titleOf, turn, warned } from "./phrases.ts";

/** Groups that are listed; a job's page has a limit of its own. */
const most = 50;

function comparison(of: Comparison, write: Write): void {
  const paragraph = (...lines: readonly string[]): void => write(`${lines.join("\n")}\n\n`);
  paragraph(`# ${prose(answer(of))}`);
  paragraph(`- ${prose(sideLine("A", of.a))}`, `- ${prose(sideLine("B", of.b))}`);
  const { groups } = of;
  if (groups.length > 0) paragraph(`## What changed: ${plural(groups.length, "group")}`);
  for (const group of groups.slice(0, most)) {
    const lines = [`- **${titleOf(group)}, ${plural(group.cases, "case")}**: ${code(turn(group))}`];
    if (group.warned > 0) lines.push(`  - ${prose(warned(group))}`);
    if (group.answer.length > 0) lines.push(`  - the answers differ at ${code(parted(group.answer))}`);
    for (const { id, source } of group.examples) lines.push(`  - ${code(id)} (${cited(place(source))})`);
    if (group.cases > group.examples.length) lines.push(`  - and ${group.cases - group.examples.length} more`);
    paragraph(...lines);
  }
  for (const line of leftOut(of, most, "compare.json has them")) paragraph(line);
  paragraph(...byAction(rowsOf(of)));
  paragraph("## What agrees", "", prose(agreement(of)));
  if (of.remarks.length > 0) paragraph("## To know", "", ...of.remarks.map((remark) => `- ${prose(remark)}`));
}

function matrix(of: Matrix, write: Write): void {
  const [head = [], ...rows] = tableOf(of).map((cells) => cells.map(cell));
  const foot = rows.pop() ?? [];
  const lines = [head, head.map(() => ":--"), ...rows, foot.map((text) => `**${text}**`)].map(row);
  write(`${lines.join("\n")}\n\n`);
  for (const [word, means] of legend) write(`- *${prose(word)}*: ${prose(means)}\n`);
  write("\n");
  for (const column of of.columns) write(`- ${prose(runLine(column))}\n`);
}

export const markdownFormat: CompareFormat = { id: "markdown", file: "compare.md", comparison, matrix };
