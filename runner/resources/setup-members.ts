/** A resource and its containers → the members of the calls that create, delete and find it. */
import type { Action, CallMembers, Json, Parameter, ResourceState, Service } from "../model/index.ts";
import { idMember } from "../spec/id-member.ts";
import { hash, random } from "../values/random.ts";
import { validValue } from "../values/valid-value.ts";
import type { Lease } from "./lease.ts";
import { withContainers } from "./lease.ts";

export interface NameContext {
  readonly seed: number;
  /** Part of the names, so that they are unique on the target. */
  readonly token: string;
}

/** Ids in the form of the state: one id, a list, or a list of objects. */
export function wrapIds(
  state: ResourceState | undefined,
  parameter: Parameter | undefined,
  ids: readonly Json[],
): Json {
  const wrap = (id: Json): Json => (state?.itemMember === undefined ? id : { [state.itemMember]: id });
  const isList = state?.isList ?? parameter?.schema.type === "array";
  return isList ? ids.map(wrap) : wrap(ids[0] ?? null);
}

/** A valid value for a parameter of a set-up call. The value of a unique parameter, and of a new id, contains the token. */
export function newMemberValue(
  action: Action,
  parameter: Parameter,
  state: ResourceState | undefined,
  name: NameContext,
): Json {
  const isUnique = parameter.uniqueWithin !== undefined || state?.kind === "new";
  const valueContext = {
    seed: name.seed,
    random: random(hash(`${action.id} ${parameter.name} ${name.token}`, name.seed)),
    token: isUnique ? name.token : "",
  };
  return validValue(parameter, valueContext);
}

/** The members of the call that deletes a lease: its id, the ids of its containers, and members that the create call had too. */
export function deleteMembers(action: Action, lease: Lease): CallMembers {
  const members: CallMembers = {};
  const leaseIdMember = idMember(lease.resource.id);
  const leases = [...withContainers(lease)];
  for (const parameter of action.parameters) {
    const { name } = parameter;
    const state = action.given.get(name);
    if (!state) continue;
    const namedLease = leases.find(({ resource }) => resource.name === state.resource);
    if (namedLease) members[name] = wrapIds(state, parameter, [namedLease.id]);
    else if (name === leaseIdMember) members[name] = wrapIds(state, parameter, [lease.id]);
    else if (lease.input[name] !== undefined) members[name] = lease.input[name] as Json;
  }
  return members;
}

/** The codes with which a delete action reports that the resource does not exist, or is not in the named container. */
export function notFoundCodes(action: Action): Set<string> {
  const codes = new Set<string>();
  for (const { where, precedingCalls, refused } of action.situations) {
    const isMissing = [...where].some(
      ([name, state]) =>
        state.kind === "unknown" || state.kind === "deleted" || isInOtherContainer(action, name, state),
    );
    // Only an identical repetition: a call with other members may be refused because of them.
    const isRepetition =
      precedingCalls.length > 0 && precedingCalls.every(({ call, where }) => call === "this" && where.size === 0);
    if (isMissing || isRepetition) for (const code of refused?.codes ?? []) codes.add(code);
  }
  return codes;
}

/** True if the state is in another container than the one that the call names. */
const isInOtherContainer = (action: Action, parameterName: string, state: ResourceState): boolean =>
  state.containers.some((ref) =>
    (action.given.get(parameterName)?.containers ?? []).some(
      (container) => ref === `another ${action.given.get(container)?.resource}`,
    ),
  );

/** True for a code with which that action reports that something does not exist. */
export function isNotFoundCode(service: Service, actionName: string, code: string): boolean {
  const action = service.actions.get(actionName);
  return action !== undefined && notFoundCodes(action).has(code);
}
