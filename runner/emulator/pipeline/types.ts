/** The JSON type of every member and of every item of a list, as declared. */
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
    const refusal = refusals.get("type");
    if (!hasType(schema, value)) {
      const refused = refuseBreach(context, refusal, context.codes.type, { parameter: name, breach: "type", value });
      if (refused) return refused;
    }
    const items = (schema as { items?: Schema }).items;
    if (!items || !Array.isArray(value)) continue;
    const i = value.findIndex((item) => !hasType(items, item));
    if (i < 0) continue;
    const refused = refuseBreach(context, itemRefusals.get("type") ?? refusal, context.codes.type, {
      parameter: `${name}[${i}]`,
      breach: "type",
      value: value[i],
    });
    if (refused) return refused;
  }
  return undefined;
}

/** True where the schema names no type, or one that the value is of. */
export function hasType(schema: Schema, value: Json): boolean {
  const names = [schema.type].flat() as (string | undefined)[];
  return names.some((name) => name === undefined || is(name, value));
}

function is(name: string, value: Json): boolean {
  if (name === "null") return value === null;
  if (name === "array") return Array.isArray(value);
  if (name === "object") return value !== null && typeof value === "object" && !Array.isArray(value);
  if (name === "integer") return Number.isInteger(value);
  return typeof value === name;
}
