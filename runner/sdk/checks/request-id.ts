/** request-id: the caller gets the request id of the response, where the envelope has one. */
import { decodeResponse } from "../../http/decode.ts";
import { difference, type SdkCheck } from "../sdk-check.ts";

export const returnedRequestId: SdkCheck = {
  id: "request-id",
  of: "result",
  findings: ({ sdkCase, received, result }) => {
    const { envelope } = sdkCase.action.service;
    const { sdkExpects } = sdkCase;
    const response = received.at(-1)?.response;
    if (!envelope.requestId || !response || !("status" in response) || !result) return [];
    // A wrong result is a finding of its own.
    if (sdkExpects.result !== (result.kind === "ok" ? "output" : "code")) return [];
    const outcome = decodeResponse(response, envelope);
    const sent = outcome.kind === "unreadable" ? undefined : outcome.requestId;
    const returned = result.kind === "ok" ? result.requestId : result.kind === "error" ? result.error.requestId : "";
    return sent === undefined || sent === returned ? [] : [difference("request id", sent, returned ?? "absent")];
  },
};
