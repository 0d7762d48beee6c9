/** The action of a derived emulation and its resources → the output: the members of a resource, and the lists that probes read. */
import type { Action, CallMembers, Json, Resource, ReturnedList, Schema } from "../../model/index.ts";
import { entryMembers, PLAIN_ENTRY, pageSizeOf } from "../../spec/returned-list.ts";
import { minimalValue } from "../pipeline/minimal-output.ts";
import { type DerivedState, type Entity, existingIn } from "./derived-state.ts";
import { describedMembers } from "./described-members.ts";

/** `members`: those of the resources that the call names. `shown`: the resource whose properties `returnsResource` states. */
export function derivedOutput(
  action: Action,
  input: CallMembers,
  members: CallMembers,
  shown: Entity | undefined,
  state: DerivedState,
): CallMembers {
  const { returnedResource: returned } = action;
  const properties =
    returned && shown
      ? describedMembers(returned, schemaAt(action.output, returned.pointer), shown, state.entities)
      : {};
  const output = minimalValue(action.output, { ...members, ...properties }) as CallMembers;
  const entitiesOf = existingIn(action, state, input);
  for (const resource of action.service.resources.values()) {
    const listing = listingOf(resource, action.name);
    if (!listing) continue;
    const { pagination, pointer } = listing;
    const { parameter, totalPointer = "" } = pagination ?? {};
    const list = action.returnedList?.listPointer === pointer ? action.returnedList : undefined;
    const entities = entitiesOf(resource).filter((entity) => !list || isSelected(list, input, entity));
    // A token is the number of the entries before its page.
    const start = list?.nextToken === undefined ? undefined : input[list.nextToken];
    const offset = Number(start ?? input[list?.offset ?? (totalPointer === "" ? "" : (parameter ?? ""))] ?? 0);
    const end = offset + ((list && pageSizeOf(action, list, input)) ?? entities.length);
    const items = (schemaAt(action.output, pointer) as { items?: Schema }).items ?? {};
    const isPlain = items.type !== undefined && items.type !== "object";
    const entryOf = (entity: Entity): Json => {
      if (isPlain) return entity.id;
      const ofList = list && { members: entryMembers(action, list, resource), counts: list.counts };
      const described = ofList ? describedMembers(ofList, items, entity, state.entities) : {};
      return minimalValue(items, { ...entity.members, ...described });
    };
    const page = entities.slice(offset, end).map(entryOf);
    setAt(output, pointer, page);
    const total = list?.totalPointer ?? totalPointer;
    if (total !== "") setAt(output, total, entities.length);
    const hasNext = end < entities.length;
    if (list?.nextToken !== undefined && hasNext) output[list.nextToken] = String(end);
    if (list?.truncatedPointer !== undefined) setAt(output, list.truncatedPointer, hasNext);
  }
  return output;
}

const isSelected = ({ filters, idMember }: ReturnedList, input: CallMembers, { id, members }: Entity): boolean =>
  [...filters].every(([parameter, { member, pattern }]) => {
    const sent = input[parameter];
    if (sent === undefined || sent === null || sent === "") return true;
    const value = idMember === undefined && member === PLAIN_ENTRY ? id : members[member];
    return pattern === undefined ? value === sent : new RegExp(pattern, "u").test(String(value));
  });

/** The pointer to the list in which a probe or the look-up of the resource searches with this action. */
function listingOf({ probes, lookup }: Resource, action: string) {
  const probe = [...probes.values()].find((p) => p.call === action && (p.expectListed ?? p.expectNotListed));
  const pointer = (probe?.expectListed ?? probe?.expectNotListed)?.["listPointer"];
  if (probe) return { pagination: probe.pagination, pointer: String(pointer) };
  return lookup?.call === action ? { pagination: lookup.pagination, pointer: lookup.listPointer } : undefined;
}

const namesIn = (pointer: string): string[] => pointer.split("/").slice(1);

export const schemaAt = (schema: Schema, pointer: string): Schema =>
  namesIn(pointer).reduce((s, name) => (s.properties?.[name] ?? {}) as Schema, schema);

function setAt(output: CallMembers, pointer: string, value: Json): void {
  const names = namesIn(pointer);
  const last = names.pop() ?? "";
  let parent = output;
  for (const name of names) {
    parent[name] ??= {};
    parent = parent[name] as CallMembers;
  }
  parent[last] = value;
}
