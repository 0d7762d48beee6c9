/** What `returnsResource` and `returnsList` state of a resource -> the values that the derived emulation returns for it. */
import type { CallMembers, Json, Schema } from "../../model/index.ts";
import type { Entity } from "./derived-state.ts";
import { keyOf } from "./derived-state.ts";

interface DescribedResource {
  /** By member: `id`, `input.X`, `{ endsWith }`, `{ is: time }` or `{ is: httpStatus }`. */
  readonly members: CallMembers;
  /** By member: the resource whose number in this one it states. */
  readonly counts: Readonly<Record<string, string>>;
}

/** `schema`: that of the object with the members. A member whose value the creating call did not send is left out. */
export function describedMembers(
  { members, counts }: DescribedResource,
  schema: Schema,
  entity: Entity,
  entities: readonly Entity[],
): CallMembers {
  const shown: CallMembers = {};
  for (const [name, expected] of Object.entries(members)) {
    const value = shownValue(expected, (schema.properties?.[name] ?? {}) as Schema, entity);
    if (value !== undefined) shown[name] = value;
  }
  const key = keyOf(entity.resource, entity.id);
  for (const [name, resource] of Object.entries(counts))
    shown[name] = entities.filter((e) => e.resource === resource && e.containers.has(key)).length;
  return shown;
}

function shownValue(expected: Json, schema: Schema, entity: Entity): Json | undefined {
  if (expected === "id") return entity.id;
  if (typeof expected === "string" && expected.startsWith("input."))
    return expected
      .split(".")
      .slice(1)
      .reduce<Json | undefined>((at, name) => (at as CallMembers | null | undefined)?.[name], entity.members);
  if (typeof expected !== "object" || expected === null || Array.isArray(expected)) return undefined;
  const { endsWith, is } = expected as { endsWith?: Json; is?: Json };
  const isText = [schema.type].flat()[0] === "string";
  if (endsWith !== undefined) {
    const end = shownValue(endsWith, {}, entity);
    return end === undefined ? undefined : `emulator/${end}`;
  }
  if (is === "httpStatus") return isText ? "200" : 200;
  if (is !== "time") return undefined;
  return isText ? new Date(entity.createdMs).toISOString() : Math.floor(entity.createdMs / 1000);
}
