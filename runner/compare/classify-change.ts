/** What a case came to before and what it comes to now → what kind of change that is, if it is one. */
import type { ChangeKind, Status } from "../model/index.ts";
import { isJudged } from "../model/status.ts";
import type { VerdictOutcome } from "./outcome.ts";

const isLacking = (status: Status): boolean => status === "skipped" || status === "unimplemented";

/**
 * True where the target gave an answer both times. That it lacks an action is an answer too, unless it said so beforehand;
 * that it lacks it still is none.
 */
export function hasVerdictInBoth(was: Status, is: Status, excused: boolean): boolean {
  if (isJudged(is)) return isJudged(was) || was === "unimplemented";
  return isJudged(was) && is === "unimplemented" && !excused;
}

/** No verdict now, and that is not known from before. `was` is undefined for a case that the earlier run did not have. */
export function isNewlyUndecided(status: Status, excused: boolean, was: Status | undefined): boolean {
  if (status === "indeterminate") return was === undefined || isJudged(was);
  return isLacking(status) && !excused && (was === undefined || !isLacking(was));
}

/** Of two states that are not alike. Null where the difference is none of the target's, or may come of another seed. */
export function classifyChange(
  was: VerdictOutcome,
  is: VerdictOutcome,
  sameSeed: boolean,
): Exclude<ChangeKind, "added" | "removed"> | null {
  if (was.status === "unimplemented" || is.status === "unimplemented") return "other";
  const failedBefore = was.status === "failed" || was.status === "known";
  const same = was.must === is.must && was.should === is.should;
  // The same failure under another status is a change of the list, and not of the target.
  if (failedBefore && (is.status === "failed" || is.status === "known") && same) return null;
  if (is.status === "failed") {
    if (!failedBefore || is.mustDigests.some((digest) => !was.mustDigests.includes(digest))) return "worse";
    // Some of what was wrong no longer is. A warning more beside the same failure is neither better nor worse.
    return is.mustDigests.length < was.mustDigests.length ? "better" : "other";
  }
  if (failedBefore && is.status !== "known") return "better";
  // What the documents leave open a target may do by the value, and another seed makes another value.
  return same && was.status === is.status && is.status === "observed" && !sameSeed ? null : "other";
}
