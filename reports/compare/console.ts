/** Comparison or matrix → lines for a terminal: the result, the changes, the table by action. */
import picocolors from "picocolors";
import type { ChangeGroup, Comparison, Matrix } from "../../runner/model/index.ts";
import { columns } from "../console/columns.ts";
import type { RenderOptions, Write } from "../report.ts";
import { formatSource } from "../text/sentences.ts";
import { oneLine, plural } from "../text/visible-text.ts";
import { comparisonTable } from "./action-table.ts";
import type { CompareFormat } from "./format.ts";
import { comparisonHeadline } from "./headline.ts";
import { matrixRunLine, matrixTable } from "./matrix-legend.ts";
import {
  agreement,
  formatDifferences,
  formatSide,
  groupTitle,
  omittedLines,
  sideLine,
  warningNote,
} from "./phrases.ts";

type Colours = ReturnType<typeof picocolors.createColors>;

/** Groups of changes that are listed; the others are counted. */
const MAX_GROUPS = 20;

function paint(colours: Colours, { kind, fails, known }: ChangeGroup): (text: string) => string {
  if (fails && !known) return colours.red;
  return kind === "better" ? colours.green : colours.yellow;
}

const paintExit = (colours: Colours, exit: number): ((text: string) => string) =>
  exit === 1 ? colours.red : exit === 0 ? colours.green : colours.yellow;

function writeComparison(result: Comparison, write: Write, options: RenderOptions = {}): void {
  const colours = picocolors.createColors(options.colour === true);
  const print = (...lines: readonly string[]): void => {
    for (const line of lines) write(`${line}\n`);
  };
  print(colours.bold(paintExit(colours, result.exit)(comparisonHeadline(result))));
  print(colours.dim(sideLine("A", result.a)), colours.dim(sideLine("B", result.b)), "");
  for (const group of result.groups.slice(0, MAX_GROUPS)) {
    const { before, after, cases, examples, response: differences } = group;
    print(`${paint(colours, group)(groupTitle(group))}: ${plural(cases, "case")}`);
    print(`  A ${formatSide(before)}`, `  B ${formatSide(after)}`);
    if (group.casesWithWarning > 0) print(`  ${warningNote(group)}`);
    if (differences.length > 0) print(`  the responses differ at ${formatDifferences(differences)}`);
    for (const { id, source } of examples) print(`    ${oneLine(id)} ${colours.dim(`(${formatSource(source)})`)}`);
    if (cases > examples.length) print(colours.dim(`    and ${cases - examples.length} more`));
  }
  print(...omittedLines(result, MAX_GROUPS, "--format json has them"));
  if (result.groups.length > 0) print("");
  const { head, rows, foot } = comparisonTable(result);
  const [first = "", ...lines] = columns([head, ...rows, foot], true);
  print(colours.bold(first), ...lines, "", agreement(result));
  print(...result.remarks.map((remark) => colours.yellow(oneLine(remark))));
}

function writeMatrix(result: Matrix, write: Write, options: RenderOptions = {}): void {
  const colours = picocolors.createColors(options.colour === true);
  const [first = "", ...lines] = columns(
    matrixTable(result).map((cells) => cells.map(oneLine)),
    false,
  );
  for (const line of [colours.bold(first), ...lines, ""]) write(`${line}\n`);
  for (const column of result.columns) write(`${oneLine(matrixRunLine(column))}\n`);
}

export const consoleFormat: CompareFormat = {
  id: "console",
  file: null,
  comparison: writeComparison,
  matrix: writeMatrix,
};
