/** outcome: the call is accepted or refused as documented. */

import { errorCodeLocation } from "../../spec/error-codes.ts";
import { type Check, NO_FINDINGS } from "../check.ts";

export const outcome: Check = {
  id: "outcome",
  findings({ testCase: { expect, action }, outcome: actual }) {
    if (expect.outcome === "any" || expect.outcome === (actual.kind === "success" ? "success" : "refused"))
      return NO_FINDINGS;
    const location = (actual.kind === "refusal" ? actual.codeLocation : undefined) ?? errorCodeLocation(action);
    const finding = { check: "outcome", level: "must", location } as const;
    if (actual.kind === "refusal") return [{ ...finding, expected: "success", actual: actual.code }];
    return [{ ...finding, expected: expect.outcome === "refused" ? [...expect.codes] : [], actual: "success" }];
  },
};
