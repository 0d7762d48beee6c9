/** A matrix → its rows as text, what its words mean, and a line for each of its runs. */
import type { Matrix, MatrixColumn } from "../../runner/model/index.ts";

export const legend: readonly (readonly [word: string, means: string])[] = [
  ["conformant n/n", "a whole run, and each of so many cases is as the documents have it"],
  ["no failure n/n", "the same of a run that left cases out: another selection, depth quick, read-only, or cut short"],
  ["n of m failed", "so many contradict a document; where k are undecided besides, so many more have no verdict"],
  ["n of m known to fail", "none fails but what a list of known failures accepts"],
  ["n of m undecided", "none failed, and so many have no verdict: no answer, throttled, or the control was refused"],
  ["n/m, the rest not judged", "so many are as documented; the others need something that the target lacks"],
  ["not judged", "every case needs something that the target lacks"],
  ["lacks it", "the target says that it lacks the action"],
  ["observed", "the documents are silent, so nothing is right or wrong"],
  ["unsound", "assay itself failed, so nothing is said"],
  ["—", "no such case in that run"],
  ["n of m", "cases that were only observed are not counted"],
];

/** The head, a row an action, and last the row of all. */
export function matrixTable({ columns, actions, all }: Matrix): string[][] {
  const rows = [...actions, all].map(({ name, cells }) => [name, ...cells.map((cell) => cell?.word ?? "—")]);
  return [["action", ...columns.map(({ name }) => name)], ...rows];
}

/** `cloud: run k3v9q2 of 2026-11-20, seed 1, depth quick, assay 1.0.0, read-only`. */
export function matrixRunLine({ name, run, started, seed, depth, assay, remarks }: MatrixColumn): string {
  const day = started.slice(0, "2026-11-20".length);
  return [`${name}: run ${run} of ${day}`, `seed ${seed}`, `depth ${depth}`, `assay ${assay}`, ...remarks].join(", ");
}
