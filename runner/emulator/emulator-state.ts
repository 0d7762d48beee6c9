/** All that one running emulator has: services, keys, clock, and the state of each service. */
import type { Credentials, Service } from "../model/index.ts";
import type { Specs } from "../spec/load.ts";
import type { ConcurrentCalls } from "./concurrent-calls.ts";
import { createForcedCodes, type ForcedCode, type ForcedCodes } from "./forced-codes.ts";
import { createLeniencies, type Leniencies } from "./leniencies.ts";
import { deriveEmulation } from "./services/derived.ts";
import type { ServiceEmulation } from "./services/handler.ts";
import { serviceEmulations } from "./services/index.ts";
import { credentialsById } from "./test-credentials.ts";
import { newTraffic, type TrafficStats } from "./traffic.ts";
import { createDelayedState, type DelayedState, type LateChanges } from "./variants/eventual-consistency.ts";

export interface EmulatorState {
  readonly services: readonly Service[];
  readonly credentialsById: (id: string) => Credentials | undefined;
  readonly leniencies: Leniencies;
  readonly forcedCodes: ForcedCodes;
  /** Milliseconds. */
  readonly now: () => number;
  /** Returns the id of the next response. */
  readonly requestId: () => string;
  /** By the service's id. */
  readonly serviceStates: ReadonlyMap<string, ServiceState>;
  /** Calls that were accepted and have no response yet. */
  readonly concurrentCalls: ConcurrentCalls;
  readonly traffic: TrafficStats;
}

export interface ServiceState {
  readonly serviceEmulation: ServiceEmulation<unknown>;
  readonly state: unknown;
  /** Returns the next unused id: a base-36 number of twelve characters that grows by one. */
  readonly newId: () => string;
  /** The state that reading actions see; undefined unless a variant shows changes late. */
  readonly delayedState: DelayedState | undefined;
}

export interface EmulatorStateOptions {
  readonly specs: Pick<Specs, "services">;
  /** Switches every leniency off. */
  readonly strict: boolean;
  /** Changes that reading actions do not see at once. */
  readonly lateChanges?: LateChanges | undefined;
  readonly now: () => number;
  readonly requestId: () => string;
  /** Refuses calls beyond the documented rate limit of their action. */
  readonly enforceRateLimits?: boolean;
  readonly forcedCodes?: readonly ForcedCode[];
}

/** A fresh state: it holds the provided resources and nothing else. */
export function createEmulatorState({
  specs,
  strict,
  lateChanges,
  now,
  requestId,
  enforceRateLimits = false,
  forcedCodes = [],
}: EmulatorStateOptions): EmulatorState {
  return {
    services: [...specs.services.values()],
    credentialsById,
    leniencies: createLeniencies(strict),
    forcedCodes: createForcedCodes(forcedCodes),
    now,
    requestId,
    serviceStates: new Map(
      emulationsOf(specs).map((serviceEmulation) => {
        const { service, initialState } = serviceEmulation;
        const delayedState =
          lateChanges && isEventuallyConsistent(specs, service)
            ? createDelayedState(serviceEmulation, lateChanges)
            : undefined;
        return [service, { serviceEmulation, state: initialState(), newId: idSequence(), delayedState }];
      }),
    ),
    concurrentCalls: new Map(),
    traffic: newTraffic(enforceRateLimits),
  };
}

/** The hand-written emulations, and one that follows from the spec for each further service. */
function emulationsOf({ services }: Pick<Specs, "services">): readonly ServiceEmulation<unknown>[] {
  const further = [...services.values()].filter(({ id }) => !serviceEmulations.some((e) => e.service === id));
  return [...serviceEmulations, ...further.map((s) => deriveEmulation(s) as ServiceEmulation<unknown>)];
}

/** True where the documents allow a delay until a change of one of the service's resources is visible. */
const isEventuallyConsistent = ({ services }: Pick<Specs, "services">, id: string): boolean =>
  [...(services.get(id)?.resources.values() ?? [])].some((r) => r.consistencySeconds > 0);

function idSequence(): () => string {
  let next = 0;
  return () => (next++).toString(36).padStart(12, "0");
}

/** The number of resources in each service's state: `{"tencent/iai": {groups: 2, persons: 0}}`. */
export const countsOf = (state: EmulatorState): Record<string, Record<string, number>> =>
  Object.fromEntries(
    [...state.serviceStates].map(([id, service]) => [id, service.serviceEmulation.counts(service.state)]),
  );
