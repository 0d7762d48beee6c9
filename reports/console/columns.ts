/** Rows of cells → lines of even columns for a terminal, the first to the left. */

/** `right`: the other columns hold numbers. */
export function columns(rows: readonly (readonly string[])[], alignRight: boolean): string[] {
  const widths = (rows[0] ?? []).map((_, i) => rows.reduce((width, row) => Math.max(width, row[i]?.length ?? 0), 0));
  return rows.map((row) =>
    row
      .map((cell, i) => (alignRight && i > 0 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
