/** Verdicts in the order in which they are decided -> the counts for the footer and the exit code. */
import type { Case, Counts, Target, Verdict } from "../model/index.ts";
import { zeroCounts } from "../model/status.ts";
import { serviceTargetOf } from "./send/endpoint.ts";

export interface RunCounts {
  readonly counts: Counts;
  /** Findings of level `should` on passed verdicts. */
  readonly warnings: number;
  /** Skipped and unimplemented cases that the target file declares under `unsupported`. */
  readonly declaredByTarget: number;
  add(verdict: Verdict, testCase: Case, isDeclaredByTarget: boolean): void;
  /** Actions without a passed case, where the level of at least one case allows a pass and `unsupported` does not name them. */
  actionsWithoutPass(target: Target): string[];
}

export function createRunCounts(): RunCounts {
  const counts = zeroCounts();
  /** By id of the action. `passable`: verdicts of a level other than `may`, which can only be observed. */
  const actions = new Map<string, { readonly name: string; passed: number; passable: number }>();
  let warnings = 0;
  let declaredByTarget = 0;
  return {
    counts,
    get warnings() {
      return warnings;
    },
    get declaredByTarget() {
      return declaredByTarget;
    },
    add(verdict, testCase, isDeclaredByTarget) {
      counts[verdict.status]++;
      if (verdict.status === "passed") warnings += verdict.findings.length;
      if (isDeclaredByTarget) declaredByTarget++;
      let row = actions.get(verdict.action);
      if (!row) {
        row = { name: testCase.action.name, passed: 0, passable: 0 };
        actions.set(verdict.action, row);
      }
      if (verdict.status === "passed") row.passed++;
      if (verdict.level !== "may") row.passable++;
    },
    actionsWithoutPass: (target) =>
      [...actions]
        .filter(([id, row]) => row.passable > 0 && row.passed === 0 && !isDeclaredUnsupported(target, id, row.name))
        .map(([id]) => id),
  };
}

/** True where the target file names the action under `unsupported`, by its name or its id. */
function isDeclaredUnsupported(target: Target, id: string, name: string): boolean {
  const unsupported = serviceTargetOf(target, id)?.unsupported.actions;
  return unsupported?.[name] !== undefined || unsupported?.[id] !== undefined;
}
