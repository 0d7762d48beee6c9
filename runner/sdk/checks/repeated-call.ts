/** repeated-call: a call that the server has executed is not sent again without a token by which the server recognizes it. */
import { sentTokens } from "../idempotency-token.ts";
import { difference, type SdkCheck } from "../sdk-check.ts";

export const repeatedCall: SdkCheck = {
  id: "repeated-call",
  of: "result",
  findings: ({ sdkCase, received }) => {
    const { action, answers } = sdkCase;
    const [first] = answers;
    const wasExecuted = action.mutating && first?.content.kind === "success" && first.halfWithLength !== undefined;
    if (!wasExecuted || received.length === 1) return [];
    const tokens = sentTokens(action, received);
    const hasSameToken = typeof tokens[0] === "string" && tokens.every((token) => token === tokens[0]);
    return hasSameToken ? [] : [difference("requests", 1, received.length)];
  },
};
