/** What judging one case needs, and what it comes to. */
import type { Check } from "../../check/check.ts";
import type { SeenIds } from "../../check/request-id-history.ts";
import type { Blocked, Case, Exchange, Finding, ServiceTarget, Status } from "../../model/index.ts";
import type { ResourcePool } from "../../resources/pool.ts";
import type { Proof } from "../postconditions/postcondition.ts";
import type { Sending } from "../send/send.ts";
import type { Controls } from "./controls.ts";

export interface Judging {
  readonly sending: Sending;
  readonly to: ServiceTarget;
  readonly leases: ResourcePool;
  readonly controls: Controls;
  readonly ids: SeenIds;
  readonly checks: readonly Check[];
  readonly proofs: readonly Proof[];
  /** The run's id, which stands in all that it names. */
  readonly run: string;
  readonly seed: number;
  readonly token: () => string;
}

export interface Judged {
  readonly status: Status;
  readonly reason: string;
  readonly seen: string;
  readonly findings: readonly Finding[];
  readonly exchanges: readonly Exchange[];
  /** Skipped or unimplemented as the target said beforehand. */
  readonly excused: boolean;
  readonly blocked?: Blocked;
  /** Ledger entries of what the case itself has made. */
  readonly made?: readonly number[];
  /** The case that was judged, where the planned one only says how it is made. */
  readonly as?: Case;
}

/** A verdict without an answer. */
export const unheard = (status: Status, reason: string, excused = false): Judged => ({
  status,
  reason,
  seen: "",
  findings: [],
  exchanges: [],
  excused,
});
