/** in-time: a call ends with a result, also where the server does not answer. */
import { difference, type SdkCheck } from "../sdk-check.ts";

export const inTime: SdkCheck = {
  id: "in-time",
  of: "result",
  findings: ({ result }) => (result === undefined ? [difference("result", "an error within the timeout", "none")] : []),
};
