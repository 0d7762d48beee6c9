/** silence: where the server does not answer, the call ends with an error after its timeout. */
import { hasBody, successAnswer } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";

export const silence: SdkFamily = {
  id: "silence",
  description: "no response, and a body that does not end: an error within a second after the timeout",
  scope: { quick: "service", standard: "service" },
  *cases(action) {
    const shared = { sdkExpects: { result: "error" }, mayHang: true, needs: "timeout", source: action.source } as const;
    yield {
      ...shared,
      place: "response",
      slug: "absent",
      title: "MUST return an error within the timeout where no response comes",
      answers: [{ content: { kind: "nothing" }, end: "stall" }],
    };
    if (!hasBody(action)) return;
    yield {
      ...shared,
      place: "response",
      slug: "stalled",
      title: "MUST return an error within the timeout where the body does not end",
      answers: [{ ...successAnswer(action), halfWithLength: "whole", end: "stall" }],
    };
  },
};
