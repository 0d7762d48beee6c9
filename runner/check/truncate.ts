/** A value from the target -> the part of it that a finding stores, so that a large response does not make a large report. */
import type { Json } from "../model/index.ts";

/** Longest text that a finding stores, in UTF-16 units. */
const MAX_TEXT_UNITS = 200;

/** The value itself where it is short; else the beginning of its text or JSON, and the full length. */
export function truncateJson(value: Json): Json {
  if (typeof value === "string") return truncateText(value);
  if (typeof value !== "object" || value === null) return value;
  const text = JSON.stringify(value);
  return text.length <= MAX_TEXT_UNITS ? value : truncateText(text);
}

/** The beginning is copied: a slice would keep the whole text in memory. */
export const truncateText = (text: string): string =>
  text.length <= MAX_TEXT_UNITS
    ? text
    : `${Buffer.from(text.slice(0, MAX_TEXT_UNITS), "utf16le").toString("utf16le")}… (${text.length} characters)`;
