/** Cases as they are taken from the plan and judged → the coverage of each action, in plan order, as soon as all of its cases are judged. */
import { createCoverageCounter } from "../cases/coverage-counter.ts";
import type { Action, Case, Coverage, Verdict } from "../model/index.ts";

export interface CoverageStream {
  /** Called for each case when it is taken from the plan. */
  take(c: Case): void;
  add(c: Case, verdict: Verdict): void;
  /** Writes what is left. */
  end(): void;
}

/** An action whose cases are taken or judged. The plan has the cases of one action together. */
interface OpenAction {
  readonly action: Action;
  /** Cases that are taken and not yet judged. */
  pending: number;
}

export function createCoverageStream(write: (line: Coverage) => void): CoverageStream {
  const counter = createCoverageCounter();
  const open: OpenAction[] = [];
  return {
    take({ action }) {
      const last = open.at(-1);
      if (last?.action === action) last.pending++;
      else open.push({ action, pending: 1 });
    },
    add(c, verdict) {
      counter.add(c, verdict);
      const judged = open.find(({ action }) => action === c.action);
      if (judged) judged.pending--;
      // The last action may have more cases.
      while (open.length > 1 && open[0]?.pending === 0) write(counter.remove((open.shift() as OpenAction).action));
    },
    end() {
      for (const line of counter.lines()) write(line);
    },
  };
}
