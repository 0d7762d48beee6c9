/** Checks that every member and every item of a list has the declared JSON type. */
import type { Json, Schema } from "../../model/index.ts";
import { placesOf } from "../../spec/places/places.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuseBreach } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { placedValues } from "./places.ts";

export function checkTypes(context: RequestContext): EmulatorRefusal | undefined {
  for (const parameter of context.behaviour.parameterOrder(context.action?.parameters ?? [], context)) {
    const { name, refusals } = parameter;
    for (const place of placesOf(parameter)) {
      const own = place.refusals.get("type");
      const expected = own ?? (place.path === "[]" ? refusals.get("type") : undefined);
      for (const { at, value } of placedValues(name, context.members[name], place.path)) {
        // Null has a breach of its own, except as an item.
        if (value === undefined || (value === null && place.path !== "[]") || hasType(place.schema, value)) continue;
        const details = { parameter: at, place: place.name, breach: "type", value };
        const refusal = refuseBreach(context, expected, context.codes.type, details);
        if (refusal) return refusal;
      }
    }
  }
  return undefined;
}

/** True where the schema has no type, or the value has one of its types. */
export function hasType(schema: Schema, value: Json): boolean {
  const names = [schema.type].flat() as (string | undefined)[];
  return names.some((name) => name === undefined || isType(name, value));
}

function isType(name: string, value: Json): boolean {
  if (name === "null") return value === null;
  if (name === "array") return Array.isArray(value);
  if (name === "object") return value !== null && typeof value === "object" && !Array.isArray(value);
  if (name === "integer") return Number.isInteger(value);
  return typeof value === name;
}
