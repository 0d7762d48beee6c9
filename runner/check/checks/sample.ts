/** sample: the response to a documented example request has the members and types of the documented response. */
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

/** Another type is a failure; an absent member or null is a warning, because it may have become optional. Of a list the first item is compared. */
function sampleFindings(documented: Json, actual: Json | undefined, pointer = ""): Finding[] {
  if (actual === undefined || (actual === null && documented !== null)) {
    return documented === "" || isEmptyObject(documented)
      ? []
      : [toFinding("should", pointer, jsonTypeName(documented), actual === null ? "null" : "absent")];
  }
  const type = jsonTypeOf(documented);
  if (type !== jsonTypeOf(actual)) return [toFinding("must", pointer, type, jsonTypeName(actual))];
  if (type === "array") {
    const [first] = documented as Json[];
    return first === undefined
      ? []
      : (actual as Json[]).slice(0, 1).flatMap((item) => sampleFindings(first, item, `${pointer}/0`));
  }
  if (type !== "object") return [];
  const members = documented as Record<string, Json>;
  return Object.entries(members).flatMap(([name, value]) =>
    sampleFindings(value, (actual as Record<string, Json>)[name], `${pointer}/${name}`),
  );
}

const isEmptyObject = (value: Json): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const jsonTypeOf = (value: Json): string => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

const toFinding = (level: "must" | "should", location: string, expected: string, actual: string): Finding => ({
  check: "sample",
  level,
  location,
  expected,
  actual,
});
