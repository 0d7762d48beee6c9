/** status: the HTTP status is one that the documents give for a success or for this error code. */
import { statusesOf } from "../../spec/error-codes.ts";
import { type Check, NO_FINDINGS } from "../check.ts";

export const status: Check = {
  id: "status",
  findings({ testCase: { action }, response, outcome }) {
    const { envelope } = action.service;
    const statuses = outcome.kind === "success" ? envelope.success.status : statusesOf(action, outcome.code);
    if (statuses.includes(response.status)) return NO_FINDINGS;
    return [{ check: "status", level: "must", location: "status", expected: [...statuses], actual: response.status }];
  },
};
