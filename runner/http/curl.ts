/** A request → the curl line that sends it, with gaps where secrets stand. */
import type { HttpRequest } from "../model/index.ts";
import { findImageData } from "../redaction/image-data.ts";

/** Single quotes keep all but the single quote itself; control characters go as $'…' escapes. */
function shellQuote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be found
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    const escaped = [...Buffer.from(text)].map((b) =>
      b < 0x20 || b > 0x7e
        ? `\\x${b.toString(16).padStart(2, "0")}`
        : b === 0x27 || b === 0x5c
          ? `\\${String.fromCharCode(b)}`
          : String.fromCharCode(b),
    );
    return `$'${escaped.join("")}'`;
  }
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `secrets`: shell variables that stand for secrets, put in double quotes between the quoted parts. An image is one too. */
export function toCurl(request: HttpRequest, endpoint: string, secrets: ReadonlyMap<string, string>): string {
  const body = typeof request.body === "string" ? request.body : Buffer.from(request.body).toString("utf8");
  const gaps = new Map(secrets);
  const pictures = [request.path, body].flatMap((text) => findImageData(text).map((span) => text.slice(...span)));
  for (const [n, picture] of pictures.entries()) gaps.set(picture, `ASSAY_IMAGE${n === 0 ? "" : n + 1}`);
  const word = (text: string): string => {
    let parts: string[] = [text];
    for (const [value, name] of gaps) {
      if (value === "") continue;
      parts = parts.flatMap((part, i) =>
        i % 2 === 0 ? part.split(value).flatMap((p, k) => (k === 0 ? [p] : [name, p])) : [part],
      );
    }
    // Even parts are text, odd ones names of gaps.
    return parts.map((part, i) => (i % 2 === 1 ? `"$${part}"` : part && shellQuote(part))).join("") || "''";
  };
  const lines = [`curl -sS -X ${request.method} ${word(endpoint + request.path)}`];
  // One without a value would be left out.
  for (const [name, value] of request.headers)
    lines.push(`-H ${word(value === "" ? `${name};` : `${name}: ${value}`)}`);
  if (body !== "") {
    // curl would say that it is a form.
    if (!request.headers.some(([name]) => name.toLowerCase() === "content-type")) lines.push("-H 'Content-Type:'");
    lines.push(`--data-binary ${word(body)}`);
  }
  return lines.join(" \\\n  ");
}
