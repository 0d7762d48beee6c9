/** Checks that every member and every item of a list has the declared JSON type. */
import type { Json, Schema } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuseBreach } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";

export function checkTypes(context: RequestContext): EmulatorRefusal | undefined {
  for (const { name, schema, refusals, itemRefusals } of context.behaviour.parameterOrder(
    context.action?.parameters ?? [],
    context,
  )) {
    const value = context.members[name];
    if (value === undefined || value === null) continue;
    const typeRefusal = refusals.get("type");
    if (!hasType(schema, value)) {
      const refusal = refuseBreach(context, typeRefusal, context.codes.type, {
        parameter: name,
        breach: "type",
        value,
      });
      if (refusal) return refusal;
    }
    const items = (schema as { items?: Schema }).items;
    if (!items || !Array.isArray(value)) continue;
    const i = value.findIndex((item) => !hasType(items, item));
    if (i < 0) continue;
    const refusal = refuseBreach(context, itemRefusals.get("type") ?? typeRefusal, context.codes.type, {
      parameter: `${name}[${i}]`,
      breach: "type",
      value: value[i],
    });
    if (refusal) return refusal;
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
