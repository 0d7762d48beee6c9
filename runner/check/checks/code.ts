/** code: a refusal has one of the codes that the documents give for its reason. */
import type { Action, Case, Finding } from "../../model/index.ts";
import { errorCodeLocation, findErrorCode } from "../../spec/error-codes.ts";
import { type Check, NO_FINDINGS } from "../check.ts";

export const code: Check = {
  id: "code",
  findings({ testCase, outcome }) {
    const { expect, action } = testCase;
    if (outcome.kind !== "refusal" || expect.outcome === "success") return NO_FINDINGS;
    if (expect.outcome === "any")
      return findingsOfAnyCode(action, outcome.code, outcome.codeLocation ?? errorCodeLocation(action));
    if (expect.codes.includes(outcome.code)) return NO_FINDINGS;
    const level = testCase.level === "should" && hasAcceptableCause(testCase, outcome.code) ? "should" : "must";
    const location = outcome.codeLocation ?? errorCodeLocation(action);
    return [{ check: "code", level, location, expected: [...expect.codes], actual: outcome.code }];
  },
};

/** Where the expected code is only inferred (level `should`), another code with an acceptable cause is a warning. */
function hasAcceptableCause({ action, acceptableCauses }: Case, code: string): boolean {
  return findErrorCode(action, code)?.causes.some((cause) => acceptableCauses.includes(cause)) ?? false;
}

/** Where the documents give no code: a code for an internal fault is a failure, an undocumented code is a warning. */
function findingsOfAnyCode(action: Action, code: string, location: string): readonly Finding[] {
  const row = findErrorCode(action, code);
  const isFault = row?.causes.includes("fault") ?? false;
  if (row && !isFault) return NO_FINDINGS;
  const finding = { check: "code", location, actual: code };
  return isFault
    ? [{ ...finding, level: "must", expected: "a code that is not for an internal fault" }]
    : [{ ...finding, level: "should", expected: "a documented code" }];
}
