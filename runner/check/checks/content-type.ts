/** content-type: where the envelope names any, one of them. */
import { type Check, nothing } from "../check.ts";

export const contentType: Check = {
  id: "content-type",
  findings({ c: { action }, response, outcome }) {
    const wanted = action.service.envelope[outcome.kind].contentType;
    if (wanted === "any" || response.body.length === 0) return nothing;
    const had = response.headers.find(([n]) => n === "content-type")?.[1];
    const plain = had?.split(";")[0]?.trim().toLowerCase();
    if (plain !== undefined && wanted.includes(plain)) return nothing;
    const at = "header:content-type";
    return [{ check: "content-type", level: "must", at, expected: [...wanted], actual: had ?? "absent" }];
  },
};
