/** A recorded request → the curl command that sends it; shell variables replace redacted secrets. */
import { shellQuote } from "../../runner/http/shell-quote.ts";
import type { RecordedExchange } from "../../runner/model/index.ts";
import { REDACTED } from "../../runner/model/redacted.ts";

/** Headers that curl sets itself. */
const headersOfCurl = new Set(["host", "content-length"]);

/** Null if the log does not contain the whole body. */
export function curlLine({ request }: RecordedExchange): string | null {
  const { method, url, headers, body } = request;
  if (body.sha256 !== undefined) return null;
  // Without --globoff, curl expands brackets in a URL.
  const parts = [
    `curl -sS${/[[\]{}]/.test(url.replaceAll(REDACTED, "")) ? " --globoff" : ""} -X ${quoteWithVariables(method)} ${quoteWithVariables(url)}`,
  ];
  for (const [name, value] of headers)
    if (!headersOfCurl.has(name.toLowerCase()) || !url.includes(`//${value}/`)) parts.push(`-H ${header(name, value)}`);
  if (body.bytes > 0) {
    // Without this header, curl sends the content type of a form.
    if (!headers.some(([name]) => name.toLowerCase() === "content-type")) parts.push("-H 'Content-Type:'");
    parts.push(`--data-raw ${quoteWithVariables(body.text)}`);
  }
  return parts.join(" \\\n  ");
}

/** A header that contains a secret becomes one variable: a part of a signature is of no use. */
function header(name: string, value: string): string {
  if (value.includes(REDACTED)) return `${shellQuote(`${name}: `)}"$ASSAY_${variable(name)}"`;
  // curl omits a header without a value unless it ends in a semicolon.
  return shellQuote(value === "" ? `${name};` : `${name}: ${value}`);
}

/** A value that contains a secret, after its name: `Signature=…&` in pairs, `"Image":"…"` in JSON. */
const secretsInPairs = /(?<=(?:^|[?&])([^?&=]+)=)[^&]*\[redacted\][^&]*/g;
const secretsInJson = /(?<="((?:[^"\\]|\\.)*)"\s*:\s*")(?:[^"\\]|\\.)*?\[redacted\](?:[^"\\]|\\.)*/g;

/** A secret without a name: an item of a list, or in a text that is neither pairs nor JSON. */
const unnamedSecrets = /\[redacted\]/g;

/** Quotes a text for the shell; each secret becomes a variable named after its parameter. */
function quoteWithVariables(text: string): string {
  const namedSecrets = /^\s*[{[]/.test(text) ? secretsInJson : secretsInPairs;
  return (
    replaceSecrets(text, namedSecrets, (between) =>
      replaceSecrets(between, unnamedSecrets, (plain) => (plain === "" ? "" : shellQuote(plain))),
    ) || "''"
  );
}

/** `quote` is called for the text between the secrets. */
function replaceSecrets(text: string, secrets: RegExp, quote: (text: string) => string): string {
  let from = 0;
  let result = "";
  for (const { 0: whole, 1: name = "secret", index } of text.matchAll(secrets)) {
    result += `${quote(text.slice(from, index))}"$ASSAY_${variable(name)}"`;
    from = index + whole.length;
  }
  return result + quote(text.slice(from));
}

const variable = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
