/** What came of evaluating one case. */
import type { BlockingCall, Case, Exchange, Finding, Status } from "../../model/index.ts";

export interface CaseResult {
  readonly status: Status;
  readonly reason: string;
  readonly actual: string;
  readonly findings: readonly Finding[];
  readonly exchanges: readonly Exchange[];
  /** Skipped or unimplemented as the target said beforehand. */
  readonly declaredByTarget: boolean;
  readonly blockedBy?: BlockingCall;
  /** Ledger entries of what the case itself has made. */
  readonly createdEntries?: readonly number[];
  /** The case that was judged, where the planned one only says how it is made. */
  readonly concreteCase?: Case;
}

/** A verdict without an answer. */
export const resultWithoutResponse = (status: Status, reason: string, declaredByTarget = false): CaseResult => ({
  status,
  reason,
  actual: "",
  findings: [],
  exchanges: [],
  declaredByTarget,
});
