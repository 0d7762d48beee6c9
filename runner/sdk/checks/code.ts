/** code: a refusal reaches the caller as an error with the code of the response. */
import { difference, resultName, type SdkCheck } from "../sdk-check.ts";

export const returnedCode: SdkCheck = {
  id: "code",
  of: "result",
  findings: ({ sdkCase: { sdkExpects }, result }) => {
    if (sdkExpects.result !== "code" || result === undefined) return [];
    const name = resultName(result);
    return name === sdkExpects.code ? [] : [difference("code", [sdkExpects.code], name)];
  },
};
