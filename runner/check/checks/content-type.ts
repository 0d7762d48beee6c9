/** content-type: where the envelope names any, one of them. */
import type { HttpResponse } from "../../model.ts";
import { type Check, nothing } from "../check.ts";

export const contentType: Check = {
  id: "content-type",
  findings({ c: { action }, response, outcome }) {
    const wanted = action.service.envelope[outcome.kind].contentType;
    if (wanted === "any" || response.body.length === 0) return nothing;
    const had = headerOf(response.headers, "content-type");
    if (had !== undefined && wanted.includes(plain(had))) return nothing;
    const at = "header:content-type";
    return [{ check: "content-type", level: "must", at, expected: [...wanted], actual: had ?? "absent" }];
  },
};

function headerOf(headers: HttpResponse["headers"], wanted: string): string | undefined {
  for (const header of headers) if (header[0] === wanted) return header[1];
  return undefined;
}

/** Without its parameters. A target says the same again and again. */
function plain(text: string): string {
  if (text !== last.text) last = { text, plain: text.split(";", 1)[0]?.trim().toLowerCase() ?? "" };
  return last.plain;
}

let last = { text: "", plain: "" };
