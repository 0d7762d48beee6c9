/** code: a refusal for the right reason, by the codes that the documents give for it. */
import type { Action, Case, Finding } from "../../model/index.ts";
import { errorCodeLocation, findErrorCode } from "../../spec/error-codes.ts";
import { type Check, NO_FINDINGS } from "../check.ts";

export const code: Check = {
  id: "code",
  findings({ testCase, outcome }) {
    const { expect, action } = testCase;
    if (outcome.kind !== "refusal" || expect.outcome === "success") return NO_FINDINGS;
    if (expect.outcome === "any") return undocumented(action, outcome.code);
    if (expect.codes.includes(outcome.code)) return NO_FINDINGS;
    const level = testCase.level === "should" && fits(testCase, outcome.code) ? "should" : "must";
    return [
      { check: "code", level, location: errorCodeLocation(action), expected: [...expect.codes], actual: outcome.code },
    ];
  },
};

/** A documented code of a fitting cause is a warning where ours is only a guess. */
function fits(c: Case, code: string): boolean {
  return findErrorCode(c.action, code)?.causes.some((cause) => c.acceptableCauses.includes(cause)) ?? false;
}

/** Where the documents are silent any code will do, but a fault is none of them, and one that no table has is worth a word. */
function undocumented(action: Action, code: string): readonly Finding[] {
  const row = findErrorCode(action, code);
  const fault = row?.causes.includes("fault") ?? false;
  if (row && !fault) return NO_FINDINGS;
  const level = fault ? "must" : "should";
  return [{ check: "code", level, location: errorCodeLocation(action), expected: "a documented code", actual: code }];
}
