/** Paths of places, such as `[].Key` → their steps, and the schema and the values at them. */
import type { PlaceStep, Schema } from "../../model/index.ts";

const STEP = /\[\]|\{key\}|\{\}|\.[^.[\]{}]+/g;

/** `[].Key` → `[]`, `.Key`. Undefined where it is no path. */
export function pathSteps(path: string): readonly string[] | undefined {
  const steps = path.match(STEP) ?? [];
  return steps.join("") === path ? steps : undefined;
}

/** The path of the value around a place: `[]` of `[].Key`. */
export const parentPath = (path: string): string => (pathSteps(path) ?? []).slice(0, -1).join("");

/** The schema inside a schema; undefined where it declares no such value. */
export function schemaAtPath(schema: Schema, path: string): Schema | undefined {
  return pathSteps(path)?.reduce<Schema | undefined>((outer, step) => outer && innerSchema(outer, step), schema);
}

function innerSchema(outer: Schema, step: string): Schema | undefined {
  const { items, properties, additionalProperties, propertyNames } = outer as Readonly<Record<string, unknown>>;
  const declared =
    step === "[]"
      ? items
      : step === "{}"
        ? additionalProperties
        : step === "{key}"
          ? propertyNames && { type: "string", ...propertyNames }
          : (properties as Record<string, unknown> | undefined)?.[step.slice(1)];
  return typeof declared === "object" && declared !== null ? (declared as Schema) : undefined;
}

/** The steps to the first value at a path. */
export const firstSteps = (path: string): readonly PlaceStep[] =>
  (pathSteps(path) ?? []).map((step) => {
    if (step === "[]") return 0;
    if (step === "{}" || step === "{key}") return { firstEntry: step === "{}" ? "value" : "key" };
    return step.slice(1);
  });

/** The path of the values at the steps: `[].Key` of 0, `Key`. */
export const pathOf = (steps: readonly PlaceStep[]): string =>
  steps
    .map((step) => {
      if (typeof step === "number") return "[]";
      return typeof step === "string" ? `.${step}` : step.firstEntry === "key" ? "{key}" : "{}";
    })
    .join("");
