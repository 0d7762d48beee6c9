/** A text or a value and what is sought in it → the same without it. */

import { picturesIn } from "./image-data.ts";
import { toldIn } from "./secret-fields.ts";
import type { Sought } from "./substring-search.ts";
import { layersOf, type Span } from "./unescape.ts";

export const gone = "[redacted]";

/** What is longer is not written down whole: to undo its escapes would cost more than it tells. */
export const mostText = 1 << 20;

/** `names`: the text is that of an exchange, and what these and the usual names stand for goes as well. */
export function cleaned(text: string, known: readonly Sought[], names?: readonly string[]): string {
  if (text.length > mostText) return `${cleaned(text.slice(0, mostText), known, names)}… (${text.length} characters)`;
  const spans: Span[] = [];
  for (const layer of layersOf(text)) {
    for (const values of known) for (const span of values.in(layer.text)) spans.push(layer.span(...span));
    if (!names) continue;
    for (const { span } of toldIn(layer.text, names)) spans.push(layer.span(...span));
    for (const span of picturesIn(layer.text)) spans.push(layer.span(...span));
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
    if (!open || from > last) out += text.slice(last, from) + gone;
    open = true;
    last = to;
  }
  return out + text.slice(last);
}

/** Every text in a value; with `names` those of its members, too, and what stands under a telling one goes. */
export function deep<T>(value: T, clean: (text: string) => string, names = false): T {
  const walk = (of: unknown): unknown => {
    if (typeof of === "string") return clean(of);
    if (typeof of !== "object" || of === null) return of;
    if (Array.isArray(of)) return of.map(walk);
    return Object.fromEntries(
      Object.entries(of).map(([name, inner]) =>
        names
          ? [clean(name), typeof inner === "string" && isTelling(name, inner) ? gone : walk(inner)]
          : [name, walk(inner)],
      ),
    );
  };
  return walk(value) as T;
}

const isTelling = (name: string, value: string): boolean => toldIn(JSON.stringify({ [name]: value })).length > 0;
