/** The states that cases start from → leases: shared where a refusal is expected, private where the call changes them. */
import type { Action, Case, Json, Members, Parameter, Service, State } from "../model.ts";
import { type Builder, build, dispose, resourceOf } from "./build.ts";
import { shaped, unknownId } from "./calls.ts";
import type { Lease } from "./lease.ts";

export interface Tenure {
  /** By parameter: ids of what is there, unknown ids. */
  readonly values: Members;
  /** What the resource beside was created with. */
  readonly taken: Members;
  readonly fill: (parameter: Parameter, i: number) => Json | undefined;
  /** What stands behind a parameter. */
  readonly standing: (parameter: string) => readonly Lease[];
  /** Gives the leases back. Spoiled ones may have been touched by a wrong answer: they are never used again. */
  release(spoiled: boolean): Promise<void>;
}

export interface Leases {
  take(c: Case, preset: ReadonlyMap<string, Json>, token: string): Promise<Tenure>;
  /** A resource that a judged call has made: ours from now on. */
  adopt(lease: Lease): Promise<void>;
  /** Deletes all that is left; the number of those that would not go. */
  clear(): Promise<number>;
  readonly builder: Builder;
}

export function leasesOf(builder: Builder): Leases {
  const idle = new Map<string, Lease[]>();
  const stuck: Lease[] = [];
  const drop = async (lease: Lease) => {
    if (lease.entry === null && lease.supports.length === 0) return;
    for (const [key, leases] of idle) {
      const inside = leases.filter((l) => l.containers.includes(lease));
      if (inside.length > 0)
        idle.set(
          key,
          leases.filter((l) => !inside.includes(l)),
        );
      for (const l of inside) await drop(l);
    }
    if (!(await dispose(builder, lease))) stuck.push(lease);
  };
  const give = (lease: Lease) => {
    if (lease.resource.id === "given") return;
    const found = idle.get(lease.key);
    if (found) found.push(lease);
    else idle.set(lease.key, [lease]);
  };
  return {
    builder,
    take: (c, preset, token) => take(builder, idle, { give, drop }, c, preset, token),
    adopt: drop,
    async clear() {
      for (let all = [...idle.values()].flat(); all.length > 0; all = [...idle.values()].flat()) {
        idle.clear();
        // What stands in something goes before it, unless it goes with it.
        const inner = all.filter((l) => l.containers.some((k) => all.includes(k)));
        for (const lease of [...inner, ...all.filter((l) => !inner.includes(l))]) await drop(lease);
      }
      const again = stuck.splice(0);
      for (const lease of again) if (!(await dispose(builder, lease))) stuck.push(lease);
      return stuck.length;
    },
  };
}

interface Returns {
  give(lease: Lease): void;
  drop(lease: Lease): Promise<void>;
}

async function take(
  b: Builder,
  idle: Map<string, Lease[]>,
  back: Returns,
  c: Case,
  preset: ReadonlyMap<string, Json>,
  token: string,
): Promise<Tenure> {
  const states = statesOf(c);
  const held: Lease[] = [];
  const byParameter = new Map<string, Lease[]>();
  const values: Members = {};
  const repeats = c.situation?.before.some((b) => b.call === "this") ?? false;
  const changing =
    (repeats || c.expect.outcome !== "refused") && c.action.mutating ? changed(c.action, states) : new Set<string>();
  try {
    for (const [name, state] of states)
      if (c.members.includes(name) || state.each || c.sample) await stand(name, state);
    const taken = c.beside ? (await lease(c.beside, await containersOf(c.beside), false, undefined)).input : {};
    return { values, taken, fill, release, standing: (name) => byParameter.get(name) ?? [] };
  } catch (error) {
    await release(true);
    throw error;
  }

  async function stand(name: string, state: State): Promise<Lease[]> {
    const had = byParameter.get(name);
    if (had) return had;
    byParameter.set(name, []);
    if (state.existence === "new") return [];
    const parameter = c.action.parameters.find((p) => p.name === name);
    const resource = resourceOf(b.service, state);
    if (state.existence === "unknown") {
      const ids = Array.from({ length: state.count }, (_, i) => {
        const id = parameter
          ? unknownId(resource, parameter, { seed: b.seed, token: state.count > 1 ? `${token}u${i}` : token })
          : token;
        return typeof id === "object" && id !== null ? (Object.values(id)[0] as Json) : id;
      });
      values[name] = shaped(state, parameter, ids);
      return [];
    }
    const containers = await containersOf(state);
    const mine: Lease[] = [];
    const apart = changing.has(name) || state.existence === "deleted" || preset.has(name);
    const ids = preset.get(name);
    for (let i = 0; i < state.count; i++) {
      const id = Array.isArray(ids) ? ids[i] : i === 0 ? ids : undefined;
      mine.push(await lease(state, containers, apart, id));
    }
    if (state.existence === "deleted") for (const l of mine) await back.drop(l);
    byParameter.set(name, mine);
    values[name] = shaped(
      state,
      parameter,
      mine.map((l) => l.id),
    );
    return mine;
  }

  async function containersOf(state: State): Promise<Lease[]> {
    const containers: Lease[] = [];
    for (const ref of state.in) {
      if (ref.startsWith("another ")) {
        const word = {
          ...state,
          existence: "another" as const,
          resource: ref.slice("another ".length),
          each: false,
          count: 1,
          in: [],
          with: {},
        };
        containers.push(await lease(word, await inherited(word), false, undefined));
      } else {
        const own = states.get(ref);
        const [first] = own ? await stand(ref, own) : [];
        if (first) containers.push(first);
      }
    }
    return containers;
  }

  /** Another group stands where the given one stands: in the same zone. */
  async function inherited(state: State): Promise<Lease[]> {
    const like = [...c.action.given.values()].find((s) => s.resource === state.resource);
    return like ? containersOf({ ...like }) : [];
  }

  async function lease(
    state: State,
    containers: readonly Lease[],
    apart: boolean,
    id: Json | undefined,
  ): Promise<Lease> {
    const resource = resourceOf(b.service, state);
    const key = JSON.stringify([resource.name, state.with, containers.map((l) => [l.resource.name, l.id])]);
    const ready = apart ? undefined : idle.get(key)?.pop();
    const got =
      ready ??
      (await build(b, {
        resource,
        containers,
        with: state.with,
        private: apart,
        key,
        ...(id === undefined ? {} : { id }),
      }));
    held.push(got);
    return got;
  }

  function fill(parameter: Parameter, i: number): Json | undefined {
    const state = parameter.fill;
    if (!state) return undefined;
    const id = unknownId(resourceOf(b.service, state), parameter, { seed: b.seed, token: `${token}f${i}` });
    if (state.as !== undefined && typeof id === "object" && id !== null && state.as in id) return id;
    return state.as === undefined ? id : { [state.as]: id };
  }

  async function release(spoiled: boolean): Promise<void> {
    for (const l of held.splice(0).reverse()) {
      if (l.gone) continue;
      if (spoiled || l.private) await back.drop(l);
      else back.give(l);
    }
  }
}

/** The given state, the situation's differences in it; or the sample's own. */
function statesOf(c: Case): Map<string, State> {
  return new Map([...(c.sample?.given ?? c.action.given), ...(c.situation?.where ?? [])]);
}

/** The parameters whose resources an accepted call changes: those that it deletes, else the innermost ones. */
function changed(action: Action, states: ReadonlyMap<string, State>): Set<string> {
  const there = [...states].filter(([, s]) => s.existence === "existing" || s.existence === "another");
  const service: Service = action.service;
  const deleted = there.filter(([, s]) => service.resources.get(s.resource)?.delete === action.name);
  if (deleted.length > 0) return new Set(deleted.map(([name]) => name));
  if ([...states.values()].some((s) => s.existence === "new")) return new Set();
  const containers = new Set(there.flatMap(([, s]) => s.in));
  return new Set(there.filter(([name, s]) => !containers.has(name) && s.in.length > 0).map(([name]) => name));
}
