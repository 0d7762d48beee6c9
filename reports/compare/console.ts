/** Comparison or matrix → lines for a terminal: the answer, what changed, the table by action. */
import picocolors from "picocolors";
import type { Comparison, Matrix } from "../../runner/model.ts";
import type { RenderOptions, Write } from "../report.ts";
import { place } from "../sentence.ts";
import { oneLine, plural } from "../text.ts";
import { columns } from "./columns.ts";
import type { CompareFormat } from "./format.ts";
import { type Group, groupsOf } from "./groups.ts";
import { rowsOf } from "./rows.ts";
import { agreement, answer, parted, sideLine, sideOf } from "./wording.ts";

type Colours = ReturnType<typeof picocolors.createColors>;

/** Groups that are listed; the others are counted. */
const most = 20;

function paint(colours: Colours, kind: Group["kind"]): (text: string) => string {
  if (kind === "worse" || kind === "new") return colours.red;
  return kind === "better" ? colours.green : colours.yellow;
}

const ofExit = (colours: Colours, exit: number): ((text: string) => string) =>
  exit === 1 ? colours.red : exit === 0 ? colours.green : colours.yellow;

function comparison(of: Comparison, write: Write, options: RenderOptions = {}): void {
  const colours = picocolors.createColors(options.colour === true);
  const print = (...lines: readonly string[]): void => {
    for (const line of lines) write(`${line}\n`);
  };
  print(colours.bold(ofExit(colours, of.exit)(answer(of))));
  print(colours.dim(sideLine("A", of.a)), colours.dim(sideLine("B", of.b)), "");
  const groups = groupsOf(of);
  for (const { kind, was, is, cases, examples, answer: parts } of groups.slice(0, most)) {
    print(`${paint(colours, kind)(kind)}: ${plural(cases, "case")}`);
    print(`  A ${sideOf(was)}`, `  B ${sideOf(is)}`);
    if (parts.length > 0) print(`  answers part at ${parted(parts)}`);
    for (const { id, source } of examples) print(`    ${oneLine(id)} ${colours.dim(`(${place(source)})`)}`);
    if (cases > examples.length) print(colours.dim(`    and ${cases - examples.length} more`));
  }
  if (groups.length > most) print(`and ${plural(groups.length - most, "more group")}; --format json names all`);
  const uncounted = of.total - of.changes.length;
  if (uncounted > 0) print(`and ${plural(uncounted, "more change")}, counted only`);
  if (groups.length > 0) print("");
  const { head, rows, foot } = rowsOf(of);
  const [first = "", ...lines] = columns([head, ...rows, foot], true);
  print(colours.bold(first), ...lines, "", agreement(of));
  print(...of.remarks.map((remark) => colours.yellow(oneLine(remark))));
}

function matrix(of: Matrix, write: Write, options: RenderOptions = {}): void {
  const colours = picocolors.createColors(options.colour === true);
  const head = ["action", ...of.columns.map(({ name }) => oneLine(name))];
  const rows = of.actions.map(({ name, cells }) => [oneLine(name), ...cells.map((cell) => cell?.word ?? "—")]);
  const [first = "", ...lines] = columns([head, ...rows], false);
  for (const line of [colours.bold(first), ...lines]) write(`${line}\n`);
  for (const { name, remarks } of of.columns)
    if (remarks.length > 0) write(`${oneLine(`${name}: ${remarks.join(", ")}`)}\n`);
}

export const consoleFormat: CompareFormat = { id: "console", file: null, comparison, matrix };
