/** Text of anybody's → Markdown in which it is nothing but text; and the table by action. */
import type { Table } from "./table.ts";
import { oneLine } from "./text.ts";

/** Prose with all that Markdown or HTML would read as markup escaped. */
export function prose(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>&|~#!]/g, (char) =>
    char === "<" ? "&lt;" : char === "&" ? "&amp;" : `\\${char}`,
  );
}

/** Text between backticks, more of them than any run inside, so that nothing in it is markup. */
export function code(text: string): string {
  const line = oneLine(text);
  const runs = line.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + runs.reduce((longest, run) => Math.max(longest, run.length), 0));
  const pad = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Under its heading. */
export function byAction({ head, rows, foot }: Pick<Table, "head" | "rows" | "foot">): string[] {
  return [
    "## By action",
    "",
    row(head),
    row(head.map((_, i) => (i === 0 ? ":--" : "--:"))),
    ...rows.map((cells) => row(cells.map((cell, i) => (i === 0 ? prose(cell) : cell)))),
    row(foot.map((cell) => (cell === "" ? "" : `**${cell}**`))),
  ];
}
