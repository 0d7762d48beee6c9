/** A value of the target's → as much of it as a finding may hold: a report is no place for megabytes. */
import type { Json } from "../model/index.ts";

const longest = 200;

/** The same where it is short; else its beginning, or that of its JSON, and how long it is. */
export function truncateJson(value: Json): Json {
  if (typeof value === "string") return truncateText(value);
  if (typeof value !== "object" || value === null) return value;
  const text = JSON.stringify(value);
  return text.length <= longest ? value : truncateText(text);
}

/** The copy is the text's own: a slice would keep all of it alive. */
export const truncateText = (text: string): string =>
  text.length <= longest
    ? text
    : `${Buffer.from(text.slice(0, longest), "utf16le").toString("utf16le")}… (${text.length} characters)`;
