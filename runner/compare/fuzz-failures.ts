/** Failed fuzz cases of two runs with different fuzz cases -> those that fail in a way in which no case of the earlier run failed. */
import { findingSignature } from "../check/finding-signature.ts";
import type { Verdict } from "../model/index.ts";

export interface FuzzFailures {
  /** A case of any family that failed in the earlier run. */
  addEarlier(verdict: Verdict): void;
  addCurrent(verdict: Verdict): void;
  /** In the order in which they were added. */
  newFailures(): readonly Verdict[];
}

/** Failures of each run that are kept, to limit memory; a run has a few fuzz cases for each action. */
const MAX_FAILURES = 10_000;

export function createFuzzFailures(): FuzzFailures {
  const earlierKeys = new Set<string>();
  const current: Verdict[] = [];
  return {
    addEarlier(verdict) {
      for (const key of failureKeys(verdict)) if (earlierKeys.size < MAX_FAILURES) earlierKeys.add(key);
    },
    addCurrent(verdict) {
      if (current.length < MAX_FAILURES) current.push({ ...verdict, exchanges: [] });
    },
    newFailures: () => current.filter((verdict) => failureKeys(verdict).some((key) => !earlierKeys.has(key))),
  };
}

/** Action, check, location and actual value of each failure. The expected value is omitted: it depends on the generated deviations. */
function failureKeys({ action, findings }: Verdict): string[] {
  return findings
    .filter(({ level }) => level === "must")
    .map((finding) => {
      const { check, location, actual } = findingSignature(finding);
      return JSON.stringify([action, check, location, actual]);
    });
}
