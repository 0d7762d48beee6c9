/** one-request: a call without retries is exactly one request. */
import { difference, type SdkCheck } from "../sdk-check.ts";

export const oneRequest: SdkCheck = {
  id: "one-request",
  of: "request",
  findings: ({ received }) => (received.length === 1 ? [] : [difference("requests", 1, received.length)]),
};
