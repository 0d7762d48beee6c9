/** The resources of a derived emulation: which of them a call names, and the refusal that their state demands. */
import type { Action, CallMembers, Json, Resource, ResourceState, Situation } from "../../model/index.ts";
import { isCaseToken } from "../../spec/case-token.ts";
import { providedResourceKey } from "../../spec/target-resources.ts";
import { providedResources } from "../test-credentials.ts";
import type { HandlerContext } from "./handler.ts";

export interface Entity {
  readonly resource: string;
  readonly id: Json;
  /** Keys of the resources that the creating call named, and of their containers. */
  readonly containers: ReadonlySet<string>;
  /** The members of the calls that created and changed it, and its id. */
  readonly members: CallMembers;
  /** When it was created, in milliseconds since the epoch. */
  readonly createdMs: number;
}

export interface DerivedState {
  entities: Entity[];
  /** Keys of the resources that existed and were deleted. */
  readonly deleted: Set<string>;
  /** Input and output of each accepted call with an idempotency token, by action and token. */
  readonly tokens: Map<string, { readonly input: string; readonly output: CallMembers }>;
}

export const keyOf = (resource: string, id: Json): string => `${resource} ${JSON.stringify(id)}`;

/** The ids that a parameter names; none where it is absent. */
export function idsIn(input: CallMembers, name: string, itemMember?: string): Json[] {
  const values = [input[name] ?? []].flat() as Json[];
  return itemMember === undefined ? values : values.map((item) => (item as CallMembers | null)?.[itemMember] ?? null);
}

/** The existing resources that a parameter names: in the state of `given`, else in that of a situation. */
export function entitiesNamed(action: Action, state: DerivedState, input: CallMembers, name: string): Entity[] {
  const states = [action.given, ...action.situations.map(({ where }) => where)].flatMap((of) => of.get(name) ?? []);
  const found = states.map((s) =>
    idsIn(input, name, s.itemMember).flatMap((id) =>
      state.entities.filter((e) => isInState(action, state, input, e, s, id)),
    ),
  );
  return found.find((entities) => entities.length > 0) ?? [];
}

function isInState(
  action: Action,
  state: DerivedState,
  input: CallMembers,
  e: Entity,
  s: ResourceState,
  id: Json,
): boolean {
  const hasMembers = Object.entries(s.createMembers).every(
    ([name, value]) => JSON.stringify(e.members[name]) === JSON.stringify(value),
  );
  return e.resource === s.resource && e.id === id && hasMembers && s.containers.every(isContainer);

  /** `another group` is any group but the one that the call names, which exists as well. */
  function isContainer(ref: string): boolean {
    const isAnother = ref.startsWith("another ");
    const keys = [...action.given]
      .filter(([name, g]) => (isAnother ? g.resource === ref.slice("another ".length) : name === ref))
      .flatMap(([name, g]) => idsIn(input, name, g.itemMember).map((i) => keyOf(g.resource, i)));
    if (!isAnother) return keys.some((key) => e.containers.has(key));
    return keys.every((key) => !e.containers.has(key) && state.entities.some((o) => keyOf(o.resource, o.id) === key));
  }
}

/** True where each id that the parameter names is in the state. */
function holds(action: Action, state: DerivedState, input: CallMembers, name: string, s: ResourceState): boolean {
  const resource = action.service.resources.get(s.resource);
  return idsIn(input, name, s.itemMember).every((id) => {
    const isProvided = resource?.id === "given" && id === providedId(resource);
    const exists = isProvided || state.entities.some((e) => e.resource === s.resource && e.id === id);
    const isDeleted = state.deleted.has(keyOf(s.resource, id));
    if (s.kind === "new") return true;
    if (s.kind === "unknown" || s.kind === "deleted") return !exists && isDeleted === (s.kind === "deleted");
    return isProvided || state.entities.some((e) => isInState(action, state, input, e, s, id));
  });
}

const providedId = (resource: Resource): Json | undefined =>
  (providedResources as Readonly<Record<string, Json>>)[providedResourceKey(resource)];

/** The refusal of the first situation that the state is in; undefined where the call is accepted or no document decides. */
export function refusalOfState(action: Action, state: DerivedState, input: CallMembers, { refuse }: HandlerContext) {
  const isIn = (name: string, s: ResourceState) => holds(action, state, input, name, s);
  // Members of the creating call are compared only where a situation names them.
  const missing = [...action.given].find(([name, s]) => !isIn(name, { ...s, createMembers: {} }));
  const situations = action.situations.filter((s) => s.precedingCalls.length === 0);
  const candidates = situations.filter(
    (s) => missing !== undefined || s.where.size === 0 || [...s.where.values()].some(hasCreateMembers),
  );
  let situation = candidates.find(
    (s) => isSentAs(s, input) && [...s.where].every(([name, state]) => isIn(name, state)),
  );
  if (!situation && missing) {
    const [parameter, { resource, itemMember }] = missing;
    // Where only one of the two states is documented, a deleted resource counts as unknown.
    const isDeleted = idsIn(input, parameter, itemMember).some((id) => state.deleted.has(keyOf(resource, id)));
    const similar = situations.find((s) => ["unknown", "deleted"].includes(s.where.get(parameter)?.kind ?? ""));
    situation = (isDeleted ? repetitionOf(action) : undefined) ?? similar;
  }
  const [code] = situation?.refused?.codes ?? [];
  return code === undefined ? undefined : refuse(code);
}

/** True where the call has the members by which the situation differs from others; every call may have a token. */
const isSentAs = ({ additionalMembers }: Situation, input: CallMembers): boolean =>
  Object.entries(additionalMembers).every(
    ([name, value]) => isCaseToken(value) || JSON.stringify(input[name]) === JSON.stringify(value),
  );

const hasCreateMembers = (s: ResourceState): boolean => Object.keys(s.createMembers).length > 0;

/** The situation in which the same call was sent before. */
export const repetitionOf = ({ situations }: Action) =>
  situations.find(
    (s) => s.precedingCalls.some(({ call }) => call === "this") && Object.keys(s.additionalMembers).length === 0,
  );

/** The existing resources of a kind that lie in the containers which the call names. */
export const existingIn =
  (action: Action, { entities }: DerivedState, input: CallMembers) =>
  (resource: Resource): Entity[] => {
    const containers = [...action.given].filter(([, s]) => resource.containers.includes(s.resource));
    const keys = containers.flatMap(([name, s]) => idsIn(input, name, s.itemMember).map((id) => keyOf(s.resource, id)));
    return entities.filter((e) => e.resource === resource.name && keys.every((key) => e.containers.has(key)));
  };
