/** outcome: accepted or refused, as the documents have it. */

import { errorCodeLocation } from "../../spec/error-codes.ts";
import { type Check, NO_FINDINGS } from "../check.ts";

export const outcome: Check = {
  id: "outcome",
  findings({ testCase: { expect, action }, outcome: seen }) {
    if (expect.outcome === "any" || expect.outcome === (seen.kind === "success" ? "success" : "refused"))
      return NO_FINDINGS;
    const finding = { check: "outcome", level: "must", location: errorCodeLocation(action) } as const;
    if (seen.kind === "refusal") return [{ ...finding, expected: "success", actual: seen.code }];
    return [{ ...finding, expected: expect.outcome === "refused" ? [...expect.codes] : [], actual: "success" }];
  },
};
