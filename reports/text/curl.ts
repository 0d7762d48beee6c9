/** A recorded request → the curl line that sends it, with shell variables where secrets were taken out. */
import type { RecordedExchange } from "../../runner/model/index.ts";

/** What stands in a log where a secret was. */
const REDACTED = "[redacted]";

/** Headers that curl works out by itself. */
const ownWork = new Set(["host", "content-length"]);

/** Null where the log does not hold the whole body. */
export function curlLine({ request }: RecordedExchange): string | null {
  const { method, url, headers, body } = request;
  if (body.sha256 !== undefined) return null;
  // Brackets of an address would be read as a range.
  const words = [
    `curl -sS${/[[\]{}]/.test(url.replaceAll(REDACTED, "")) ? " --globoff" : ""} -X ${shellWord(method)} ${shellWord(url)}`,
  ];
  for (const [name, value] of headers)
    if (!ownWork.has(name.toLowerCase()) || !url.includes(`//${value}/`)) words.push(`-H ${header(name, value)}`);
  if (body.bytes > 0) {
    // curl would say that it is a form.
    if (!headers.some(([name]) => name.toLowerCase() === "content-type")) words.push("-H 'Content-Type:'");
    words.push(`--data-raw ${shellWord(body.text)}`);
  }
  return words.join(" \\\n  ");
}

/** A header with a secret in it is one gap as a whole: half a signature helps nobody. */
function header(name: string, value: string): string {
  if (value.includes(REDACTED)) return `${quoted(`${name}: `)}"$ASSAY_${variable(name)}"`;
  // One without a value would be left out.
  return quoted(value === "" ? `${name};` : `${name}: ${value}`);
}

/** A value with a secret in it, by what it is a value of: `Signature=…&`, and `"Image":"…"` in JSON. */
const ofPairs = /(?<=(?:^|[?&])([^?&=]+)=)[^&]*\[redacted\][^&]*/g;
const ofMembers = /(?<="((?:[^"\\]|\\.)*)"\s*:\s*")(?:[^"\\]|\\.)*?\[redacted\](?:[^"\\]|\\.)*/g;

/** What stands in a list, or in a text that is neither pairs nor JSON, has no name. */
const nameless = /\[redacted\]/g;

/** Each secret is a gap as a whole, named after its parameter. */
function shellWord(text: string): string {
  const named = /^\s*[{[]/.test(text) ? ofMembers : ofPairs;
  return (
    replaceSecrets(text, named, (between) =>
      replaceSecrets(between, nameless, (plain) => (plain === "" ? "" : quoted(plain))),
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

/** One word of bash: what is not plain to see goes as the escapes of its bytes. */
function quoted(text: string): string {
  if (!/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const bytes = [...Buffer.from(text)].map((byte) => {
    const char = String.fromCharCode(byte);
    if (char === "'" || char === "\\") return `\\${char}`;
    return byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, "0")}` : char;
  });
  return `$'${bytes.join("")}'`;
}
