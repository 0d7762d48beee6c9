/** Untrusted text → Markdown without markup of its own; and the table by action. */
import type { ActionTable } from "../summary/action-table.ts";
import { oneLine } from "../text/visible-text.ts";

/** Prose with each character escaped that Markdown or HTML reads as markup. A URL becomes a link. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>&|~#!$]/g, (char) =>
    char === "<" ? "&lt;" : char === "&" ? "&amp;" : `\\${char}`,
  );
}

/** Mentions, e-mail addresses and issue numbers. A host links them in the rendered page, and no Markdown escape prevents that. */
const AUTOLINKS = /(?<!\w)@\w|\w@[\w-]+\.\w|#\d|\bgh-\d/i;

/** Prose without any link: text with an autolink becomes inline code, and URLs are broken up. */
export function plainText(text: string): string {
  if (AUTOLINKS.test(text)) return inlineCode(text);
  return escapeMarkdown(text).replace(/:(?=\/\/)|(?<=www)\./gi, "\\$&");
}

/** `plainText` for a table cell, where `|` ends the cell even between backticks. */
export const tableCell = (text: string): string => plainText(text).replace(/(?<!\\)\|/g, "\\|");

/** Inline code: text between more backticks than the longest run of them inside, so that nothing in it is markup. */
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

/** Heading and table. */
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
