/** A case → the resources that it uses while it is judged, and the values that name them. */
import type { CallMembers, Case, Json, Parameter, PrecedingCall, Resource, ResourceState } from "../model/index.ts";
import { affectedParameters } from "../spec/affected-parameters.ts";
import { canUseProvidedResource, providedResourceName } from "../spec/target-resources.ts";
import { createResource, resourceOf } from "./create.ts";
import { type Lease, standaloneLease } from "./lease.ts";
import { pollProbe } from "./probe.ts";
import type { ResourceContext } from "./resource-context.ts";
import { unknownId, wrapIds } from "./setup-members.ts";
import { SetupError } from "./target-call.ts";
import { waitUntilVisible } from "./wait-until-visible.ts";

export interface CaseResources {
  /** By parameter: ids of what is there, unknown ids. */
  readonly values: CallMembers;
  /** What the resource beside was created with. */
  readonly extraResourceInput: CallMembers;
  readonly fill: (parameter: Parameter, i: number) => Json | undefined;
  /** By call before: the members that name another state. A `new` one is left to the caller. */
  readonly precedingCallMembers: readonly CallMembers[];
  /** What stands behind a parameter. */
  readonly leasesOf: (parameter: string) => readonly Lease[];
  /** A call that changes something was not certainly refused: what it could reach may be gone. */
  markModified(): void;
  /** The leases that an accepted call changes, whether or not this one is to be accepted. */
  readonly affectedLeases: () => readonly Lease[];
  /** The resource that is there besides the given ones. */
  readonly extraResource: Lease | null;
  /** Gives the leases back. Spoiled ones may have been touched by a wrong answer: they are never used again. */
  release(spoiled: boolean): Promise<void>;
}

/** Where shared leases wait, and where leases go. */
export interface LeaseSource {
  /** A lease of that key which nobody holds. */
  takeIdle(key: string): Lease | undefined;
  giveBack(lease: Lease): void;
  /** False where the target would not let it go. */
  remove(lease: Lease): Promise<boolean>;
}

/** The state as it is given, or as the situation changed it. What a situation does not name stays where it is given. */
type StateLayer = "given" | "sent";

export async function acquireForCase(
  context: ResourceContext,
  pool: LeaseSource,
  testCase: Case,
  preset: ReadonlyMap<string, Json>,
  token: string,
): Promise<CaseResources> {
  const given = testCase.sample?.given ?? testCase.action.given;
  const where = testCase.situation?.where ?? new Map<string, ResourceState>();
  const held: Lease[] = [];
  const leasesOf = new Map<string, Lease[]>();
  const values: CallMembers = {};
  const states = new Map([...given, ...where]);
  const affectedLeases = changed(testCase, states);
  try {
    for (const name of new Set([...given.keys(), ...where.keys()]))
      if (testCase.members.includes(name) || testCase.sample) await leaseFor(name, "sent");
    const extraResource = testCase.extraResource
      ? await lease(testCase.extraResource, await containersOf(testCase.extraResource, "sent"), false)
      : null;
    const precedingCallMembers: CallMembers[] = [];
    for (const call of testCase.situation?.precedingCalls ?? [])
      precedingCallMembers.push(await membersForPrecedingCall(call));
    return {
      precedingCallMembers,
      values,
      extraResource,
      extraResourceInput: extraResource?.input ?? {},
      fill,
      release,
      markModified: () => {
        for (const l of held) l.mayBeModified = true;
      },
      leasesOf: (name) => leasesOf.get(`sent ${name}`) ?? [],
      affectedLeases: () =>
        [...affectedParameters(testCase.action, states)].flatMap((name) => leasesOf.get(`sent ${name}`) ?? []),
    };
  } catch (error) {
    await release(true);
    throw error;
  }

  async function leaseFor(name: string, asked: StateLayer): Promise<Lease[]> {
    // Both layers of a parameter that the situation does not name are one.
    const layer: StateLayer = asked === "given" && where.has(name) ? "given" : "sent";
    const state = (layer === "sent" ? where.get(name) : undefined) ?? given.get(name);
    if (!state) return [];
    const key = `${layer} ${name}`;
    const had = leasesOf.get(key);
    if (had) return had;
    leasesOf.set(key, []);
    if (state.kind === "new") return [];
    if (state.kind === "unknown") {
      if (layer === "sent") values[name] = unknown(name, state);
      return [];
    }
    const containers = await containersOf(state, where.has(name) ? layer : "given");
    const apart = layer === "sent" && (affectedLeases.has(name) || state.kind === "deleted" || preset.has(name));
    // Nothing is put into what is the target's.
    const holds = [...states.values()].some((s) => s.containers.includes(name));
    const ids = preset.get(name);
    const mine: Lease[] = [];
    for (let i = 0; i < state.count; i++)
      mine.push(await lease(state, containers, apart, Array.isArray(ids) ? ids[i] : i === 0 ? ids : undefined, !holds));
    if (state.kind === "deleted") for (const l of mine) await gone(l);
    leasesOf.set(key, mine);
    if (layer === "sent")
      values[name] = wrapIds(
        state,
        parameterOf(name),
        mine.map((l) => l.id),
      );
    return mine;
  }

  /** Deleted is what the target says is no longer there, once the change had its time to be seen. */
  async function gone(l: Lease): Promise<void> {
    if (!(await pool.remove(l)))
      throw new SetupError(`set-up: the ${l.resource.name} that was to be deleted would not go`);
    const probe = l.resource.consistencySeconds > 0 ? l.resource.probes.get("gone") : undefined;
    if (!probe) return;
    const seen = await pollProbe(context, l, probe);
    // A refusal of another kind shows it no more: what is wrong with it the case itself will tell.
    const refused = seen.kind === "fails" && seen.seen !== "success" && seen.seen !== "found";
    if (seen.kind !== "holds" && !refused)
      throw new SetupError(`set-up: the deleted ${l.resource.name} is still seen by ${probe.call}`);
  }

  async function containersOf(state: ResourceState, layer: StateLayer): Promise<Lease[]> {
    const containers: Lease[] = [];
    for (const ref of state.containers) {
      if (ref.startsWith("another ")) containers.push(await leaseAnother(ref.slice("another ".length)));
      else containers.push(...(await leaseFor(ref, layer)).slice(0, 1));
    }
    return containers;
  }

  /** Another group stands where the given one stands: in the same zone. */
  async function leaseAnother(resource: string): Promise<Lease> {
    const state: ResourceState = {
      kind: "another",
      resource,
      isList: false,
      count: 1,
      containers: [],
      createMembers: {},
    };
    const like = [...testCase.action.given.values()].find((s) => s.resource === resource);
    return lease(state, like ? await containersOf(like, "given") : [], false);
  }

  /** Each call before may name another resource, which it changes: one of its own. */
  async function membersForPrecedingCall({ where: states }: PrecedingCall): Promise<CallMembers> {
    const members: CallMembers = {};
    for (const [name, state] of states) {
      if (state.kind === "new") continue;
      if (state.kind === "unknown") members[name] = unknown(name, state);
      else
        members[name] = wrapIds(state, parameterOf(name), [
          (await lease(state, await containersOf(state, "sent"), true)).id,
        ]);
    }
    return members;
  }

  function unknown(name: string, state: ResourceState): Json {
    const parameter = parameterOf(name);
    const resource = resourceOf(context.service, state);
    const ids = Array.from({ length: state.count }, (_, i) => {
      const id = parameter
        ? unknownId(resource, parameter, { seed: context.seed, token: state.count > 1 ? `${token}u${i}` : token })
        : token;
      return typeof id === "object" && id !== null ? (Object.values(id)[0] as Json) : id;
    });
    return wrapIds(state, parameter, ids);
  }

  async function lease(
    state: ResourceState,
    containers: readonly Lease[],
    apart: boolean,
    id?: Json,
    lends = false,
  ): Promise<Lease> {
    const resource = resourceOf(context.service, state);
    const lent =
      !lends || testCase.action.mutating || apart || !canUseProvidedResource(testCase.action, state)
        ? undefined
        : context.providedResources[providedResourceName(state)];
    if (lent !== undefined && resource.id !== "given") return providedLease(resource, lent, containers);
    const key = JSON.stringify([resource.name, state.createMembers, containers.map((l) => [l.resource.name, l.id])]);
    const wanted = {
      resource,
      containers,
      with: state.createMembers,
      exclusive: apart,
      key,
      ...(id === undefined ? {} : { id }),
    };
    const idle = apart ? undefined : pool.takeIdle(key);
    const got = idle ?? (await createResource(context, wanted));
    held.push(got);
    if (!idle) await waitUntilVisible(context, got, !apart || !testCase.action.mutating);
    return got;
  }

  /** It is looked at, and never handed to a call that could change it. */
  function providedLease(resource: Resource, id: Json, containers: readonly Lease[]): Lease {
    const lease = standaloneLease(resource, id, {}, containers, null);
    held.push(lease);
    return lease;
  }

  function parameterOf(name: string): Parameter | undefined {
    return testCase.action.parameters.find((p) => p.name === name);
  }

  function fill(parameter: Parameter, i: number): Json | undefined {
    const state = parameter.fillWith;
    if (!state) return undefined;
    const id = unknownId(resourceOf(context.service, state), parameter, { seed: context.seed, token: `${token}f${i}` });
    if (state.itemMember === undefined || (typeof id === "object" && id !== null && state.itemMember in id)) return id;
    return { [state.itemMember]: id };
  }

  async function release(spoiled: boolean): Promise<void> {
    for (const l of held.splice(0).reverse()) {
      if (l.deleted) continue;
      if (spoiled || l.exclusive) await pool.remove(l);
      else pool.giveBack(l);
    }
  }
}

/** A call that is to be refused leaves all as it is, unless it was accepted once before. */
function changed(testCase: Case, states: ReadonlyMap<string, ResourceState>): Set<string> {
  const repeats = testCase.situation?.precedingCalls.some((context) => context.call === "this") ?? false;
  return testCase.expect.outcome === "refused" && !repeats ? new Set() : affectedParameters(testCase.action, states);
}
