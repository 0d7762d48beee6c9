/** Text or JSON value + the secrets to search for → the same with every secret replaced by REDACTED. */

import { REDACTED } from "../model/redacted.ts";
import { decodedRuns } from "./encoded-runs.ts";
import { findImageData } from "./image-data.ts";
import { findSecretFields } from "./secret-fields.ts";
import type { SubstringSearch } from "./substring-search.ts";
import { type Span, unescapeLayers } from "./unescape.ts";

/** In UTF-16 units. A longer text is cut here, because undoing its escapes would cost more than the rest of it is worth. */
export const MAX_MASKED_LENGTH = 1 << 20;

/**
 * `searches` find the secret values. With `isEncoded` a secret is also searched in what is base64, hexadecimal or compressed: for
 * texts of a target. With `secretNames` the text is that of an exchange: the values of these fields, the values of fields with
 * commonly secret names, and image data are replaced too.
 */
export function maskText(
  text: string,
  searches: readonly SubstringSearch[],
  isEncoded: boolean,
  secretNames?: readonly string[],
): string {
  if (text.length > MAX_MASKED_LENGTH)
    return `${maskText(text.slice(0, MAX_MASKED_LENGTH), searches, isEncoded, secretNames)}… (${text.length} characters)`;
  const spans: Span[] = [];
  for (const layer of unescapeLayers(text)) {
    for (const search of searches) for (const span of search.find(layer.text)) spans.push(layer.originalSpan(...span));
    if (isEncoded)
      for (const { texts, span } of decodedRuns(layer.text))
        if (texts.some((decoded) => decoded === null || searches.some((search) => search.find(decoded).length > 0)))
          spans.push(layer.originalSpan(...span));
    if (!secretNames) continue;
    for (const { span } of findSecretFields(layer.text, secretNames)) spans.push(layer.originalSpan(...span));
    for (const span of findImageData(layer.text)) spans.push(layer.originalSpan(...span));
  }
  return spans.length === 0 ? text : replaceSpans(text, spans);
}

function replaceSpans(text: string, spans: Span[]): string {
  let out = "";
  let lastEnd = 0;
  let hasReplaced = false;
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    if (to <= lastEnd) continue;
    // A span that overlaps or directly follows the one before becomes part of the same replacement.
    if (!hasReplaced || from > lastEnd) out += text.slice(lastEnd, from) + REDACTED;
    hasReplaced = true;
    lastEnd = to;
  }
  return out + text.slice(lastEnd);
}

/**
 * Applies `mask` to every string in a value. With `maskNames` also to the member names, and a string member whose name
 * calls it secret is replaced as a whole.
 */
export function mapStrings<T>(value: T, mask: (text: string) => string, maskNames = false): T {
  const walk = (node: unknown): unknown => {
    if (typeof node === "string") return mask(node);
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) return node.map(walk);
    return Object.fromEntries(
      Object.entries(node).map(([name, member]) =>
        maskNames
          ? [mask(name), typeof member === "string" && hasSecretName(name, member) ? REDACTED : walk(member)]
          : [name, walk(member)],
      ),
    );
  };
  return walk(value) as T;
}

const hasSecretName = (name: string, value: string): boolean =>
  findSecretFields(JSON.stringify({ [name]: value })).length > 0;
