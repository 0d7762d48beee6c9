/** token: the SDK fills in the idempotency token, takes a new one for each call, keeps it over retries, and leaves a given one. */
import { truncateJson } from "../../check/truncate.ts";
import { sentTokens, tokenParameter } from "../idempotency-token.ts";
import { difference, type SdkCheck } from "../sdk-check.ts";

export const idempotencyToken: SdkCheck = {
  id: "token",
  of: "result",
  findings: ({ sdkCase: { action, tokens }, members, received }) => {
    const parameter = tokenParameter(action);
    if (!parameter || tokens === undefined) return [];
    const location = `/${parameter.name}`;
    const sent = sentTokens(action, received);
    const isFilledIn = sent.every((token) => typeof token === "string" && token !== "");
    if (tokens === "filled-in") return isFilledIn ? [] : [difference(location, "filled in", "absent")];
    if (tokens === "unique")
      return isFilledIn && new Set(sent).size < sent.length
        ? [difference(location, "another token for each call", "repeated")]
        : [];
    const kept = members[parameter.name] ?? sent[0];
    const other = sent.find((token) => token !== kept);
    return other === undefined ? [] : [difference(location, truncateJson(kept ?? "absent"), truncateJson(other))];
  },
};
