/** outcome: accepted or refused, as the documents have it. */
import { type Check, nothing } from "../check.ts";
import { codePlace } from "../places.ts";

export const outcome: Check = {
  id: "outcome",
  findings({ c: { expect, action }, outcome: seen }) {
    if (expect.outcome === "any" || expect.outcome === (seen.kind === "success" ? "success" : "refused"))
      return nothing;
    const finding = { check: "outcome", level: "must", at: codePlace(action) } as const;
    if (seen.kind === "refusal") return [{ ...finding, expected: "success", actual: seen.code }];
    return [{ ...finding, expected: expect.outcome === "refused" ? [...expect.codes] : [], actual: "success" }];
  },
};
