/** A text or a value and what is sought in it → the same without it. */

import { findImageData } from "./image-data.ts";
import { findSecretFields } from "./secret-fields.ts";
import type { SubstringSearch } from "./substring-search.ts";
import { type Span, unescapeLayers } from "./unescape.ts";

export const REDACTED = "[redacted]";

/** What is longer is not written down whole: to undo its escapes would cost more than it tells. */
export const MAX_MASKED_LENGTH = 1 << 20;

/** `names`: the text is that of an exchange, and what these and the usual names stand for goes as well. */
export function maskText(text: string, known: readonly SubstringSearch[], names?: readonly string[]): string {
  if (text.length > MAX_MASKED_LENGTH)
    return `${maskText(text.slice(0, MAX_MASKED_LENGTH), known, names)}… (${text.length} characters)`;
  const spans: Span[] = [];
  for (const layer of unescapeLayers(text)) {
    for (const values of known) for (const span of values.in(layer.text)) spans.push(layer.span(...span));
    if (!names) continue;
    for (const { span } of findSecretFields(layer.text, names)) spans.push(layer.span(...span));
    for (const span of findImageData(layer.text)) spans.push(layer.span(...span));
  }
  return spans.length === 0 ? text : without(text, spans);
}

function without(text: string, spans: Span[]): string {
  let out = "";
  let last = 0;
  let open = false;
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    if (to <= last) continue;
    // What overlaps the one before, or stands right behind it, is one gap.
    if (!open || from > last) out += text.slice(last, from) + REDACTED;
    open = true;
    last = to;
  }
  return out + text.slice(last);
}

/** Every text in a value; with `names` those of its members, too, and what stands under a telling one goes. */
export function mapStrings<T>(value: T, clean: (text: string) => string, names = false): T {
  const walk = (of: unknown): unknown => {
    if (typeof of === "string") return clean(of);
    if (typeof of !== "object" || of === null) return of;
    if (Array.isArray(of)) return of.map(walk);
    return Object.fromEntries(
      Object.entries(of).map(([name, inner]) =>
        names
          ? [clean(name), typeof inner === "string" && hasSecretName(name, inner) ? REDACTED : walk(inner)]
          : [name, walk(inner)],
      ),
    );
  };
  return walk(value) as T;
}

const hasSecretName = (name: string, value: string): boolean =>
  findSecretFields(JSON.stringify({ [name]: value })).length > 0;
