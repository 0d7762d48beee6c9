/** A value that a target shows, and what it has to be -> whether it is that. */
import type { Json } from "../../model/index.ts";
import type { AcceptedCall } from "./postcondition.ts";

/** `{ endsWith: text }`, `{ is: time }` or `{ is: httpStatus }`: a value that no document writes out. */
type Description = { readonly endsWith?: Json; readonly is?: Json };

const isDescription = (expected: Json): expected is Description & { [name: string]: Json } =>
  typeof expected === "object" && expected !== null && ("endsWith" in expected || "is" in expected);

/** What is wrong with a shown value, as the phrase of what is expected; undefined where it is right. */
export function wrongValue(
  shown: Json | undefined,
  expected: Json,
  resource: string,
  call: AcceptedCall,
): string | undefined {
  if (!isDescription(expected))
    return isEqual(shown, expected) ? undefined : `the value with which the ${resource} was created`;
  // No document states that such a value is always shown.
  if (shown === undefined || shown === null || shown === "") return undefined;
  if (expected.endsWith !== undefined)
    return String(shown).endsWith(String(expected.endsWith))
      ? undefined
      : `a text that ends with the value with which the ${resource} was created`;
  if (expected.is === "httpStatus")
    return Number(shown) === call.status ? undefined : `${call.status}, the HTTP status`;
  const ms = toMs(shown);
  return ms !== undefined && Math.abs(ms - call.sentAtMs) > DAY_MS ? "a time within a day of the call" : undefined;
}

/** A number may be shown as a text: the check `output` compares types. */
const isEqual = (shown: Json | undefined, expected: Json): boolean =>
  JSON.stringify(shown) === JSON.stringify(expected) ||
  (typeof expected === "number" && typeof shown === "string" && shown === String(expected));

/** A text without a time zone is of any, clocks differ by less, and a run takes less. */
const DAY_MS = 24 * 3600 * 1000;

/** A number is of seconds. Undefined for a text in a format that cannot be read. */
function toMs(shown: Json): number | undefined {
  const seconds = Number(shown);
  const ms = Number.isNaN(seconds) ? Date.parse(String(shown)) : seconds * 1000;
  return Number.isNaN(ms) ? undefined : ms;
}
