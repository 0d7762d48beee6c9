/** Comparison or matrix → JSON, for programs: one change or action on each line. */
import type { Comparison, Matrix } from "../../runner/model/index.ts";
import type { Write } from "../report.ts";
import { json } from "../text/visible-text.ts";
import type { CompareFormat } from "./format.ts";

/** Writes the members of `head`, then the lists. Values stay as they were recorded; hidden characters are JSON escapes. */
function writeDocument(head: object, lists: Readonly<Record<string, readonly unknown[]>>, write: Write): void {
  const start = json(head, 2).slice(0, -1).trimEnd();
  write(start);
  let separator = start === "{" ? "" : ",";
  for (const [name, rows] of Object.entries(lists)) {
    write(`${separator}\n  ${json(name)}: [`);
    rows.forEach((row, i) => {
      write(`${i === 0 ? "" : ","}\n    ${json(row)}`);
    });
    write(rows.length === 0 ? "]" : "\n  ]");
    separator = ",";
  }
  write("\n}\n");
}

const writeComparison = (
  { groups, changes, undecidedCases, actions, remarks, ...head }: Comparison,
  write: Write,
): void => writeDocument(head, { groups, changes, undecidedCases, actions, remarks }, write);

const writeMatrix = ({ columns, actions, all }: Matrix, write: Write): void =>
  writeDocument({ all }, { columns, actions }, write);

export const jsonFormat: CompareFormat = {
  id: "json",
  file: "compare.json",
  comparison: writeComparison,
  matrix: writeMatrix,
};
