/** Text of anybody's → Markdown in which it is nothing but text; and the table by action. */
import type { ActionTable } from "../summary/action-table.ts";
import { oneLine } from "../text/visible-text.ts";

/** Prose with all that Markdown or HTML would read as markup escaped. An address becomes a link. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>&|~#!$]/g, (char) =>
    char === "<" ? "&lt;" : char === "&" ? "&amp;" : `\\${char}`,
  );
}

/** Mentions, addresses of mail and numbers of issues, which a host seeks in the finished page: no escape keeps them from that. */
const AUTOLINKS = /(?<!\w)@\w|\w@[\w-]+\.\w|#\d|\bgh-\d/i;

/** Prose that nobody's text makes more of than text: not even a link. */
export function plainText(text: string): string {
  if (AUTOLINKS.test(text)) return inlineCode(text);
  return escapeMarkdown(text).replace(/:(?=\/\/)|(?<=www)\./gi, "\\$&");
}

/** The same in a cell of a table, where a bar ends even what is between backticks. */
export const tableCell = (text: string): string => plainText(text).replace(/(?<!\\)\|/g, "\\|");

/** Text between backticks, more of them than any run inside, so that nothing in it is markup. */
export function inlineCode(text: string): string {
  const visible = oneLine(text);
  const runs = visible.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + runs.reduce((longest, run) => Math.max(longest, run.length), 0));
  const padding = visible.startsWith("`") || visible.endsWith("`") || visible === "" ? " " : "";
  return `${fence}${padding}${visible}${padding}${fence}`;
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Under its heading. */
export function actionTable({ head, rows, foot }: Pick<ActionTable, "head" | "rows" | "foot">): string[] {
  return [
    "## By action",
    "",
    tableRow(head),
    tableRow(head.map((_, i) => (i === 0 ? ":--" : "--:"))),
    ...rows.map((cells) => tableRow(cells.map((text, i) => (i === 0 ? tableCell(text) : text)))),
    tableRow(foot.map((text) => (text === "" ? "" : `**${text}**`))),
  ];
}
