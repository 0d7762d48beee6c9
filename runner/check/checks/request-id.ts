/** request-id: the request id is a text that is not empty, and another one in each response. */
import { type Check, NO_FINDINGS } from "../check.ts";
import { jsonTypeName } from "../response-schemas.ts";

export const requestId: Check = {
  id: "request-id",
  findings({ testCase: { action }, outcome, ids }) {
    const documented = action.service.envelope.requestId;
    if (documented === null) return NO_FINDINGS;
    const location = "header" in documented ? `header:${documented.header}` : documented.body;
    const id = outcome.requestId;
    const finding = { check: "request-id", level: "must", location } as const;
    if (typeof id !== "string" || id === "")
      return [{ ...finding, expected: "a string that is not empty", actual: jsonTypeName(id) }];
    return ids.add(id)
      ? NO_FINDINGS
      : [{ ...finding, expected: "an id that no other response has", actual: "repeated" }];
  },
};
