/** All that one running emulator has: services, keys, faults, clock, and the state of each service. */
import type { Credentials, Service } from "../model/index.ts";
import type { Specs } from "../spec/load.ts";
import type { Flights } from "./concurrent-calls.ts";
import type { Fault } from "./faults/fault.ts";
import { forgiven, type ToleranceId } from "./leniencies.ts";
import { newTraffic, type Traffic } from "./pipeline/rate-limit.ts";
import type { Keeper } from "./services/handler.ts";
import { keepers } from "./services/index.ts";
import { secretOf } from "./test-credentials.ts";
import { type Lag, lagOf } from "./variants/eventual-consistency.ts";
import type { Twin } from "./variants/variant.ts";

export interface World {
  readonly services: readonly Service[];
  readonly secretOf: (id: string) => Credentials | undefined;
  readonly forgives: ReadonlySet<ToleranceId>;
  readonly faults: readonly Fault[];
  readonly twins: readonly Twin[];
  /** Milliseconds. */
  readonly now: () => number;
  readonly requestId: () => string;
  /** What the services hold, by the service's id. */
  readonly held: ReadonlyMap<string, Held>;
  /** Calls that were accepted and not yet answered. */
  readonly flights: Flights;
  readonly traffic: Traffic;
}

export interface Held {
  readonly keeper: Keeper<unknown>;
  readonly state: unknown;
  /** Twelve characters, another each time; in the order of their making also as numbers to the base 36. */
  readonly newId: () => string;
  /** Where a twin shows changes late. */
  readonly lag: Lag | undefined;
}

export interface WorldOptions {
  readonly specs: Pick<Specs, "services">;
  readonly strict: boolean;
  readonly faults: readonly Fault[];
  readonly twins: readonly Twin[];
  readonly now: () => number;
  readonly requestId: () => string;
  /** Refuses calls beyond the documented pace. */
  readonly pace?: boolean;
}

/** A fresh world: the given resources are there, and nothing else. */
export function newWorld({ specs, strict, faults, twins, now, requestId, pace = false }: WorldOptions): World {
  const late = twins.find((t) => t.late)?.late;
  return {
    services: [...specs.services.values()],
    secretOf,
    forgives: forgiven(strict),
    faults,
    twins,
    now,
    requestId,
    held: new Map(
      keepers.map((keeper) => {
        const lag = late && settles(specs, keeper.service) ? lagOf(keeper, late) : undefined;
        return [keeper.service, { keeper, state: keeper.open(), newId: counting(), lag }];
      }),
    ),
    flights: new Map(),
    traffic: newTraffic(pace),
  };
}

/** Only where a document says that a change may take its time. */
const settles = ({ services }: Pick<Specs, "services">, id: string): boolean =>
  [...(services.get(id)?.resources.values() ?? [])].some((r) => r.settles > 0);

function counting(): () => string {
  let made = 0;
  return () => (made++).toString(36).padStart(12, "0");
}

/** How much each service holds, for tests and for a look from outside: `{"tencent/iai": {groups: 2, persons: 0}}`. */
export const countsOf = (world: World): Record<string, Record<string, number>> =>
  Object.fromEntries([...world.held].map(([id, { keeper, state }]) => [id, keeper.counts(state)]));
