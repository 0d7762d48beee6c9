/** A resource and what it stands in → the members of the calls that make, delete and find it. */
import type { Action, CallMembers, Json, Parameter, Resource, ResourceState, Service } from "../model/index.ts";
import { matchingText } from "../values/phrases.ts";
import { hash, random } from "../values/random.ts";
import { validItem, validValue } from "../values/valid-value.ts";
import type { Lease } from "./lease.ts";
import { withContainers } from "./lease.ts";
import { idMember } from "./value-path.ts";

export interface NameContext {
  readonly seed: number;
  readonly token: string;
}

/** Wraps an id as the state says: bare, in a list, or in a list of objects. */
export function wrapIds(
  state: ResourceState | undefined,
  parameter: Parameter | undefined,
  ids: readonly Json[],
): Json {
  const wrap = (id: Json): Json => (state?.itemMember === undefined ? id : { [state.itemMember]: id });
  const list = state?.isList ?? parameter?.schema.type === "array";
  return list ? ids.map(wrap) : wrap(ids[0] ?? null);
}

/** A valid value for a parameter of a set-up call; what must be there once carries the token. */
export function newMemberValue(
  action: Action,
  p: Parameter,
  state: ResourceState | undefined,
  name: NameContext,
): Json {
  const once = p.uniqueWithin !== undefined || state?.kind === "new";
  const making = {
    seed: name.seed,
    random: random(hash(`${action.id} ${p.name} ${name.token}`, name.seed)),
    token: once ? name.token : "",
  };
  return validValue(p, making);
}

/** An id that no resource has: made from the resource's own pattern, or in the manner of the parameter with the run's token. */
export function unknownId(resource: Resource, parameter: Parameter, name: NameContext): Json {
  const seed = hash(`${resource.name} ${name.token}`, name.seed);
  if (resource.unknownIdPattern !== undefined) return matchingText(resource.unknownIdPattern, seed);
  const making = { seed: name.seed, random: random(seed), token: name.token };
  return parameter.schema.type === "array" ? validItem(parameter, making, 0) : validValue(parameter, making);
}

/** The call that deletes a lease: the parameter of the resource's own state gets the id, those of its containers theirs. */
export function deleteMembers(action: Action, lease: Lease): CallMembers {
  const members: CallMembers = {};
  const own = idMember(lease.resource.id);
  const lineage = [...withContainers(lease)];
  for (const p of action.parameters) {
    const state = action.given.get(p.name);
    if (!state) continue;
    const holder = lineage.find((l) => l.resource.name === state.resource);
    if (holder) members[p.name] = wrapIds(state, p, [holder.id]);
    else if (p.name === own) members[p.name] = wrapIds(state, p, [lease.id]);
    else if (lease.input[p.name] !== undefined) members[p.name] = lease.input[p.name] as Json;
  }
  return members;
}

/** The codes by which the delete says that the resource is not there, or not where it is said to be. */
export function notFoundCodes(action: Action): Set<string> {
  const codes = new Set<string>();
  for (const s of action.situations) {
    const missing = [...s.where].some(
      ([name, w]) => w.kind === "unknown" || w.kind === "deleted" || isElsewhere(action, name, w),
    );
    // The same call once more; one with other members may be refused for those.
    const again = s.precedingCalls.length > 0 && s.precedingCalls.every((b) => b.call === "this" && b.where.size === 0);
    if (missing || again) for (const code of s.refused?.codes ?? []) codes.add(code);
  }
  return codes;
}

/** In another group than the one that the call names; what names no group and is in one is there. */
const isElsewhere = (action: Action, parameter: string, state: ResourceState): boolean =>
  state.containers.some((ref) =>
    (action.given.get(parameter)?.containers ?? []).some((of) => ref === `another ${action.given.get(of)?.resource}`),
  );

/** True for a code by which that call says that something is not there. */
export function isNotFoundCode(service: Service, call: string, code: string): boolean {
  const action = service.actions.get(call);
  return action !== undefined && notFoundCodes(action).has(code);
}
