/** A case → the resources that it uses while it is evaluated, and the parameter values that name them. */
import type { CallMembers, Case, Json, Parameter, PrecedingCall, Resource, ResourceState } from "../model/index.ts";
import { affectedParameters } from "../spec/affected-parameters.ts";
import { listScope } from "../spec/returned-list.ts";
import { canUseProvidedResource, providedResourceName } from "../spec/target-resources.ts";
import { type CreateRequest, createResource, resourceOf } from "./create.ts";
import { type Lease, standaloneLease } from "./lease.ts";
import { createListEntries, type ListEntries, NO_ENTRIES } from "./list-entries.ts";
import { pollProbe } from "./probe.ts";
import type { ResourceContext } from "./resource-context.ts";
import { wrapIds } from "./setup-members.ts";
import { SetupError } from "./target-call.ts";
import { unknownId } from "./unknown-id.ts";
import { waitUntilVisible } from "./wait-until-visible.ts";

export interface CaseResources {
  /** By parameter: ids of existing resources, or unknown ids. */
  readonly values: CallMembers;
  /** The members of the create call of the extra resource. */
  readonly extraResourceInput: CallMembers;
  /** A value for item `i` of a list that is filled up with ids. */
  readonly fill: (parameter: Parameter, i: number) => Json | undefined;
  /** For each preceding call: its members that name another state than the judged call. A `new` state has none. */
  readonly precedingCallMembers: readonly CallMembers[];
  /** The resources that a parameter of the judged call names. */
  readonly leasesOf: (parameter: string) => readonly Lease[];
  /** Call it after a mutating call that was not certainly refused: the resources may no longer exist. */
  markModified(): void;
  /** The resources that the judged call changes if it is accepted, also where the case expects a refusal. */
  readonly affectedLeases: () => readonly Lease[];
  /** The resource that exists in addition to those that the call names. */
  readonly extraResource: Lease | null;
  /** The resources that the case created in the list which the call returns. */
  readonly listEntries: ListEntries;
  /** All leases of the case. */
  readonly leases: readonly Lease[];
  /** Gives the leases back. `spoiled`: a wrong response may have changed them, so they are deleted and not used again. */
  release(spoiled: boolean): Promise<void>;
}

/** Provides idle shared leases and takes leases back. */
export interface LeaseSource {
  /** Takes an idle lease with this key, if there is one. */
  takeIdle(key: string): Lease | undefined;
  giveBack(lease: Lease): void;
  /** Deletes the resource; false if the target did not delete it. */
  remove(lease: Lease): Promise<boolean>;
}

interface LeaseOptions extends Pick<CreateRequest, "id" | "resembling"> {
  readonly mayUseProvided?: boolean;
}

/** `given`: the state of the action or sample. `sent`: with the changes of the situation; equal to `given` for other parameters. */
type StateLayer = "given" | "sent";

export async function acquireForCase(
  context: ResourceContext,
  source: LeaseSource,
  testCase: Case,
  requiredIds: ReadonlyMap<string, Json>,
  token: string,
): Promise<CaseResources> {
  const given = testCase.sample?.given ?? testCase.action.given;
  const where = testCase.situation?.where ?? new Map<string, ResourceState>();
  const acquired: Lease[] = [];
  /** By layer and parameter. */
  const leases = new Map<string, Lease[]>();
  /** By state, of preceding calls. */
  const named = new Map<string, Lease>();
  const values: CallMembers = {};
  const states = new Map([...given, ...where]);
  const changedParameters = new Set([...changedByCase(testCase, states), ...listedParameters(testCase)]);
  const leasesOf = (name: string): readonly Lease[] => leases.get(layerKey("sent", name)) ?? [];
  const affectedLeases = () => [...affectedParameters(testCase.action, states)].flatMap(leasesOf);
  try {
    for (const name of new Set([...given.keys(), ...where.keys()]))
      if (testCase.members.includes(name) || testCase.sample) await acquireForParameter(name, "sent");
    const extraResource = testCase.extraResource ? await acquireExtra(testCase.extraResource) : null;
    const listEntries = await acquireListEntries();
    const precedingCallMembers: CallMembers[] = [];
    for (const call of testCase.situation?.precedingCalls ?? [])
      precedingCallMembers.push(await membersForPrecedingCall(call));
    return {
      precedingCallMembers,
      values,
      extraResource,
      listEntries,
      leases: acquired,
      extraResourceInput: createInputOf(extraResource, testCase),
      fill,
      release,
      markModified: () => {
        for (const lease of acquired) lease.mayBeModified = true;
      },
      leasesOf,
      affectedLeases,
    };
  } catch (error) {
    await release(true);
    throw error;
  }

  async function acquireListEntries(): Promise<ListEntries> {
    const { action, listPlan } = testCase;
    if (!listPlan || !action.returnedList) return NO_ENTRIES;
    return createListEntries(context, action, action.returnedList, listPlan, {
      leaseOf: (parameter) => leasesOf(parameter)[0],
      acquired: (lease) => void acquired.push(lease),
      remove: source.remove,
    });
  }

  async function acquireForParameter(name: string, requestedLayer: StateLayer): Promise<Lease[]> {
    // Both layers are the same for a parameter that the situation does not change.
    const layer: StateLayer = requestedLayer === "given" && where.has(name) ? "given" : "sent";
    const state = (layer === "sent" ? where.get(name) : undefined) ?? given.get(name);
    if (!state) return [];
    const key = layerKey(layer, name);
    const earlier = leases.get(key);
    if (earlier) return earlier;
    leases.set(key, []);
    if (state.kind === "new") return [];
    if (state.kind === "unknown") {
      if (layer === "sent") values[name] = unknownValue(name, state);
      return [];
    }
    const containers = await acquireContainers(state, where.has(name) ? layer : "given");
    const exclusive =
      layer === "sent" && (changedParameters.has(name) || state.kind === "deleted" || requiredIds.has(name));
    // Nothing is created in a resource that the target provides.
    const isContainer = [...states.values()].some(
      ({ containers, first }) => containers.includes(name) || first?.containers.includes(name),
    );
    const idsOfParameter = requiredIds.get(name);
    const parameterLeases: Lease[] = [];
    for (let i = 0; i < state.count; i++) {
      const id = Array.isArray(idsOfParameter) ? idsOfParameter[i] : i === 0 ? idsOfParameter : undefined;
      const options = { mayUseProvided: !isContainer, ...(id === undefined ? {} : { id }) };
      parameterLeases.push(await acquireLease(withAllMembers(state, name), containers, exclusive, options));
    }
    const first = state.first && layer === "sent" ? [await acquireFirst(name, state.first, exclusive)] : [];
    if (state.kind === "deleted") for (const lease of parameterLeases) await deleteForCase(lease);
    leases.set(key, parameterLeases);
    if (layer === "sent")
      values[name] = wrapIds(state, parameterOf(name), [...first, ...parameterLeases.map(({ id }) => id)]);
    return parameterLeases;
  }

  async function acquireFirst(name: string, state: ResourceState, exclusive: boolean): Promise<Json> {
    if (state.kind === "unknown") return [unknownValue(name, { ...state, isList: false })].flat()[0] ?? null;
    return (await acquireLease(state, await acquireContainers(state, "sent"), exclusive)).id;
  }

  /** The members of the resource that another one resembles are to be found in both. */
  function withAllMembers(state: ResourceState, name: string): ResourceState {
    return testCase.extraResource?.resembles === "similar" && changedParameters.has(name)
      ? { ...state, allMembers: true }
      : state;
  }

  /**
   * The extra resource is used by this case only where it resembles another one, or lies in a resource that is deleted: by
   * the judged call, or before it.
   */
  async function acquireExtra(state: ResourceState): Promise<Lease> {
    const { kind, resembles: how } = state;
    const [original] = affectedLeases();
    const containers = await acquireContainers(state, "sent", kind === "deleted");
    const isContent = kind === "deleted" || (original !== undefined && containers.includes(original));
    const lease = await acquireLease(state, containers, isContent || how !== undefined, {
      ...(how !== undefined && original ? { resembling: { lease: original, how } } : {}),
      ...(how === "same-id" && original ? { id: original.id } : {}),
    });
    if (kind !== "deleted") return lease;
    for (const container of containers) await deleteForCase(container);
    lease.mayBeModified = true;
    return lease;
  }

  /** Deletes a resource and waits until the target no longer shows it. */
  async function deleteForCase(lease: Lease): Promise<void> {
    const { resource } = lease;
    if (!(await source.remove(lease)))
      throw new SetupError(`set-up: the ${resource.name} that the case needs deleted could not be deleted`);
    const probe = resource.consistencySeconds > 0 ? resource.probes.get("gone") : undefined;
    if (!probe) return;
    const result = await pollProbe(context, lease, probe);
    // With another error code the resource is not visible either. If that code is wrong, the case itself finds it.
    const isRefused = result.kind === "fails" && result.observed !== "success" && result.observed !== "found";
    if (result.kind !== "holds" && !isRefused)
      throw new SetupError(`set-up: ${probe.call} still shows the deleted ${resource.name}`);
  }

  async function acquireContainers(state: ResourceState, layer: StateLayer, exclusive = false): Promise<Lease[]> {
    const containers: Lease[] = [];
    for (const ref of state.containers) {
      if (ref.startsWith("another ")) containers.push(await acquireAnother(ref.slice("another ".length), exclusive));
      else containers.push(...(await acquireForParameter(ref, layer)).slice(0, 1));
    }
    return containers;
  }

  /** Another resource is in the same containers as the given one, for example another group in the same zone. */
  async function acquireAnother(resource: string, exclusive: boolean): Promise<Lease> {
    const state: ResourceState = {
      kind: "another",
      resource,
      isList: false,
      count: 1,
      containers: [],
      createMembers: {},
    };
    const givenState = [...testCase.action.given.values()].find((candidate) => candidate.resource === resource);
    return acquireLease(state, givenState ? await acquireContainers(givenState, "given") : [], exclusive);
  }

  /**
   * Resources that a preceding call names are exclusive, because the call changes them. Several preceding calls that name
   * the same state mean one resource.
   */
  async function membersForPrecedingCall({ call, where: callStates }: PrecedingCall): Promise<CallMembers> {
    const action = call === "this" ? testCase.action : (context.service.actions.get(call) ?? testCase.action);
    const members: CallMembers = {};
    for (const [name, state] of callStates) {
      if (state.kind === "new") continue;
      if (state.kind === "unknown") {
        members[name] = unknownValue(name, state, action);
        continue;
      }
      const key = JSON.stringify(state);
      const lease = named.get(key) ?? (await acquireLease(state, await acquireContainers(state, "sent"), true));
      named.set(key, lease);
      members[name] = wrapIds(state, parameterOf(name, action), [lease.id]);
    }
    return members;
  }

  function unknownValue(name: string, state: ResourceState, action = testCase.action): Json {
    const parameter = parameterOf(name, action);
    const resource = resourceOf(context.service, state);
    const ids = Array.from({ length: state.count }, (_, i) => {
      const id = parameter
        ? unknownId(context.service, resource, parameter, {
            seed: context.seed,
            token: state.count > 1 ? `${token}u${i}` : token,
          })
        : token;
      return typeof id === "object" && id !== null ? (Object.values(id)[0] as Json) : id;
    });
    return wrapIds(state, parameter, ids);
  }

  async function acquireLease(
    state: ResourceState,
    containers: readonly Lease[],
    exclusive: boolean,
    { mayUseProvided = false, ...requested }: LeaseOptions = {},
  ): Promise<Lease> {
    const resource = resourceOf(context.service, state);
    const { action } = testCase;
    const providedId =
      !mayUseProvided || action.mutating || exclusive || !canUseProvidedResource(action, state)
        ? undefined
        : context.providedResources[providedResourceName(state)];
    if (providedId !== undefined && resource.id !== "given") return providedLease(resource, providedId, containers);
    const { createMembers, allMembers } = state;
    const key = JSON.stringify([
      resource.name,
      createMembers,
      allMembers,
      containers.map((c) => [c.resource.name, c.id]),
    ]);
    const request = {
      resource,
      containers,
      createMembers,
      exclusive,
      key,
      ...requested,
      ...(allMembers ? { allMembers } : {}),
    };
    const idleLease = exclusive ? undefined : source.takeIdle(key);
    const lease = idleLease ?? (await createResource(context, request));
    acquired.push(lease);
    if (!idleLease) await waitUntilVisible(context, lease);
    return lease;
  }

  /** A resource of the target file is only read: no call that could change it gets its id. */
  function providedLease(resource: Resource, id: Json, containers: readonly Lease[]): Lease {
    const lease = standaloneLease(resource, id, {}, containers, null);
    acquired.push(lease);
    return lease;
  }

  function parameterOf(name: string, action = testCase.action): Parameter | undefined {
    return action.parameters.find((parameter) => parameter.name === name);
  }

  function fill(parameter: Parameter, i: number): Json | undefined {
    const state = parameter.fillWith;
    if (!state) return undefined;
    const name = { seed: context.seed, token: `${token}f${i}` };
    const id = unknownId(context.service, resourceOf(context.service, state), parameter, name);
    if (state.itemMember === undefined || (typeof id === "object" && id !== null && state.itemMember in id)) return id;
    return { [state.itemMember]: id };
  }

  async function release(spoiled: boolean): Promise<void> {
    for (const lease of acquired.splice(0).reverse()) {
      if (lease.deleted) continue;
      if (spoiled || lease.exclusive) await source.remove(lease);
      else source.giveBack(lease);
    }
  }
}

/** The members of the create call of the extra resource, or of its container where the judged call creates such a container. */
function createInputOf(extraResource: Lease | null, { action }: Case): CallMembers {
  const container = extraResource?.containers.find(({ resource }) => resource === action.creates);
  return (container ?? extraResource)?.input ?? {};
}

const layerKey = (layer: StateLayer, parameterName: string): string => `${layer} ${parameterName}`;

/** The parameter whose resource gets entries in the list. */
function listedParameters({ action, listPlan }: Case): readonly string[] {
  if (!listPlan || !action.returnedList) return [];
  const scope = listScope(action, action.returnedList);
  return "parameter" in scope ? [scope.parameter] : [];
}

/** The parameters whose resources the case changes: none if it expects a refusal, unless a preceding call is the same call. */
function changedByCase(testCase: Case, states: ReadonlyMap<string, ResourceState>): Set<string> {
  const repeatsCall = testCase.situation?.precedingCalls.some(({ call }) => call === "this") ?? false;
  return testCase.expect.outcome === "refused" && !repeatsCall
    ? new Set()
    : affectedParameters(testCase.action, states);
}
