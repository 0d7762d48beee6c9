/** Verdicts as they come → the counts that the footer and the exit code rest on. */
import type { Case, Counts, Target, Verdict } from "../model/index.ts";
import { zeroCounts } from "../model/status.ts";
import { serviceTargetOf } from "./send/endpoint.ts";

export interface RunCounts {
  readonly counts: Counts;
  /** Findings of level `should` on passed verdicts. */
  readonly warnings: number;
  /** Skipped and unimplemented cases that stand under the target's `lacks`. */
  readonly excused: number;
  add(verdict: Verdict, c: Case, excused: boolean): void;
  /** Actions of which not one case passed, although some could have and the target does not lack them. */
  actionsWithoutPass(target: Target): string[];
}

export function createRunCounts(): RunCounts {
  const counts = zeroCounts();
  const actions = new Map<string, { readonly name: string; passed: number; could: number }>();
  let warnings = 0;
  let excused = 0;
  return {
    counts,
    get warnings() {
      return warnings;
    },
    get excused() {
      return excused;
    },
    add(verdict, c, isExcused) {
      counts[verdict.status]++;
      if (verdict.status === "passed") warnings += verdict.findings.length;
      if (isExcused) excused++;
      let row = actions.get(verdict.action);
      if (!row) {
        row = { name: c.action.name, passed: 0, could: 0 };
        actions.set(verdict.action, row);
      }
      if (verdict.status === "passed") row.passed++;
      if (verdict.level !== "may") row.could++;
    },
    actionsWithoutPass: (target) =>
      [...actions]
        .filter(([id, row]) => row.could > 0 && row.passed === 0 && !isDeclaredUnsupported(target, id, row.name))
        .map(([id]) => id),
  };
}

/** True where the target said beforehand that it lacks the action, by its name or its id. */
function isDeclaredUnsupported(target: Target, id: string, name: string): boolean {
  const lacks = serviceTargetOf(target, id)?.unsupported.actions;
  return lacks?.[name] !== undefined || lacks?.[id] !== undefined;
}
