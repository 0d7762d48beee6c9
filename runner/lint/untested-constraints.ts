/** Action → the constraints of its parameters that no case breaks, each with the reason: a server that ignores them passes. */
import type { Action, Schema } from "../model/index.ts";
import type { YamlPath } from "../spec/yaml/yaml-file.ts";

export interface UntestedConstraint {
  /** In the action's file. */
  readonly path: YamlPath;
  readonly message: string;
}

/** Keywords with a breach, and so with cases where the value is a parameter or an item of its list. */
const WITH_BREACH = new Set([
  "minLength", "maxLength", "pattern", "x-minBytes", "x-maxBytes", "minimum", "maximum", "enum", "minItems", "maxItems",
  "uniqueItems",
]); // biome-ignore format: a table

/** Keywords that decide over a value and of which no family sends a breach. */
const WITHOUT_BREACH = new Set([
  "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "const", "required", "minProperties", "maxProperties", "propertyNames",
  "patternProperties", "dependentRequired", "dependentSchemas", "contains", "prefixItems", "contentEncoding", "allOf", "anyOf",
  "oneOf", "not", "if",
]); // biome-ignore format: a table

/** Keywords whose value is a schema, or a mapping of names to schemas. */
const SCHEMAS = ["items", "additionalProperties", "propertyNames"];
const NAMED_SCHEMAS = ["properties", "patternProperties"];

export function untestedConstraints(action: Action): UntestedConstraint[] {
  return action.parameters.flatMap((p) => {
    const keywords = untestedKeywords(p.schema, "", true);
    if (keywords.length === 0 || p.positiveValues?.values === "never") return [];
    const isNested = keywords.some((keyword) => keyword.includes("."));
    const reason = isNested
      ? "members of objects have no cases of their own"
      : "no family sends a value that breaks it";
    return [
      {
        path: ["parameters", p.name, "schema"],
        message: `no case breaks ${keywords.join(", ")}: ${reason}; a server that ignores this passes`,
      },
    ];
  });
}

/** `hasCases`: true for a parameter and the items of its list. Names such as `properties.Kind.enum`. */
function untestedKeywords(schema: Schema, prefix: string, hasCases: boolean): string[] {
  const entries = Object.entries(schema as Readonly<Record<string, unknown>>);
  const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;
  return entries.flatMap(([key, value]) => {
    const own = WITHOUT_BREACH.has(key) || (!hasCases && WITH_BREACH.has(key)) ? [`${prefix}${key}`] : [];
    if (SCHEMAS.includes(key) && isSchema(value)) {
      const inner = untestedKeywords(value, `${prefix}${key}.`, hasCases && key === "items" && prefix === "");
      return inner.length > 0 ? inner : own;
    }
    if (!NAMED_SCHEMAS.includes(key) || !isSchema(value)) return value === false ? [] : own;
    const inner = Object.entries(value).flatMap(([name, property]) =>
      isSchema(property) ? untestedKeywords(property as Schema, `${prefix}${key}.${name}.`, false) : [],
    );
    return [...own, ...inner];
  });
}
