/** The output schema of an action → an output with every declared member, whose values a careless reader would change. */
import type { Action, CallMembers, Json, Schema } from "../model/index.ts";

/** Largest 32-bit integer: clients have 32-bit integers for many members, and a float with 24 bits rounds it. */
const LARGE_INTEGER = 2 ** 31 - 1;
/** Characters of one to four UTF-8 bytes, and those that JSON escapes. */
const TEXT = 'a é 中 😀 "\\/';
/** A time in seconds where the member is one. */
const NUMBER = 1_700_000_000.5;
/** A schema that refers to itself ends here; documented outputs are less deep. */
const MAX_DEPTH = 8;

export const scriptedOutput = (action: Action): CallMembers => scriptedValue(action.output, 0) as CallMembers;

/** Members that say how the call went have the value of a success. */
function scriptedValue(schema: Schema, depth: number): Json {
  const s = schema as Record<string, never> & { const?: Json; enum?: Json[]; example?: Json };
  for (const value of [s.const, s.example, s.enum?.[0]]) if (value !== undefined) return value;
  const type = [schema.type].flat().find((name) => name !== "null");
  if (type === "boolean") return true;
  if (type === "integer") return schema.maximum ?? Math.max(LARGE_INTEGER, schema.minimum ?? 0);
  if (type === "number") return schema.maximum ?? NUMBER;
  if (type === "string") return textOf(schema);
  if (type === "array") {
    const items = (schema as { items?: Schema }).items;
    return items && depth < MAX_DEPTH ? [scriptedValue(items, depth + 1)] : [];
  }
  if (depth >= MAX_DEPTH) return {};
  return Object.fromEntries(
    Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, member]) => [
      name,
      scriptedValue(member, depth + 1),
    ]),
  );
}

/** A text with a documented form keeps to it as far as its length. */
function textOf({ pattern, format, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema): string {
  const text = pattern === undefined && format === undefined ? TEXT : "1";
  return [...text.padEnd(minLength, "1")].slice(0, maxLength).join("");
}
