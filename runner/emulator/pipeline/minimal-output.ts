/** An output schema → the smallest value that it allows: the output of an action without a handler. */
import type { CallMembers, Json, Schema } from "../../model/index.ts";

/** `known`: values of members, by name at any depth; a member in it is part of the value also where it is optional. */
export function minimalValue(schema: Schema, known: CallMembers = {}): Json {
  const s = schema as Record<string, never> & { const?: Json; enum?: Json[]; default?: Json; example?: Json };
  for (const value of [s.const, s.example, s.default, s.enum?.[0]]) if (value !== undefined) return value;
  const type = [schema.type].flat()[0];
  if (type === "null") return null;
  if (type === "boolean") return false;
  if (type === "integer" || type === "number") return (schema.minimum as number | undefined) ?? 0;
  if (type === "string") return "x".repeat(schema.minLength ?? 0);
  if (type === "array") {
    const items = (schema as { items?: Schema }).items ?? {};
    return Array.from({ length: schema.minItems ?? 0 }, () => minimalValue(items));
  }
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const names = Object.keys(properties).filter((name) => known[name] !== undefined);
  return Object.fromEntries(
    [...new Set([...(schema.required ?? []), ...names])].map((name) => [
      name,
      knownValue(properties[name] ?? {}, known[name], known),
    ]),
  );
}

/** A known value in the form of the schema: a list of objects gets the members that its items require. */
function knownValue(schema: Schema, value: Json | undefined, known: CallMembers): Json {
  const items = (schema as { items?: Schema }).items;
  if (value === undefined) return minimalValue(schema, known);
  if (!Array.isArray(value) || !items?.properties) return value;
  return value.map((item) => minimalValue(items, item as CallMembers));
}
