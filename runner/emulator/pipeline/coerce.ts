/** Text of a query or form → a value of the JSON type that the schema declares; text that cannot be converted stays text. */
import type { Json, Schema } from "../../model/index.ts";

/** Converts lists and objects member by member. */
export function coerce(schema: Schema | undefined, value: Json): Json {
  if (!schema) return value;
  if (Array.isArray(value)) {
    const items = (schema as { items?: Schema }).items;
    return value.map((v) => coerce(items, v));
  }
  if (value !== null && typeof value === "object") {
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    return Object.fromEntries(
      Object.entries(value).map(([name, v]) => [
        name,
        coerce(Object.hasOwn(properties, name) ? properties[name] : undefined, v),
      ]),
    );
  }
  return typeof value === "string" ? fromText([schema.type].flat() as (string | undefined)[], value) : value;
}

function fromText(types: readonly (string | undefined)[], text: string): Json {
  if (types.includes("string")) return text;
  if (types.includes("integer") && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes("number") && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  // The Python client sends True and False.
  if (types.includes("boolean") && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text;
}
