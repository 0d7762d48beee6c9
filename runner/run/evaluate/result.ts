/** The result of evaluating one case. */
import type { BlockingCall, Case, ErrorCause, Exchange, Finding, Status } from "../../model/index.ts";

export interface CaseResult {
  readonly status: Status;
  /** Why the status is not `passed` or `failed`, as a sentence; empty where it needs no explanation. */
  readonly reason: string;
  /** `success`, a code, `unreadable`, or why there is no response; empty where no call was judged. */
  readonly actual: string;
  readonly findings: readonly Finding[];
  readonly exchanges: readonly Exchange[];
  /** True for a skipped or unimplemented case that the target file declares under `unsupported`. */
  readonly declaredByTarget: boolean;
  readonly blockedBy?: BlockingCall;
  /** True where a temporary problem of the target explains that there is no verdict, such as an internal fault in the set-up. */
  readonly mayPass?: boolean;
  /** As `JudgeResult.excusedBy`. */
  readonly excusedBy?: ErrorCause;
  /** True where the target accepted no connection after it had closed that of a call of the case. */
  readonly died?: true;
  /** True where the target may have evaluated the request in another second than the one for which it was signed. */
  readonly crossedSecond?: boolean;
  /** Ledger entries of the resources that the judged call created. */
  readonly createdEntries?: readonly number[];
  /** The case that was judged, where the planned one only describes how it is generated (`fuzz`). */
  readonly concreteCase?: Case;
}

/** A result without a judged response. */
export const resultWithoutResponse = (status: Status, reason: string, declaredByTarget = false): CaseResult => ({
  status,
  reason,
  actual: "",
  findings: [],
  exchanges: [],
  declaredByTarget,
});
