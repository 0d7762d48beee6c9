/** The log of an earlier run -> the outcome of each of its cases. */
import { readLogLines } from "../log/read-lines.ts";
import type { Footer, Header } from "../model/index.ts";
import { outcomeKey, outcomeOf, type VerdictOutcome } from "./outcome.ts";

export interface PreviousRun {
  readonly path: string;
  readonly header: Header;
  /** By id of the case. */
  readonly outcomes: ReadonlyMap<string, VerdictOutcome>;
  /** Why the log does not hold the complete run; empty where it does. */
  readonly remarks: readonly string[];
}

/** @throws an Error with file, line and remedy where there is no log to read. */
export function readPreviousRun(path: string): PreviousRun {
  const outcomes = new Map<string, VerdictOutcome>();
  // Many cases have equal outcomes: each distinct outcome is stored once.
  const distinct = new Map<string, VerdictOutcome>();
  let header: Header | undefined;
  let footer: Footer | undefined;
  for (const { line } of readLogLines(path)) {
    if (line.type === "header") header = line;
    else if (line.type === "footer") footer = line;
    else if (line.type === "verdict") {
      const outcome = outcomeOf(line);
      const key = outcomeKey(outcome);
      const stored = distinct.get(key) ?? outcome;
      distinct.set(key, stored);
      outcomes.set(line.id, stored);
    }
  }
  if (header === undefined) throw new Error(`${path}: no header`);
  const remarks: string[] = [];
  if (footer === undefined)
    remarks.push(`the earlier run broke off: its log ends after ${outcomes.size} verdicts without a footer`);
  else if (footer.interrupted) remarks.push("the earlier run was interrupted");
  return { path, header, outcomes, remarks };
}

/**
 * `nameOf`: what two runs of the same target have in common, by default its whole name.
 * @throws an Error with file, line and remedy where the earlier run judged another target.
 */
export function assertSameTarget(
  previous: PreviousRun,
  target: string,
  nameOf: (target: string) => string = (whole) => whole,
): void {
  const before = previous.header.target;
  if (nameOf(before) === nameOf(target)) return;
  const both = `that run judged the target ${JSON.stringify(before)}, this one judges ${JSON.stringify(target)}`;
  throw new Error(`${previous.path}:1: ${both}; give the log of a run of the same target`);
}
