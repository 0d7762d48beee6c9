/** The action of a derived emulation and its resources → the output: the members of a resource, and the lists that probes read. */
import type { Action, CallMembers, Json, Resource, Schema } from "../../model/index.ts";
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
    const entities = entitiesOf(resource);
    // Only an offset is a number: tokens are never issued, because a list has one page.
    const offset = totalPointer === "" ? 0 : Number(input[parameter ?? ""] ?? 0);
    const items = (schemaAt(action.output, pointer) as { items?: Schema }).items ?? {};
    const page = entities.slice(offset).map((entity) => minimalValue(items, entity.members));
    setAt(output, pointer, page);
    if (totalPointer !== "") setAt(output, totalPointer, entities.length);
  }
  return output;
}

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
