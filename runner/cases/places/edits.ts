/** A place of a parameter → edits of its value in a call, and the values that a call has there. */
import type {
  Action,
  Json,
  MemberEdit,
  MemberPath,
  Parameter,
  Place,
  PlaceStep,
  ValueRecipe,
} from "../../model/index.ts";
import { firstSteps, pathSteps } from "../../spec/places/paths.ts";
import { placesOf } from "../../spec/places/places.ts";
import { isSendable } from "../sent-parameters.ts";

/** A place and the parameter in whose value it is. */
export interface ParameterPlace {
  readonly p: Parameter;
  readonly place: Place;
}

/** The places of all parameters that calls may send, in the order of the document. */
export const sendablePlaces = (action: Action): ParameterPlace[] =>
  action.parameters.filter(isSendable).flatMap((p) => placesOf(p).map((place) => ({ p, place })));

export const isNested = ({ path }: Place): boolean => path !== "" && path !== "[]";

export const pathTo = ({ p, place }: ParameterPlace): MemberPath =>
  place.path === "" ? { parameter: p.name } : { parameter: p.name, steps: firstSteps(place.path) };

export const setPlace = (at: ParameterPlace, value: ValueRecipe): MemberEdit => ({ op: "set", at: pathTo(at), value });

export const setLiteral = (at: ParameterPlace, value: Json): MemberEdit => setPlace(at, { kind: "literal", value });

/** The value at the steps; undefined where there is none. */
export function valueAtSteps(value: Json | undefined, steps: readonly PlaceStep[]): Json | undefined {
  return steps.reduce<Json | undefined>((outer, step) => {
    if (typeof outer !== "object" || outer === null) return undefined;
    if (typeof step === "object") return Object.entries(outer)[0]?.[step.firstEntry === "key" ? 0 : 1];
    return (outer as Record<string | number, Json | undefined>)[step];
  }, value);
}

/** All values at a path, each with its steps; one under `{key}` is the key of an entry. */
export function* valuesAt(value: Json, path: string): Iterable<{ value: Json; steps: readonly (string | number)[] }> {
  let values: { value: Json; steps: readonly (string | number)[] }[] = [{ value, steps: [] }];
  for (const step of pathSteps(path) ?? []) values = values.flatMap((outer) => insideOf(outer, step));
  yield* values;
}

function insideOf({ value, steps }: { value: Json; steps: readonly (string | number)[] }, step: string) {
  if (step === "[]") return Array.isArray(value) ? value.map((item, i) => ({ value: item, steps: [...steps, i] })) : [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const entries = Object.entries(value).filter(([name]) => step.startsWith("{") || name === step.slice(1));
  return entries.map(([name, inner]) => ({ value: step === "{key}" ? name : inner, steps: [...steps, name] }));
}
