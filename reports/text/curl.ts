/** A recorded request → the curl line that sends it, with shell variables where secrets were taken out. */
import { shellQuote } from "../../runner/http/shell-quote.ts";
import type { RecordedExchange } from "../../runner/model/index.ts";
import { REDACTED } from "../../runner/model/redacted.ts";

/** Headers that curl works out by itself. */
const ownWork = new Set(["host", "content-length"]);

/** Null where the log does not hold the whole body. */
export function curlLine({ request }: RecordedExchange): string | null {
  const { method, url, headers, body } = request;
  if (body.sha256 !== undefined) return null;
  // Brackets of an address would be read as a range.
  const words = [
    `curl -sS${/[[\]{}]/.test(url.replaceAll(REDACTED, "")) ? " --globoff" : ""} -X ${quoteWithGaps(method)} ${quoteWithGaps(url)}`,
  ];
  for (const [name, value] of headers)
    if (!ownWork.has(name.toLowerCase()) || !url.includes(`//${value}/`)) words.push(`-H ${header(name, value)}`);
  if (body.bytes > 0) {
    // curl would say that it is a form.
    if (!headers.some(([name]) => name.toLowerCase() === "content-type")) words.push("-H 'Content-Type:'");
    words.push(`--data-raw ${quoteWithGaps(body.text)}`);
  }
  return words.join(" \\\n  ");
}

/** A header with a secret in it is one gap as a whole: half a signature helps nobody. */
function header(name: string, value: string): string {
  if (value.includes(REDACTED)) return `${shellQuote(`${name}: `)}"$ASSAY_${variable(name)}"`;
  // One without a value would be left out.
  return shellQuote(value === "" ? `${name};` : `${name}: ${value}`);
}

/** A value with a secret in it, by what it is a value of: `Signature=…&`, and `"Image":"…"` in JSON. */
const ofPairs = /(?<=(?:^|[?&])([^?&=]+)=)[^&]*\[redacted\][^&]*/g;
const ofMembers = /(?<="((?:[^"\\]|\\.)*)"\s*:\s*")(?:[^"\\]|\\.)*?\[redacted\](?:[^"\\]|\\.)*/g;

/** What stands in a list, or in a text that is neither pairs nor JSON, has no name. */
const nameless = /\[redacted\]/g;

/** Each secret is a gap as a whole, named after its parameter. */
function quoteWithGaps(text: string): string {
  const named = /^\s*[{[]/.test(text) ? ofMembers : ofPairs;
  return (
    replaceSecrets(text, named, (between) =>
      replaceSecrets(between, nameless, (plain) => (plain === "" ? "" : shellQuote(plain))),
    ) || "''"
  );
}

/** `rest` makes a word of what is between the gaps. */
function replaceSecrets(text: string, gap: RegExp, rest: (text: string) => string): string {
  let from = 0;
  let made = "";
  for (const { 0: whole, 1: name = "secret", index } of text.matchAll(gap)) {
    made += `${rest(text.slice(from, index))}"$ASSAY_${variable(name)}"`;
    from = index + whole.length;
  }
  return made + rest(text.slice(from));
}

const variable = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
