/** A resource and a resemblance -> the member values of another one, which a careless server could take for the first. */
import type { Action, Json, Parameter, Resemblance } from "../model/index.ts";
import { mustBeUnique } from "../spec/unique-values.ts";
import { codePointLength, utf8Length } from "../values/text-length.ts";
import type { Lease } from "./lease.ts";

export interface Resembling {
  readonly lease: Lease;
  readonly how: Resemblance;
}

/** True for an optional parameter that the create call of a resource with all members sends. A token would make it a repetition. */
export const isOptionalMember = (create: Action, parameter: Parameter): boolean =>
  !parameter.required && parameter.positiveValues?.values !== "never" && !mustBeUnique(create, parameter);

/** A unique text is changed, so that it differs as little as possible; any other value is the same. */
export function resembledValue(create: Action, parameter: Parameter, original: Json, how: Resemblance): Json {
  if (typeof original !== "string" || !mustBeUnique(create, parameter)) return original;
  return how === "other-case" ? inOtherCase(original) : withOtherEnd(original, parameter);
}

/** One more character, or another last one where no more fit. */
function withOtherEnd(text: string, { schema }: Parameter): string {
  const isFull =
    codePointLength(text) >= (schema.maxLength ?? Number.POSITIVE_INFINITY) ||
    utf8Length(text) >= (schema["x-maxBytes"] ?? Number.POSITIVE_INFINITY);
  // Characters of the name itself, since its pattern may allow no digit.
  const last = text.slice(-1);
  if (!isFull) return text + last;
  return text.slice(0, -1) + ([...text].find((c) => c !== last) ?? (last === "0" ? "1" : "0"));
}

/** The first letters in the other case. The token of the run, by which it recognizes its resources, is at the end and stays. */
const inOtherCase = (text: string): string => text.replace(/[A-Za-z]+/, swapCase);

const swapCase = (letters: string): string =>
  letters.replace(/./g, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
