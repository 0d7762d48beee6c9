/**
 * A finding -> the facts of it that are equal from run to run. A known failure, a cause in a report and a comparison of
 * two runs all identify a failure by this signature.
 */
import type { Finding, Json } from "../model/index.ts";

export interface FindingSignature {
  /** Id of the check. */
  readonly check: string;
  /** A JSON pointer with `*` in place of each list index, `status`, `header:NAME`, `body`, or the call of a probe. */
  readonly location: string;
  /** Of a check of codes, what was expected: codes, `success`, or words for them. Empty for any other check. */
  readonly expected: readonly string[];
  /** Of a check of codes, the code that was seen; else a JSON type or a word such as `absent`. Never another value. */
  readonly actual: string;
}

/** Checks that compare an error code or the outcome: their `expected` and `actual` are no values that a run makes. */
const CODE_CHECKS: ReadonlySet<string> = new Set(["code", "outcome", "equivalence"]);

export function findingSignature({ check, location, expected, actual }: Finding): FindingSignature {
  const isCode = CODE_CHECKS.has(check);
  return {
    check,
    location: location.replace(/\/\d+(?=\/|$)/g, "/*"),
    expected: isCode ? [expected].flat().map(String) : [],
    actual: isCode ? String(actual) : jsonTypeOf(actual),
  };
}

/** Words by which checks name a type or a state in place of a value. */
const TYPE_WORDS: ReadonlySet<Json> = new Set([
  "absent",
  "null",
  "array",
  "empty string",
  "integer",
  "number",
  "string",
  "object",
  "boolean",
  "repeated",
  "success",
]);

/** A type with the number that a schema limits, such as `integer 7` or `string of 512 characters`. */
const MEASURED_TYPE = /^(integer|number|empty string|string|array|object) (?:-?(?:[\d.e+-]+|Infinity)|of \d+ [a-z]+)$/;

/** Any other text may be a value of the target: only its type is kept. */
function jsonTypeOf(value: Json): string {
  if (typeof value === "string") return TYPE_WORDS.has(value) ? value : (MEASURED_TYPE.exec(value)?.[1] ?? "string");
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** True where the entry describes such a failure. An entry without codes describes any. */
export const matchesSignature = (entry: FindingSignature, signature: FindingSignature): boolean =>
  entry.check === signature.check &&
  entry.location === signature.location &&
  String(entry.actual) === signature.actual &&
  (entry.expected.length === 0 || entry.expected.join() === signature.expected.join());

/** Equal for equal signatures. */
export const signatureKey = ({ check, location, expected, actual }: FindingSignature): string =>
  JSON.stringify([check, location, expected, actual]);
