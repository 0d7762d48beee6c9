/** content-type: where the envelope names any, one of them. */
import type { HttpResponse } from "../../model/index.ts";
import { type Check, NO_FINDINGS } from "../check.ts";
import { truncateText } from "../truncate.ts";

export const contentType: Check = {
  id: "content-type",
  findings({ testCase: { action }, response, outcome }) {
    const wanted = action.service.envelope[outcome.kind].contentType;
    if (wanted === "any" || response.body.length === 0) return NO_FINDINGS;
    const had = unwanted(response.headers, wanted);
    if (had === undefined) return NO_FINDINGS;
    const location = "header:content-type";
    return [{ check: "content-type", level: "must", location, expected: [...wanted], actual: truncateText(had) }];
  },
};

/** The first that is none of the wanted: where it is told twice, either may be believed. */
function unwanted(headers: HttpResponse["headers"], wanted: readonly string[]): string | undefined {
  let told = false;
  for (const [name, value] of headers) {
    if (name !== "content-type") continue;
    if (!wanted.includes(plain(value))) return value;
    told = true;
  }
  return told ? undefined : "absent";
}

/** Without its parameters. A target says the same again and again. */
function plain(text: string): string {
  if (text !== last.text) last = { text, plain: text.split(";", 1)[0]?.trim().toLowerCase() ?? "" };
  return last.plain;
}

let last = { text: "", plain: "" };
