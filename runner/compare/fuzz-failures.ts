/** Mixes of fuzz that fail in a run with other mixes → those whose failure the earlier run did not have. */
import { findingSignature } from "../check/finding-signature.ts";
import type { Verdict } from "../model/index.ts";

export interface FuzzFailures {
  /** A case that failed in the earlier run, of whatever family. */
  addEarlier(verdict: Verdict): void;
  addCurrent(verdict: Verdict): void;
  /** In the order in which they came. */
  newFailures(): readonly Verdict[];
}

/** A target may fail each of them in a way of its own; a run has a few for each action. */
const most = 10_000;

export function createFuzzFailures(): FuzzFailures {
  const known = new Set<string>();
  const held: Verdict[] = [];
  return {
    addEarlier(verdict) {
      for (const key of keysOf(verdict)) if (known.size < most) known.add(key);
    },
    addCurrent(verdict) {
      if (held.length < most) held.push({ ...verdict, exchanges: [] });
    },
    newFailures: () => held.filter((verdict) => keysOf(verdict).some((key) => !known.has(key))),
  };
}

/** What was found, where and in which action; what was expected depends on the mix. */
function keysOf({ action, findings }: Verdict): string[] {
  return findings
    .filter(({ level }) => level === "must")
    .map((finding) => {
      const { check, location, actual } = findingSignature(finding);
      return JSON.stringify([action, check, location, actual]);
    });
}
