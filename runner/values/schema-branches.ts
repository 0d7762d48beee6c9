/** A schema with combinations → simpler schemas, of which values are generated until one keeps the whole. */
import type { Schema } from "../model/index.ts";

interface Combinations {
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: unknown;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
}

/** The schema itself first. Each branch has the keywords of `allOf` and of one branch of `anyOf`, `oneOf` and `if`. */
export function* schemaBranches(schema: Schema): Iterable<Schema> {
  const { allOf = [], anyOf = [{}], oneOf = [{}], not: _, ...rest } = schema as Schema & Combinations;
  const { if: condition, then = {}, else: otherwise = {}, ...plain } = rest;
  const all = allOf.reduce<Schema>(merge, plain as Schema);
  for (const first of anyOf) {
    for (const second of oneOf) {
      for (const third of condition ? [merge(condition, then), otherwise] : [{}]) {
        const branch = [first, second, third].reduce<Schema>(merge, all);
        yield branch;
        yield* withFewerMembers(branch);
      }
    }
  }
}

/** An object without required members, which gets all, or none, or one: `not` may forbid two together. */
function* withFewerMembers(schema: Schema): Iterable<Schema> {
  const { properties, required, ...others } = schema as Schema & { properties?: Record<string, Schema> };
  if (schema.type !== "object" || required !== undefined || properties === undefined) return;
  yield others as Schema;
  for (const [name, property] of Object.entries(properties))
    yield { ...others, properties: { [name]: property } } as Schema;
}

const merge = (a: Schema, b: Schema): Schema => {
  const required = [...new Set([...(a.required ?? []), ...(b.required ?? [])])];
  const properties: Record<string, unknown> = { ...a.properties };
  for (const [name, property] of Object.entries(b.properties ?? {}))
    properties[name] = merge((properties[name] ?? {}) as Schema, property as Schema);
  return {
    ...a,
    ...b,
    ...(required.length > 0 && { required }),
    ...(Object.keys(properties).length > 0 && { properties }),
  } as Schema;
};
