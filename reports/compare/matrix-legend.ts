/** Matrix → its rows as text, the meaning of its cells, and a line for each of its runs. */
import type { Matrix, MatrixColumn } from "../../runner/model/index.ts";

export const legend: readonly (readonly [word: string, meaning: string])[] = [
  ["conformant n/n", "a complete run, and all n cases are as documented"],
  [
    "no failure n/n",
    "all n cases are as documented, but the run left cases out: a selection, depth quick, read-only, or an incomplete run",
  ],
  ["n of m failed", "n cases contradict a document; with k undecided, k more have no verdict"],
  ["n of m known to fail", "only failures that a list of known failures accepts"],
  ["n of m undecided", "none failed, and n cases have no verdict: no response, throttled, or the control was refused"],
  ["n/m, the rest not judged", "n cases are as documented; the others need something that the target does not provide"],
  ["not judged", "every case needs something that the target does not provide"],
  ["not implemented", "the target responds that it does not implement the action"],
  ["observed", "the documents do not decide, so the outcome is only recorded"],
  ["unsound", "assay itself failed, so there is no result"],
  ["—", "the run has no such case"],
  ["n of m", "m does not count cases that were only observed"],
];

/** The heading row, one row for each action, then the total row. */
export function matrixTable({ columns, actions, all }: Matrix): string[][] {
  const rows = [...actions, all].map(({ name, cells }) => [name, ...cells.map((cell) => cell?.word ?? "—")]);
  return [["action", ...columns.map(({ name }) => name)], ...rows];
}

/** `cloud: run k3v9q2 of 2026-11-20, seed 1, depth quick, assay 1.0.0, read-only`. */
export function matrixRunLine({ name, run, started, seed, depth, assay, remarks }: MatrixColumn): string {
  const day = started.slice(0, "2026-11-20".length);
  return [`${name}: run ${run} of ${day}`, `seed ${seed}`, `depth ${depth}`, `assay ${assay}`, ...remarks].join(", ");
}
