/** All that one running emulator has: services, keys, clock, and the state of each service. */
import type { Credentials, Service } from "../model/index.ts";
import type { Specs } from "../spec/load.ts";
import type { ConcurrentCalls } from "./concurrent-calls.ts";
import { activeLeniencies, type LeniencyId } from "./leniencies.ts";
import type { ServiceEmulation } from "./services/handler.ts";
import { serviceEmulations } from "./services/index.ts";
import { credentialsById } from "./test-credentials.ts";
import { newTraffic, type TrafficStats } from "./traffic.ts";
import { createDelayedState, type DelayedState, type LateChanges } from "./variants/eventual-consistency.ts";

export interface EmulatorState {
  readonly services: readonly Service[];
  readonly secretOf: (id: string) => Credentials | undefined;
  readonly leniencies: ReadonlySet<LeniencyId>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly requestId: () => string;
  /** What the services hold, by the service's id. */
  readonly serviceStates: ReadonlyMap<string, ServiceState>;
  /** Calls that were accepted and not yet answered. */
  readonly concurrentCalls: ConcurrentCalls;
  readonly traffic: TrafficStats;
}

export interface ServiceState {
  readonly keeper: ServiceEmulation<unknown>;
  readonly state: unknown;
  /** Twelve characters, another each time; in the order of their making also as numbers to the base 36. */
  readonly newId: () => string;
  /** Where a variant shows changes late. */
  readonly lag: DelayedState | undefined;
}

export interface EmulatorStateOptions {
  readonly specs: Pick<Specs, "services">;
  readonly strict: boolean;
  /** Changes that reading actions do not see at once. */
  readonly late?: LateChanges | undefined;
  readonly now: () => number;
  readonly requestId: () => string;
  /** Refuses calls beyond the documented pace. */
  readonly pace?: boolean;
}

/** A fresh state: the given resources are there, and nothing else. */
export function createEmulatorState({
  specs,
  strict,
  late,
  now,
  requestId,
  pace = false,
}: EmulatorStateOptions): EmulatorState {
  return {
    services: [...specs.services.values()],
    secretOf: credentialsById,
    leniencies: activeLeniencies(strict),
    now,
    requestId,
    serviceStates: new Map(
      serviceEmulations.map((keeper) => {
        const lag = late && settles(specs, keeper.service) ? createDelayedState(keeper, late) : undefined;
        return [keeper.service, { keeper, state: keeper.initialState(), newId: counting(), lag }];
      }),
    ),
    concurrentCalls: new Map(),
    traffic: newTraffic(pace),
  };
}

/** Only where a document says that a change may take its time. */
const settles = ({ services }: Pick<Specs, "services">, id: string): boolean =>
  [...(services.get(id)?.resources.values() ?? [])].some((r) => r.consistencySeconds > 0);

function counting(): () => string {
  let made = 0;
  return () => (made++).toString(36).padStart(12, "0");
}

/** How much each service holds, for tests and for a look from outside: `{"tencent/iai": {groups: 2, persons: 0}}`. */
export const countsOf = (state: EmulatorState): Record<string, Record<string, number>> =>
  Object.fromEntries([...state.serviceStates].map(([id, service]) => [id, service.keeper.counts(service.state)]));
