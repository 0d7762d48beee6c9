/** The results of cases whose connection was closed -> the requests of which the target may have died. */
import type { CaseResult } from "./evaluate/result.ts";

export interface Deaths {
  /** Evaluates whether the target died of the request of a case. */
  watch(id: string, evaluation: Promise<CaseResult>): Promise<CaseResult>;
  /** The target responds, so it is no longer, or not, dead. */
  recordResponse(): void;
  /** A result without a response, with the cases of which the target may have died in its reason. */
  explain(result: CaseResult): Promise<CaseResult>;
  /** The end of a reason: of which cases the target died; empty where it is alive. */
  since(): string;
  /** That the target dies of this case is a known failure. */
  accept(id: string): void;
  /** Ids of the cases whose calls were judged; of those whose set-up ended the target only where there is no other. */
  ids(): readonly string[];
}

/** Ids in a reason: there are as many as cases that are evaluated at the same time. */
const MAX_NAMED_IDS = 8;

export function createDeaths(): Deaths {
  const judged = new Set<string>();
  const others = new Set<string>();
  const evaluations = new Set<Promise<CaseResult>>();
  let isDead = false;
  const ids = () => [...(judged.size > 0 ? judged : others)];
  const since = () =>
    isDead ? `; the target accepts no connection since ${ids().slice(0, MAX_NAMED_IDS).join(" or ")}` : "";
  return {
    async watch(id, evaluation) {
      evaluations.add(evaluation);
      try {
        const result = await evaluation;
        if (result.died) {
          isDead = true;
          (result.status === "failed" ? judged : others).add(id);
        }
        return result;
      } finally {
        evaluations.delete(evaluation);
      }
    },
    recordResponse: () => {
      isDead = false;
    },
    async explain(result) {
      const response = result.exchanges.at(-1)?.response;
      if (result.status !== "indeterminate" || result.died || !response || !("reason" in response)) return result;
      // The connection may have been refused sooner than the death was noticed.
      await Promise.allSettled(evaluations);
      return isDead ? { ...result, reason: result.reason + since() } : result;
    },
    since,
    accept: (id) => void judged.delete(id),
    ids,
  };
}
