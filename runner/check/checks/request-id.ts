/** request-id: a text, and another one in each answer. */
import { type Check, NO_FINDINGS } from "../check.ts";
import { jsonTypeName } from "../response-schemas.ts";

export const requestId: Check = {
  id: "request-id",
  findings({ testCase: { action }, outcome, ids }) {
    const place = action.service.envelope.requestId;
    if (place === null) return NO_FINDINGS;
    const location = "header" in place ? `header:${place.header}` : place.body;
    const id = outcome.requestId;
    const finding = { check: "request-id", level: "must", location } as const;
    if (typeof id !== "string" || id === "")
      return [{ ...finding, expected: "a text that is not empty", actual: jsonTypeName(id) }];
    return ids.add(id)
      ? NO_FINDINGS
      : [{ ...finding, expected: "different from each other answer's", actual: "repeated" }];
  },
};
