/** What judging one case needs, and what it comes to. */
import type { Check } from "../../check/check.ts";
import type { RequestIdHistory } from "../../check/request-id-history.ts";
import type { Blocked, Case, Exchange, Finding, ServiceTarget, Status } from "../../model/index.ts";
import type { ResourcePool } from "../../resources/pool.ts";
import type { Postcondition } from "../postconditions/postcondition.ts";
import type { SendContext } from "../send/send.ts";
import type { ControlCache } from "./controls.ts";

export interface EvaluationContext {
  readonly sending: SendContext;
  readonly to: ServiceTarget;
  readonly leases: ResourcePool;
  readonly controls: ControlCache;
  readonly ids: RequestIdHistory;
  readonly checks: readonly Check[];
  readonly proofs: readonly Postcondition[];
  /** The run's id, which stands in all that it names. */
  readonly run: string;
  readonly seed: number;
  readonly token: () => string;
}

export interface CaseResult {
  readonly status: Status;
  readonly reason: string;
  readonly seen: string;
  readonly findings: readonly Finding[];
  readonly exchanges: readonly Exchange[];
  /** Skipped or unimplemented as the target said beforehand. */
  readonly declaredByTarget: boolean;
  readonly blocked?: Blocked;
  /** Ledger entries of what the case itself has made. */
  readonly createdEntries?: readonly number[];
  /** The case that was judged, where the planned one only says how it is made. */
  readonly concreteCase?: Case;
}

/** A verdict without an answer. */
export const resultWithoutResponse = (status: Status, reason: string, declaredByTarget = false): CaseResult => ({
  status,
  reason,
  seen: "",
  findings: [],
  exchanges: [],
  declaredByTarget,
});
