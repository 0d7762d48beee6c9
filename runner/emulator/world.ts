/** All that one running emulator has: services, keys, faults, clock, and the state of each service. */
import type { Credentials, Service } from "../model.ts";
import type { Specs } from "../spec/load.ts";
import type { Fault } from "./fault.ts";
import { secretOf } from "./keys.ts";
import { keepers } from "./services/index.ts";
import type { Keeper } from "./services/keeper.ts";
import { forgiven, type ToleranceId } from "./tolerances.ts";

export interface World {
  readonly services: readonly Service[];
  readonly secretOf: (id: string) => Credentials | undefined;
  readonly forgives: ReadonlySet<ToleranceId>;
  readonly faults: readonly Fault[];
  /** Milliseconds. */
  readonly now: () => number;
  readonly requestId: () => string;
  /** What the services hold, by the service's id. */
  readonly held: ReadonlyMap<string, Held>;
}

export interface Held {
  readonly keeper: Keeper<unknown>;
  readonly state: unknown;
  /** Twelve characters, another each time; in the order of their making also as numbers to the base 36. */
  readonly newId: () => string;
}

export interface WorldOptions {
  readonly specs: Pick<Specs, "services">;
  readonly strict: boolean;
  readonly faults: readonly Fault[];
  readonly now: () => number;
  readonly requestId: () => string;
}

/** A fresh world: the given resources are there, and nothing else. */
export function newWorld({ specs, strict, faults, now, requestId }: WorldOptions): World {
  return {
    services: [...specs.services.values()],
    secretOf,
    forgives: forgiven(strict),
    faults,
    now,
    requestId,
    held: new Map(keepers.map((keeper) => [keeper.service, { keeper, state: keeper.open(), newId: counting() }])),
  };
}

function counting(): () => string {
  let made = 0;
  return () => (made++).toString(36).padStart(12, "0");
}

/** How much each service holds, for tests and for a look from outside: `{"tencent/iai": {groups: 2, persons: 0}}`. */
export const countsOf = (world: World): Record<string, Record<string, number>> =>
  Object.fromEntries([...world.held].map(([id, { keeper, state }]) => [id, keeper.counts(state)]));
