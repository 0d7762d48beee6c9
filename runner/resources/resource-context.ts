/** What it takes to create, look at and delete the resources of a service at a target. */
import type { Json, Probe, Service } from "../model/index.ts";
import type { Ledger } from "./ledger.ts";
import type { CallTarget } from "./target-call.ts";

/** What the run has learned of how soon a service shows its changes. */
export interface ConsistencyState {
  /** Some change was not seen at once. */
  isEventual: boolean;
  /** Probes that never showed what was made: they are not waited for again. */
  readonly uselessProbes: Set<Probe>;
}

export interface ResourceContext {
  readonly service: Service;
  readonly call: CallTarget;
  readonly ledger: Ledger;
  readonly seed: number;
  /** A token that this run has not used yet. */
  readonly newToken: () => string;
  readonly providedResources: Readonly<Record<string, Json>>;
  /** Waits so many milliseconds; false where the run is broken off. */
  readonly pause: (ms: number) => Promise<boolean>;
  readonly consistency: ConsistencyState;
}
