/** A list that an action returns → resources of the run in it, and one that was in it and is deleted. */
import type { Action, CallMembers, Json, ListPlan, Parameter, Resource, ReturnedList } from "../model/index.ts";
import { entryMembers, type ListScope, listScope } from "../spec/returned-list.ts";
import { hash, random } from "../values/random.ts";
import { validValue } from "../values/valid-value.ts";
import { directContainers } from "./contents.ts";
import { createResource } from "./create.ts";
import type { Lease } from "./lease.ts";
import type { ResourceContext } from "./resource-context.ts";
import { SetupError } from "./target-call.ts";
import { waitUntilVisible } from "./wait-until-visible.ts";

/** The resources whose ids the list has, or has no more. */
export interface ListEntries {
  readonly listed: readonly Lease[];
  readonly deleted: readonly Lease[];
}

export const NO_ENTRIES: ListEntries = { listed: [], deleted: [] };

export interface EntrySource {
  /** The first resource that a parameter of the call names. */
  leaseOf(parameter: string): Lease | undefined;
  /** Called with each lease as soon as it exists, so that it is given back. */
  acquired(lease: Lease): void;
  /** Deletes a resource; false if the target did not delete it. */
  remove(lease: Lease): Promise<boolean>;
}

/** Each entry is created with other values, so that the entries differ in every member. The last one is deleted again. */
export async function createListEntries(
  context: ResourceContext,
  action: Action,
  list: ReturnedList,
  { count }: ListPlan,
  { leaseOf, acquired, remove }: EntrySource,
): Promise<ListEntries> {
  const scope = listScope(action, list);
  const listed = context.service.resources.get(list.resources[0] ?? "");
  if (!listed) throw new Error(`${action.id}: no resource "${list.resources[0]}"`);
  const about = "parameter" in scope ? leaseOf(scope.parameter) : undefined;
  const create = async (resource: Resource, containers: readonly Lease[], createMembers: CallMembers = {}) => {
    const lease = await createResource(context, { resource, containers, createMembers, exclusive: true, key: "" });
    acquired(lease);
    await waitUntilVisible(context, lease);
    return lease;
  };
  // A resource that is in no container cannot be created, so the one that it is in is the first entry.
  const entries = scope.kind === "containers" ? containersOf(about, listed.name) : [];
  let last: Lease | undefined;
  for (let i = entries.length; i <= count; i++) {
    const members = differingMembers(context, action, list, listed, i);
    const entry = await create(listed, containersFor(scope, about), members);
    last = scope.kind === "containers" && about ? await create(scope.membership, [entry, about]) : entry;
    entries.push(entry);
  }
  const deleted = entries.pop();
  if (!deleted || !last || !(await remove(last)))
    throw new SetupError(`set-up: the ${last?.resource.name} that the case needs deleted could not be deleted`);
  return { listed: entries, deleted: [deleted] };
}

const containersFor = (scope: ListScope, about: Lease | undefined): readonly Lease[] =>
  scope.kind === "contents" && about ? [about] : [];

const containersOf = (about: Lease | undefined, resource: string): Lease[] =>
  (about ? directContainers(about) : []).filter((container) => container.resource.name === resource);

/** Members of the create call that the list shows: for entry `i` the value `i` of an enumeration or range, else one with a token. */
function differingMembers(
  context: ResourceContext,
  action: Action,
  list: ReturnedList,
  resource: Resource,
  i: number,
): CallMembers {
  const create = context.service.actions.get(resource.create ?? "");
  const members: CallMembers = {};
  for (const path of Object.values(entryMembers(action, list, resource))) {
    const name = typeof path === "string" && path.startsWith("input.") ? path.slice("input.".length) : "";
    const parameter = create?.parameters.find((p) => p.name === name);
    if (parameter && !create?.given.has(name) && parameter.positiveValues?.values !== "never")
      members[name] = entryValue(context, parameter, i);
  }
  return members;
}

/** Integers without a maximum count up to this much above their minimum. */
const MAX_COUNT = 100;

function entryValue({ seed, newToken }: ResourceContext, parameter: Parameter, i: number): Json {
  const { type, enum: documented, minimum = 0, maximum = minimum + MAX_COUNT } = parameter.schema;
  const values = parameter.positiveValues?.values ?? documented;
  if (Array.isArray(values)) return values[i % values.length] as Json;
  if (type === "boolean") return i % 2 === 1;
  // Independent of the seed, so that runs with different seeds can be compared.
  if (type === "integer") return minimum + (i % (maximum - minimum + 1));
  const token = newToken();
  return validValue(parameter, { seed, random: random(hash(`${parameter.name} ${token}`, seed)), token });
}
