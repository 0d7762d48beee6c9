/** The action of a derived emulation and its resources → the output: the members of a resource, and the lists that probes read. */
import type { Action, CallMembers, Json, Resource, ReturnedList, Schema } from "../../model/index.ts";
import { pageSizeOf } from "../../spec/returned-list.ts";
import { minimalValue } from "../pipeline/minimal-output.ts";
import type { Entity } from "./derived-state.ts";

/** `members`: those of the resources that the call names. `entitiesOf`: the existing ones in the containers that the call names. */
export function derivedOutput(
  action: Action,
  input: CallMembers,
  members: CallMembers,
  entitiesOf: (resource: Resource) => readonly Entity[],
): CallMembers {
  const output = minimalValue(action.output, members) as CallMembers;
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
    const page = entities.slice(offset, end).map((entity) => minimalValue(items, entity.members));
    setAt(output, pointer, page);
    const total = list?.totalPointer ?? totalPointer;
    if (total !== "") setAt(output, total, entities.length);
    const hasNext = end < entities.length;
    if (list?.nextToken !== undefined && hasNext) output[list.nextToken] = String(end);
    if (list?.truncatedPointer !== undefined) setAt(output, list.truncatedPointer, hasNext);
  }
  return output;
}

const isSelected = ({ filters }: ReturnedList, input: CallMembers, { members }: Entity): boolean =>
  [...filters].every(([parameter, { member, pattern }]) => {
    const sent = input[parameter];
    if (sent === undefined || sent === null || sent === "") return true;
    return pattern === undefined ? members[member] === sent : new RegExp(pattern, "u").test(String(members[member]));
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
