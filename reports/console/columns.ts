/** Rows of cells → aligned lines for a terminal. The first column is aligned to the left. */

/** `alignRight`: for the other columns, which hold numbers. */
export function columns(rows: readonly (readonly string[])[], alignRight: boolean): string[] {
  const widths = (rows[0] ?? []).map((_, i) => rows.reduce((width, row) => Math.max(width, row[i]?.length ?? 0), 0));
  return rows.map((row) =>
    row
      .map((cell, i) => (alignRight && i > 0 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
