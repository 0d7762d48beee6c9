/** The outcomes of a case in two runs -> whether they can be compared, and which kind of change they are. */
import type { ChangeKind, Status } from "../model/index.ts";
import { isJudged } from "../model/status.ts";
import type { VerdictOutcome } from "./outcome.ts";

/**
 * True where the target decided the case in both runs. That it does not implement an action is a decision, too, if this
 * differs between the runs and the target file does not declare it.
 */
export function hasVerdictInBoth(before: Status, after: Status, declaredByTarget: boolean): boolean {
  if (isJudged(after)) return isJudged(before) || before === "unimplemented";
  return isJudged(before) && after === "unimplemented" && !declaredByTarget;
}

/** True for a case without a verdict that is new, had a verdict before, or had none for another reason. `before` is undefined for a new case. */
export function isNewlyUndecided(after: Status, declaredByTarget: boolean, before: Status | undefined): boolean {
  if (after === "indeterminate") return before === undefined || isJudged(before);
  return isUnsupported(after) && !declaredByTarget && (before === undefined || !isUnsupported(before));
}

const isUnsupported = (status: Status): boolean => status === "skipped" || status === "unimplemented";

/** Of two different outcomes. Null where the difference is not due to the target, or may be due to another seed. */
export function classifyChange(
  before: VerdictOutcome,
  after: VerdictOutcome,
  sameSeed: boolean,
): Exclude<ChangeKind, "added" | "removed"> | null {
  if (before.status === "unimplemented" || after.status === "unimplemented") return "other";
  const failedBefore = before.status === "failed" || before.status === "known";
  const sameFindings = before.must === after.must && before.should === after.should;
  // The same failure with status `failed` and `known`: the list of known failures changed, not the target.
  if (failedBefore && (after.status === "failed" || after.status === "known") && sameFindings) return null;
  if (after.status === "failed") {
    if (!failedBefore || after.mustDigests.some((digest) => !before.mustDigests.includes(digest))) return "worse";
    // Fewer failures are better. The same failures with other warnings are neither better nor worse.
    return after.mustDigests.length < before.mustDigests.length ? "better" : "other";
  }
  if (failedBefore && after.status !== "known") return "better";
  // The response to an undocumented value may depend on the value, and another seed generates another value.
  return sameFindings && before.status === after.status && after.status === "observed" && !sameSeed ? null : "other";
}
