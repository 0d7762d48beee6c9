/** The `places` of a parameter in an action file → the places inside its value, with the refusals that they inherit. */
import type { ExpectedRefusal, Place, Schema, Source } from "../../model/index.ts";
import { parentPath, pathSteps, schemaAtPath } from "../places/paths.ts";
import { placeName } from "../places/places.ts";
import { requiredBreaches } from "../rules.ts";
import type { RawParameter, RawRefusals } from "./raw-types.ts";
import { toRefusal, toRefusals, toSource } from "./shared-fields.ts";

/** `defaults`: the refusals of the service and the action. A place that the schema does not declare has an empty schema; `lint` reports it. */
export function toPlaces(
  parameter: string,
  raw: RawParameter,
  defaults: ReadonlyMap<string, ExpectedRefusal>,
  parameterSource: Source,
): Place[] {
  return Object.entries(raw.places ?? {}).map(([path, rawPlace]): Place => {
    const { refusals: own = {}, conflicts = [], positiveValues } = rawPlace;
    const source = toSource(rawPlace.source, parameterSource);
    const schema = schemaAtPath(raw.schema, path) ?? {};
    const required = isRequired(raw.schema, path);
    return {
      path,
      name: placeName(parameter, path),
      required,
      schema,
      refusals: refusalsOf(schema, { required, isKey: path.endsWith("{key}") }, own, defaults, source),
      conflicts: conflicts.map((c) => ({ ...c, source: toSource(c.source, source) })),
      ...(positiveValues ? { positiveValues } : {}),
      source,
    };
  });
}

function isRequired(schema: Schema, path: string): boolean {
  const last = pathSteps(path)?.at(-1) ?? "";
  const parent = schemaAtPath(schema, parentPath(path));
  return last.startsWith(".") && (parent?.required ?? []).includes(last.slice(1));
}

/** A parameter has the same rules: see `toParameter`. A key of a map is always a text, and never absent or null. */
function refusalsOf(
  schema: Schema,
  { required, isKey }: { required: boolean; isKey: boolean },
  own: RawRefusals,
  defaults: ReadonlyMap<string, ExpectedRefusal>,
  source: Source,
): Map<string, ExpectedRefusal> {
  const minimumKey = schema.minLength === 1 ? "minLength" : schema.minItems === 1 ? "minItems" : undefined;
  const inherited = [
    ...(required ? requiredBreaches(schema) : isKey ? [] : ["type"]),
    ...(minimumKey !== undefined && !required ? ["empty"] : []),
    ...(hasDeclaredMembers(schema) ? ["unknown"] : []),
  ];
  const refusals = new Map<string, ExpectedRefusal>();
  for (const breach of inherited) {
    const refusal = defaults.get(breach);
    if (refusal) refusals.set(breach, refusal);
  }
  for (const [breach, refusal] of toRefusals(own, source)) refusals.set(breach, refusal);
  const ownEmpty = minimumKey && (own[minimumKey] ?? own["empty"]);
  if (ownEmpty) refusals.set("empty", toRefusal(ownEmpty, source)).delete(minimumKey ?? "");
  return refusals;
}

/** True for an object that declares its members and allows no others: it is no map. */
export const hasDeclaredMembers = ({ type, properties, additionalProperties }: Schema): boolean =>
  type === "object" && properties !== undefined && (additionalProperties ?? false) === false;
