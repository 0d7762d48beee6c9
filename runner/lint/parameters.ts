/** The parameters of an action → problems: constraints without a refusal, refusals without a constraint, places that the schema does not declare. */
import type { Action, Json, Parameter, Place } from "../model/index.ts";
import { schemaAtPath } from "../spec/places/paths.ts";
import { placesOf, refusalsPath } from "../spec/places/places.ts";
import { suggestNames } from "../spec/problem.ts";
import { itemSchema, requiredBreaches } from "../spec/rules.ts";
import type { ReportProblem, YamlPath } from "../spec/yaml/yaml-file.ts";
import { lintPositiveValues } from "./call-members.ts";
import { lintCodes } from "./codes.ts";
import { lintConflicts } from "./conflicts.ts";
import { findSchemaError } from "./json-schema.ts";
import { lintLimits } from "./limits.ts";

/** Keywords each of which needs an entry in `refusals`. */
const constraints = [
  "minLength", "maxLength", "pattern", "x-maxBytes", "x-minBytes", "minimum", "maximum", "exclusiveMinimum",
  "exclusiveMaximum", "multipleOf", "enum", "const", "minItems", "maxItems", "uniqueItems", "x-uniqueBy",
]; // biome-ignore format: a table

/** Keywords that may have an entry, and have cases only with one. */
const optionalConstraints = ["minProperties", "maxProperties", "oneOf"];

/** False where an entry of `refusals` is missing. */
export function lintParameters(action: Action, report: ReportProblem): boolean {
  let isComplete = true;
  for (const p of action.parameters) {
    const path: YamlPath = ["parameters", p.name];
    const schemaError = findSchemaError(p.schema, { allowUntyped: false });
    if (schemaError) {
      report([...path, "schema", ...schemaError.path], schemaError.message);
      continue;
    }
    lintLimits(p.schema, [...path, "schema"], report);
    lintConflicts(p, path, report);
    lintPositiveValues(p, path, report);
    const entriesPath = (place: Place): YamlPath => [...path, ...refusalsPath(place.path)];
    for (const place of placesOf(p)) {
      if (isNested(place.path) && schemaAtPath(p.schema, place.path) === undefined)
        report([...path, "places", place.path], NO_SUCH_PLACE, true);
      else if (!lintRefusals(place, [...path, "schema"], entriesPath(place), report)) isComplete = false;
      for (const [breach, { codes }] of place.refusals)
        lintCodes(action, codes, report, [...entriesPath(place), breach]);
    }
    // Without items, `refusals.items` belongs to nothing.
    for (const breach of constraints.filter((key) => p.itemRefusals.has(key) && !itemSchema(p)))
      report(
        [...path, "refusals", "items", breach],
        `the schema has no items.${breach}; add it to \`schema\`, or remove the entry`,
        true,
      );
    for (const place of [p, ...p.places])
      for (const breach of neededBreaches(place)) {
        if (place.refusals.has(breach)) continue;
        isComplete = false;
        report(
          "path" in place ? [...path, "places", place.path] : path,
          `has no entry "${breach}" in \`refusals\`; add it here, or for all actions in service.yaml under \`refusals\``,
          true,
        );
      }
    const siblings = action.parameters.map((q) => q.name);
    if (p.uniqueWithin !== undefined && p.uniqueWithin !== "account" && !siblings.includes(p.uniqueWithin))
      report(
        [...path, "uniqueWithin"],
        `no parameter "${p.uniqueWithin}"${suggestNames(p.uniqueWithin, ["account", ...siblings])}`,
      );
    if (p.uniqueWithin !== undefined && !p.refusals.has("unique"))
      report(
        path,
        'has `uniqueWithin` and no entry "unique" in `refusals`; add the codes that a value in use gets',
        true,
      );
    if (p.uniqueWithin === undefined && p.refusals.has("unique"))
      report(
        [...path, "refusals", "unique"],
        "needs `uniqueWithin`; add `uniqueWithin: account` to the parameter, or the name of the parameter that names the container",
        true,
      );
  }
  return isComplete;
}

/** A key of a map is always a text. */
const neededBreaches = (place: Parameter | Place): readonly string[] => {
  if ("path" in place && (place.path.endsWith("{key}") || Object.keys(place.schema).length === 0)) return [];
  return place.required ? requiredBreaches(place.schema) : ["type"];
};

const isNested = (path: string): boolean => path !== "" && path !== "[]";

const NO_SUCH_PLACE =
  "the schema declares no such value; a path has `[]` for the items of a list, `.NAME` for a member under `properties`, `{}` for `additionalProperties` and `{key}` for `propertyNames`";

/** Each constraint needs an entry, and each entry a constraint. False where an entry is missing. `path` is that of the parameter's schema. */
function lintRefusals(
  { path: at, schema, refusals }: Place,
  path: YamlPath,
  entriesPath: YamlPath,
  report: ReportProblem,
): boolean {
  let isComplete = true;
  const [name, entries] = isNested(at)
    ? [(key: string) => `${key} of ${at}`, `places.${at}.refusals`]
    : at === "[]"
      ? [(key: string) => `items.${key}`, "refusals.items"]
      : [(key: string) => key, "refusals"];
  for (const key of constraints.filter((k) => k in schema)) {
    const value = (schema as Record<string, Json>)[key];
    const isMinimumOfOne = (key === "minLength" || key === "minItems") && (value === 0 || value === 1);
    const breach = isMinimumOfOne && value === 1 ? "empty" : key;
    if (value === false || (isMinimumOfOne && value === 0) || refusals.has(breach)) continue;
    isComplete = false;
    report(
      path,
      `${name(key)} has no entry in \`${entries}\`; add the codes that its breach gets, or \`{ unspecified: REASON }\``,
    );
  }
  for (const key of [...constraints, ...optionalConstraints].filter((k) => refusals.has(k) && !(k in schema)))
    report([...entriesPath, key], `the schema has no ${name(key)}; add it to \`schema\`, or remove the entry`, true);
  return isComplete;
}
