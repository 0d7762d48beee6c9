/** A case → the resources that it uses while it is judged, and the values that name them. */
import type { Before, Case, Json, Members, Parameter, Resource, State } from "../model/index.ts";
import { affectedParameters } from "../spec/affected-parameters.ts";
import { canUseProvidedResource, providedResourceName } from "../spec/target-resources.ts";
import { type Builder, build, resourceOf } from "./create.ts";
import type { Lease } from "./lease.ts";
import { probeUntil } from "./probe.ts";
import { shaped, unknownId } from "./setup-members.ts";
import { SetupFailed } from "./target-call.ts";
import { settled } from "./wait-until-visible.ts";

export interface Tenure {
  /** By parameter: ids of what is there, unknown ids. */
  readonly values: Members;
  /** What the resource beside was created with. */
  readonly taken: Members;
  readonly fill: (parameter: Parameter, i: number) => Json | undefined;
  /** By call before: the members that name another state. A `new` one is left to the caller. */
  readonly before: readonly Members[];
  /** What stands behind a parameter. */
  readonly standing: (parameter: string) => readonly Lease[];
  /** A call that changes something was not certainly refused: what it could reach may be gone. */
  touch(): void;
  /** The leases that an accepted call changes, whether or not this one is to be accepted. */
  readonly changing: () => readonly Lease[];
  /** The resource that is there besides the given ones. */
  readonly beside: Lease | null;
  /** Gives the leases back. Spoiled ones may have been touched by a wrong answer: they are never used again. */
  release(spoiled: boolean): Promise<void>;
}

/** Where shared leases wait, and where leases go. */
export interface Pool {
  /** A lease of that key which nobody holds. */
  idle(key: string): Lease | undefined;
  give(lease: Lease): void;
  /** False where the target would not let it go. */
  drop(lease: Lease): Promise<boolean>;
}

/** The state as it is given, or as the situation changed it. What a situation does not name stays where it is given. */
type Layer = "given" | "sent";

export async function take(
  b: Builder,
  pool: Pool,
  c: Case,
  preset: ReadonlyMap<string, Json>,
  token: string,
): Promise<Tenure> {
  const given = c.sample?.given ?? c.action.given;
  const where = c.situation?.where ?? new Map<string, State>();
  const held: Lease[] = [];
  const standing = new Map<string, Lease[]>();
  const values: Members = {};
  const states = new Map([...given, ...where]);
  const changing = changed(c, states);
  try {
    for (const name of new Set([...given.keys(), ...where.keys()]))
      if (c.members.includes(name) || c.sample) await stand(name, "sent");
    const beside = c.beside ? await lease(c.beside, await containersOf(c.beside, "sent"), false) : null;
    const before: Members[] = [];
    for (const call of c.situation?.before ?? []) before.push(await elsewhere(call));
    return {
      before,
      values,
      beside,
      taken: beside?.input ?? {},
      fill,
      release,
      touch: () => {
        for (const l of held) l.touched = true;
      },
      standing: (name) => standing.get(`sent ${name}`) ?? [],
      changing: () => [...affectedParameters(c.action, states)].flatMap((name) => standing.get(`sent ${name}`) ?? []),
    };
  } catch (error) {
    await release(true);
    throw error;
  }

  async function stand(name: string, asked: Layer): Promise<Lease[]> {
    // Both layers of a parameter that the situation does not name are one.
    const layer: Layer = asked === "given" && where.has(name) ? "given" : "sent";
    const state = (layer === "sent" ? where.get(name) : undefined) ?? given.get(name);
    if (!state) return [];
    const key = `${layer} ${name}`;
    const had = standing.get(key);
    if (had) return had;
    standing.set(key, []);
    if (state.existence === "new") return [];
    if (state.existence === "unknown") {
      if (layer === "sent") values[name] = unknown(name, state);
      return [];
    }
    const containers = await containersOf(state, where.has(name) ? layer : "given");
    const apart = layer === "sent" && (changing.has(name) || state.existence === "deleted" || preset.has(name));
    // Nothing is put into what is the target's.
    const holds = [...states.values()].some((s) => s.in.includes(name));
    const ids = preset.get(name);
    const mine: Lease[] = [];
    for (let i = 0; i < state.count; i++)
      mine.push(await lease(state, containers, apart, Array.isArray(ids) ? ids[i] : i === 0 ? ids : undefined, !holds));
    if (state.existence === "deleted") for (const l of mine) await gone(l);
    standing.set(key, mine);
    if (layer === "sent")
      values[name] = shaped(
        state,
        parameterOf(name),
        mine.map((l) => l.id),
      );
    return mine;
  }

  /** Deleted is what the target says is no longer there, once the change had its time to be seen. */
  async function gone(l: Lease): Promise<void> {
    if (!(await pool.drop(l)))
      throw new SetupFailed(`set-up: the ${l.resource.name} that was to be deleted would not go`);
    const probe = l.resource.settles > 0 ? l.resource.probes.get("gone") : undefined;
    if (!probe) return;
    const seen = await probeUntil(b, l, probe);
    // A refusal of another kind shows it no more: what is wrong with it the case itself will tell.
    const refused = seen.kind === "fails" && seen.seen !== "success" && seen.seen !== "found";
    if (seen.kind !== "holds" && !refused)
      throw new SetupFailed(`set-up: the deleted ${l.resource.name} is still seen by ${probe.call}`);
  }

  async function containersOf(state: State, layer: Layer): Promise<Lease[]> {
    const containers: Lease[] = [];
    for (const ref of state.in) {
      if (ref.startsWith("another ")) containers.push(await another(ref.slice("another ".length)));
      else containers.push(...(await stand(ref, layer)).slice(0, 1));
    }
    return containers;
  }

  /** Another group stands where the given one stands: in the same zone. */
  async function another(resource: string): Promise<Lease> {
    const state: State = { existence: "another", resource, each: false, count: 1, in: [], with: {} };
    const like = [...c.action.given.values()].find((s) => s.resource === resource);
    return lease(state, like ? await containersOf(like, "given") : [], false);
  }

  /** Each call before may name another resource, which it changes: one of its own. */
  async function elsewhere({ where: states }: Before): Promise<Members> {
    const members: Members = {};
    for (const [name, state] of states) {
      if (state.existence === "new") continue;
      if (state.existence === "unknown") members[name] = unknown(name, state);
      else
        members[name] = shaped(state, parameterOf(name), [
          (await lease(state, await containersOf(state, "sent"), true)).id,
        ]);
    }
    return members;
  }

  function unknown(name: string, state: State): Json {
    const parameter = parameterOf(name);
    const resource = resourceOf(b.service, state);
    const ids = Array.from({ length: state.count }, (_, i) => {
      const id = parameter
        ? unknownId(resource, parameter, { seed: b.seed, token: state.count > 1 ? `${token}u${i}` : token })
        : token;
      return typeof id === "object" && id !== null ? (Object.values(id)[0] as Json) : id;
    });
    return shaped(state, parameter, ids);
  }

  async function lease(
    state: State,
    containers: readonly Lease[],
    apart: boolean,
    id?: Json,
    lends = false,
  ): Promise<Lease> {
    const resource = resourceOf(b.service, state);
    const lent =
      !lends || c.action.mutating || apart || !canUseProvidedResource(c.action, state)
        ? undefined
        : b.given[providedResourceName(state)];
    if (lent !== undefined && resource.id !== "given") return theirs(resource, lent, containers);
    const key = JSON.stringify([resource.name, state.with, containers.map((l) => [l.resource.name, l.id])]);
    const wanted = { resource, containers, with: state.with, private: apart, key, ...(id === undefined ? {} : { id }) };
    const idle = apart ? undefined : pool.idle(key);
    const got = idle ?? (await build(b, wanted));
    held.push(got);
    if (!idle) await settled(b, got, !apart || !c.action.mutating);
    return got;
  }

  /** It is looked at, and never handed to a call that could change it. */
  function theirs(resource: Resource, id: Json, containers: readonly Lease[]): Lease {
    const lease = {
      resource,
      id,
      input: {},
      containers,
      supports: [],
      entry: null,
      key: "",
      private: true,
      gone: false,
      touched: false,
    };
    held.push(lease);
    return lease;
  }

  function parameterOf(name: string): Parameter | undefined {
    return c.action.parameters.find((p) => p.name === name);
  }

  function fill(parameter: Parameter, i: number): Json | undefined {
    const state = parameter.fill;
    if (!state) return undefined;
    const id = unknownId(resourceOf(b.service, state), parameter, { seed: b.seed, token: `${token}f${i}` });
    if (state.as === undefined || (typeof id === "object" && id !== null && state.as in id)) return id;
    return { [state.as]: id };
  }

  async function release(spoiled: boolean): Promise<void> {
    for (const l of held.splice(0).reverse()) {
      if (l.gone) continue;
      if (spoiled || l.private) await pool.drop(l);
      else pool.give(l);
    }
  }
}

/** A call that is to be refused leaves all as it is, unless it was accepted once before. */
function changed(c: Case, states: ReadonlyMap<string, State>): Set<string> {
  const repeats = c.situation?.before.some((b) => b.call === "this") ?? false;
  return c.expect.outcome === "refused" && !repeats ? new Set() : affectedParameters(c.action, states);
}
