/** A valid value of a parameter and the steps to a place → the same value with a valid one at the place, and with the place changed. */
import type { Json, Parameter, PlaceStep, Schema } from "../../model/index.ts";
import { pathOf, schemaAtPath } from "../../spec/places/paths.ts";
import { hasDistinctMembers, satisfies } from "../../values/satisfies.ts";
import { type ValueContext, validPlaceValue, validValue } from "../../values/valid-value.ts";

type JsonObject = { [name: string]: Json };

/** With every value on the way to the place, and the one at the place: an optional member that the valid call lacks is added. */
export function withPlace(
  p: Parameter,
  value: Json | undefined,
  steps: readonly PlaceStep[],
  context: ValueContext,
): Json {
  const whole = value ?? validValue(p, context);
  const [first, ...rest] = steps;
  return first === undefined ? whole : complete(p, "", whole, first, rest, context);
}

function complete(
  p: Parameter,
  path: string,
  outer: Json,
  step: PlaceStep,
  rest: readonly PlaceStep[],
  context: ValueContext,
): Json {
  const innerPath = `${path}${pathOf([step])}`;
  const schema = schemaAtPath(p.schema, innerPath) ?? {};
  const [next, ...others] = rest;
  const valid = (current: Json | undefined): Json => {
    const inner = current ?? validPlaceValue(p, { path: innerPath, schema }, context);
    return next === undefined ? inner : complete(p, innerPath, inner, next, others, context);
  };
  if (typeof step === "number") {
    const list = Array.isArray(outer) ? [...outer] : [];
    for (let i = list.length; i < step; i++) list.push(validPlaceValue(p, { path: innerPath, schema }, context));
    list[step] = valid(list[step]);
    return list;
  }
  const object = isObject(outer) ? outer : {};
  const outerSchema = schemaAtPath(p.schema, path) ?? {};
  if (typeof step === "object") return withEntry(p, path, object, valid, step.firstEntry, context);
  const inner = valid(Object.hasOwn(object, step) ? object[step] : undefined);
  return withMember(outerSchema, object, step, inner, p.anchored);
}

/** The first entry, which is made where the map has none. `valid` makes its value; the key is valid as it is. */
function withEntry(
  p: Parameter,
  path: string,
  map: JsonObject,
  valid: (current: Json | undefined) => Json,
  part: "key" | "value",
  context: ValueContext,
): JsonObject {
  const [[key, value] = [undefined, undefined], ...others] = Object.entries(map);
  const schemaOf = (inner: string): Schema => schemaAtPath(p.schema, inner) ?? { type: "string" };
  const keyPath = `${path}{key}`;
  const valuePath = `${path}{}`;
  const name = key ?? String(validPlaceValue(p, { path: keyPath, schema: schemaOf(keyPath) }, context));
  const made = value ?? validPlaceValue(p, { path: valuePath, schema: schemaOf(valuePath) }, context);
  return Object.fromEntries([[name, part === "value" ? valid(made) : made], ...others]);
}

/** Where the object may not have the member next to its others, as in "exactly one of", it has only those that are required. */
function withMember(schema: Schema, object: JsonObject, name: string, value: Json, anchored: boolean): JsonObject {
  const both = { ...object, [name]: value };
  const required = Object.entries(object).filter(([other]) => schema.required?.includes(other));
  const alone = { ...Object.fromEntries(required), [name]: value };
  return !satisfies(schema, both, anchored) && satisfies(schema, alone, anchored) ? alone : both;
}

/**
 * The value with `change` of the one at the steps; a member whose change is undefined is removed. Everything on the way has to
 * exist. Where the items of a list differ by a member (`x-uniqueBy`), other items with its new value are left out.
 */
export function withChange(
  schema: Schema | undefined,
  outer: Json,
  [step, ...rest]: readonly PlaceStep[],
  change: (value: Json | undefined) => Json | undefined,
): Json | undefined {
  if (step === undefined) return change(outer);
  const innerSchema = schema && schemaAtPath(schema, pathOf([step]));
  if (Array.isArray(outer) && typeof step === "number") {
    const inner = withChange(innerSchema, outer[step] ?? null, rest, change);
    const key = schema?.["x-uniqueBy"];
    const isTwin = (item: Json) => key !== undefined && inner !== undefined && !hasDistinctMembers([item, inner], key);
    return outer.flatMap((item, i) => {
      if (i === step) return inner === undefined ? [] : [inner];
      return isTwin(item) ? [] : [item];
    });
  }
  if (!isObject(outer)) return outer;
  const name = typeof step === "object" ? (Object.keys(outer)[0] ?? "") : String(step);
  if (typeof step === "object" && step.firstEntry === "key")
    return Object.fromEntries(
      Object.entries(outer).map(([key, value]) => [key === name ? String(change(key)) : key, value]),
    );
  const inner = rest.length === 0 ? change(outer[name]) : withChange(innerSchema, outer[name] ?? null, rest, change);
  const { [name]: _, ...others } = outer;
  // In its place, so that the order of the members stays.
  if (inner === undefined) return others;
  return Object.hasOwn(outer, name)
    ? Object.fromEntries(Object.entries(outer).map(([key, value]) => [key, key === name ? inner : value]))
    : { ...outer, [name]: inner };
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
