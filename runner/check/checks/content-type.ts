/** content-type: the content type is one of those that the envelope documents, if it documents any. */
import type { HttpResponse } from "../../model/index.ts";
import { type Check, NO_FINDINGS } from "../check.ts";
import { truncateText } from "../truncate.ts";

export const contentType: Check = {
  id: "content-type",
  findings({ testCase: { action }, response, outcome }) {
    const documented = action.service.envelope[outcome.kind].contentType;
    if (documented === "any" || response.body.length === 0) return NO_FINDINGS;
    const actual = undocumentedType(response.headers, documented);
    if (actual === undefined) return NO_FINDINGS;
    const location = "header:content-type";
    return [
      { check: "content-type", level: "must", location, expected: [...documented], actual: truncateText(actual) },
    ];
  },
};

/** The first undocumented value. All headers are checked, because a client may use any of several. */
function undocumentedType(headers: HttpResponse["headers"], documented: readonly string[]): string | undefined {
  let isPresent = false;
  for (const [name, value] of headers) {
    if (name !== "content-type") continue;
    if (!documented.includes(mediaType(value))) return value;
    isPresent = true;
  }
  return isPresent ? undefined : "absent";
}

/** The value without its parameters. The last result is kept, because a target mostly sends the same value. */
function mediaType(text: string): string {
  if (text !== last.text) last = { text, mediaType: text.split(";", 1)[0]?.trim().toLowerCase() ?? "" };
  return last.mediaType;
}

let last = { text: "", mediaType: "" };
