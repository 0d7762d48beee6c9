/** Comparison or matrix → Markdown, for a pull request or a project page. */
import type { Comparison, Matrix } from "../../runner/model/index.ts";
import { actionTable, escapeMarkdown, inlineCode, plainText, tableCell, tableRow } from "../markdown/escape.ts";
import type { Write } from "../report.ts";
import { formatSource } from "../text/sentences.ts";
import { plural } from "../text/visible-text.ts";
import { comparisonTable } from "./action-table.ts";
import type { CompareFormat } from "./format.ts";
import { comparisonHeadline } from "./headline.ts";
import { legend, matrixRunLine, matrixTable } from "./matrix-legend.ts";
import {
  agreement,
  formatBeforeAfter,
  formatDifferences,
  groupTitle,
  omittedLines,
  sideLine,
  warningNote,
} from "./phrases.ts";

/** Groups of changes that are listed: the page of a CI job has a size limit. */
const MAX_GROUPS = 50;

function writeComparison(result: Comparison, write: Write): void {
  const paragraph = (...lines: readonly string[]): void => write(`${lines.join("\n")}\n\n`);
  paragraph(`# ${plainText(comparisonHeadline(result))}`);
  paragraph(`- ${plainText(sideLine("A", result.a))}`, `- ${plainText(sideLine("B", result.b))}`);
  const { groups } = result;
  if (groups.length > 0) paragraph(`## Changes: ${plural(groups.length, "group")}`);
  for (const group of groups.slice(0, MAX_GROUPS)) {
    const lines = [
      `- **${groupTitle(group)}, ${plural(group.cases, "case")}**: ${inlineCode(formatBeforeAfter(group))}`,
    ];
    if (group.casesWithWarning > 0) lines.push(`  - ${plainText(warningNote(group))}`);
    if (group.response.length > 0)
      lines.push(`  - the responses differ at ${inlineCode(formatDifferences(group.response))}`);
    for (const { id, source } of group.examples)
      lines.push(`  - ${inlineCode(id)} (${escapeMarkdown(formatSource(source))})`);
    if (group.cases > group.examples.length) lines.push(`  - and ${group.cases - group.examples.length} more`);
    paragraph(...lines);
  }
  for (const line of omittedLines(result, MAX_GROUPS, "compare.json has them")) paragraph(line);
  paragraph(...actionTable(comparisonTable(result)));
  paragraph("## Agreement", "", plainText(agreement(result)));
  if (result.remarks.length > 0)
    paragraph("## Remarks", "", ...result.remarks.map((remark) => `- ${plainText(remark)}`));
}

function writeMatrix(result: Matrix, write: Write): void {
  const [head = [], ...rows] = matrixTable(result).map((cells) => cells.map(tableCell));
  const foot = rows.pop() ?? [];
  const lines = [head, head.map(() => ":--"), ...rows, foot.map((text) => `**${text}**`)].map(tableRow);
  write(`${lines.join("\n")}\n\n`);
  for (const [word, meaning] of legend) write(`- *${plainText(word)}*: ${plainText(meaning)}\n`);
  write("\n");
  for (const column of result.columns) write(`- ${plainText(matrixRunLine(column))}\n`);
}

export const markdownFormat: CompareFormat = {
  id: "markdown",
  file: "compare.md",
  comparison: writeComparison,
  matrix: writeMatrix,
};
