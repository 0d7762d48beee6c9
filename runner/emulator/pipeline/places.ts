/** A value and the path of a place, such as `[].Key` → the values there, and the value with each of them converted. */
import type { Json } from "../../model/index.ts";

export interface PlacedValue {
  /** Such as `Tags[1].Key`; the key of a map is `Settings{name}`. */
  readonly at: string;
  /** Undefined where an object exists and lacks the member. */
  readonly value: Json | undefined;
}

type JsonObject = { readonly [name: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The first step of a path and the rest. */
function firstStep(path: string): readonly [step: string, rest: string] {
  const [step = ""] = /^(?:\[\]|\{key\}|\{\}|\.[^.[{]+)/.exec(path) ?? [];
  return [step, path.slice(step.length)];
}

/** `name`: of the parameter, with which each `at` begins. */
export function placedValues(name: string, value: Json | undefined, path: string): PlacedValue[] {
  const [step, rest] = firstStep(path);
  if (step === "") return [{ at: name, value }];
  const inside = (at: string, inner: Json | undefined) => placedValues(at, inner, rest);
  if (step === "[]") return Array.isArray(value) ? value.flatMap((item, i) => inside(`${name}[${i}]`, item)) : [];
  if (!isObject(value)) return [];
  if (step.startsWith("{"))
    return Object.entries(value).flatMap(([key, inner]) => inside(`${name}{${key}}`, step === "{}" ? inner : key));
  const member = step.slice(1);
  return inside(`${name}${step}`, Object.hasOwn(value, member) ? value[member] : undefined);
}

/** Keys of maps are left as they are. */
export function convertPlaced(value: Json, path: string, convert: (value: Json) => Json): Json {
  const [step, rest] = firstStep(path);
  if (step === "") return convert(value);
  if (step === "[]") return Array.isArray(value) ? value.map((item) => convertPlaced(item, rest, convert)) : value;
  if (!isObject(value) || step === "{key}") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      step === "{}" || name === step.slice(1) ? convertPlaced(inner, rest, convert) : inner,
    ]),
  );
}
