/** Everything needed to create, probe and delete the resources of a service on a target. */
import type { Json, Probe, Service } from "../model/index.ts";
import type { Ledger } from "./ledger.ts";
import type { CallTarget } from "./target-call.ts";

export interface ResourceContext {
  readonly service: Service;
  readonly call: CallTarget;
  readonly ledger: Ledger;
  readonly seed: number;
  /** Returns a token that this run has not used yet. */
  readonly newToken: () => string;
  /** Ids of the resources that the target file provides, by key. */
  readonly providedResources: Readonly<Record<string, Json>>;
  /** Waits `ms` milliseconds; resolves to false if the run was interrupted. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** Probes that never showed a created resource: the run does not wait for them again. */
  readonly uselessProbes: Set<Probe>;
}
