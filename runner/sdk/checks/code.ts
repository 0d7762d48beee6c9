/** code: a refusal reaches the caller as an error with the code of the response. */
import { difference, resultName, type SdkCheck } from "../sdk-check.ts";

export const returnedCode: SdkCheck = {
  id: "code",
  of: "result",
  findings: ({ sdkCase: { sdkExpects }, result }) => {
    if (sdkExpects.result !== "code" || result === undefined) return [];
    const name = resultName(result);
    if (name === sdkExpects.code) return [];
    const found = difference("code", [sdkExpects.code], name);
    // However a server writes a refusal, its caller must not take it for a success.
    return [result.kind === "ok" ? { ...found, level: "must" } : found];
  },
};
