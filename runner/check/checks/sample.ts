/** sample: the answer to a document's sample has the shape of the documented one. */
import type { Finding, Json } from "../../model/index.ts";
import { type Check, NO_FINDINGS } from "../check.ts";
import { jsonTypeName } from "../response-schemas.ts";

export const sample: Check = {
  id: "sample",
  findings: ({ testCase, outcome }) =>
    testCase.sample && testCase.expect.outcome !== "any"
      ? sampleFindings(testCase.sample.response, outcome.body)
      : NO_FINDINGS,
};

/** A type that differs is a fault; a documented member that is not there may have become optional: a warning. */
function sampleFindings(documented: Json, actual: Json | undefined, at = ""): Finding[] {
  if (actual === undefined) {
    return documented === "" || isEmptyObject(documented)
      ? []
      : [finding("should", at, jsonTypeName(documented), "absent")];
  }
  const [wanted, had] = [kind(documented), kind(actual)];
  if (wanted !== had) return [finding("must", at, wanted, jsonTypeName(actual))];
  if (wanted === "array") {
    const [first] = documented as Json[];
    return first === undefined
      ? []
      : (actual as Json[]).slice(0, 1).flatMap((item) => sampleFindings(first, item, `${at}/0`));
  }
  if (wanted !== "object") return [];
  const members = documented as Record<string, Json>;
  return Object.entries(members).flatMap(([name, value]) =>
    sampleFindings(value, (actual as Record<string, Json>)[name], `${at}/${name}`),
  );
}

const isEmptyObject = (value: Json): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const kind = (value: Json): string => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

const finding = (level: "must" | "should", location: string, expected: string, actual: string): Finding => ({
  check: "sample",
  level,
  location,
  expected,
  actual,
});
