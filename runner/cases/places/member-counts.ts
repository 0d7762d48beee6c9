/** An object with `minProperties` or `maxProperties` → calls with as many members, and with one fewer or more. */
import type { Action, Schema, ValueRecipe } from "../../model/index.ts";
import type { CaseTemplate } from "../template.ts";
import { type ParameterPlace, setPlace } from "./edits.ts";
import { limitTemplate } from "./limit-template.ts";

/** Only where the spec states how a breach is refused. */
export function* memberCountTemplates(subject: ParameterPlace & { readonly action: Action }): Iterable<CaseTemplate> {
  const { name, schema, refusals } = subject.place;
  if (schema.type !== "object") return;
  const counts = new Map<number, string | null>();
  for (const [keyword, beyond] of [
    ["minProperties", -1],
    ["maxProperties", 1],
  ] as const) {
    const limit = schema[keyword];
    if (limit !== undefined && refusals.has(keyword)) counts.set(limit, null).set(limit + beyond, keyword);
  }
  for (const [count, breach] of counts) {
    const recipe = count < 0 ? undefined : recipeFor(schema, count);
    if (!recipe) continue;
    const nearestLimit = count === schema.minProperties ? "minProperties" : "maxProperties";
    const description = `${name} of ${count} members`;
    yield {
      ...limitTemplate(subject, `${count}-members`, description, setPlace(subject, recipe), breach, nearestLimit),
      // Pairs cannot express an object without members.
      ...(count === 0 && { expressibleAsPairs: false }),
    };
  }
}

/** Undefined where the object cannot have that many members. */
function recipeFor(
  { properties, required = [], additionalProperties }: Schema,
  count: number,
): ValueRecipe | undefined {
  if (properties === undefined) return additionalProperties === false ? undefined : { kind: "entries", count };
  const names = [...new Set([...required, ...Object.keys(properties)])];
  return count < required.length || count > names.length
    ? undefined
    : { kind: "members", names: names.slice(0, count) };
}
