/** Action → the constraints of its parameters that no case breaks, each with the reason: a server that ignores them passes. */
import { exclusiveMembers } from "../cases/places/exactly-one.ts";
import type { Action, Parameter, Place, Schema } from "../model/index.ts";
import { placesOf } from "../spec/places/places.ts";
import type { YamlPath } from "../spec/yaml/yaml-file.ts";

export interface UntestedConstraint {
  /** In the action's file. */
  readonly path: YamlPath;
  readonly message: string;
}

/** Keywords with a breach, and so with cases where the value is a place. */
const WITH_BREACH = new Set([
  "minLength", "maxLength", "pattern", "x-minBytes", "x-maxBytes", "minimum", "maximum", "enum", "minItems", "maxItems",
  "uniqueItems", "x-uniqueBy",
]); // biome-ignore format: a table

/** Keywords that have cases only where the place has a refusal of them. */
const WITH_ENTRY = new Set(["minProperties", "maxProperties", "oneOf"]);

/** Keywords that decide over a value and of which no family sends a breach. */
const WITHOUT_BREACH = new Set([
  "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "const", "patternProperties", "dependentRequired",
  "dependentSchemas", "contains", "prefixItems", "contentEncoding", "allOf", "anyOf", "not", "if", "propertyNames",
]); // biome-ignore format: a table

/** Keywords whose value is a schema, and the step of a path to the values that have it. */
const STEPS: Readonly<Record<string, string>> = { items: "[]", additionalProperties: "{}", propertyNames: "{key}" };

type Remedy = "place" | "entry" | "none" | "cut";

interface UntestedKeyword {
  /** Such as `properties.Kind.enum`. */
  readonly name: string;
  /** Path of the value that has it. */
  readonly path: string;
  /** What would give it cases. */
  readonly remedy: Remedy;
}

const reasons: Readonly<Record<Remedy, (paths: string) => string>> = {
  place: (paths) => `a value inside the parameter has cases only where \`places\` lists it; list ${paths}`,
  entry: () => "it has no entry in `refusals`",
  none: () => "no family sends a value that breaks it",
  cut: () => "the shape contains itself, and is followed twice inside itself",
};

export function untestedConstraints(action: Action): UntestedConstraint[] {
  return action.parameters
    .filter(({ positiveValues }) => positiveValues?.values !== "never")
    .flatMap((p) => {
      const keywords = untestedKeywords(p, p.schema, "", "");
      return (["place", "entry", "none", "cut"] as const).flatMap((remedy) => {
        const names = keywords.filter((keyword) => keyword.remedy === remedy);
        const paths = [...new Set(names.map(({ path }) => `"${path}"`))].join(", ");
        const message = `no case breaks ${names.map(({ name }) => name).join(", ")}: ${reasons[remedy](paths)}; a server that ignores this passes`;
        return names.length === 0 ? [] : [{ path: ["parameters", p.name, "schema"], message }];
      });
    });
}

/** `path`: of the values with the schema. `prefix`: of the names of its keywords. */
function untestedKeywords(p: Parameter, schema: Schema, path: string, prefix: string): UntestedKeyword[] {
  const place = placeAt(p, path);
  if (schema["x-cut"]) return [{ name: `anything at "${path}" and deeper`, path, remedy: "cut" }];
  return Object.entries(schema as Readonly<Record<string, unknown>>).flatMap(([key, value]) => {
    const name = `${prefix}${key}`;
    if (key === "required") {
      const unlisted = (value as readonly string[]).filter((member) => !placeAt(p, `${path}.${member}`));
      return unlisted.map((member) => ({ name, path: `${path}.${member}`, remedy: "place" as const })).slice(0, 1);
    }
    if (key === "properties")
      return Object.entries(value as Record<string, Schema>).flatMap(([member, property]) =>
        untestedKeywords(p, property, `${path}.${member}`, `${name}.${member}.`),
      );
    const step = STEPS[key];
    if (step !== undefined && typeof value === "object" && value !== null)
      return untestedKeywords(p, value as Schema, `${path}${step}`, `${name}.`);
    const remedy = remedyFor(place, key, schema);
    return remedy === undefined || value === false ? [] : [{ name, path, remedy }];
  });
}

const placeAt = (p: Parameter, path: string): Place | undefined => placesOf(p).find((place) => place.path === path);

/** Undefined for a keyword that has cases, and for one that decides nothing. */
function remedyFor(place: Place | undefined, key: string, schema: Schema): Remedy | undefined {
  const hasFamily =
    WITH_BREACH.has(key) || (WITH_ENTRY.has(key) && (key !== "oneOf" || exclusiveMembers(schema).length > 1));
  if (WITHOUT_BREACH.has(key) || (key === "oneOf" && !hasFamily)) return "none";
  if (!hasFamily) return undefined;
  if (!place) return "place";
  return WITH_ENTRY.has(key) && !place.refusals.has(key) ? "entry" : undefined;
}
