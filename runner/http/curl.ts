/** A request → the curl command line that sends it, with shell variables in place of secrets. */
import type { HttpRequest } from "../model/index.ts";
import { findImageData } from "../redaction/image-data.ts";
import { shellQuote } from "./shell-quote.ts";

/** `secrets` maps secret values to names of shell variables. Image data is replaced by a variable too, because of its length. */
export function toCurl(request: HttpRequest, endpoint: string, secrets: ReadonlyMap<string, string>): string {
  const body = typeof request.body === "string" ? request.body : Buffer.from(request.body).toString("utf8");
  const variables = new Map(secrets);
  const images = [request.path, body].flatMap((text) => findImageData(text).map((span) => text.slice(...span)));
  for (const [i, image] of images.entries()) variables.set(image, `ASSAY_IMAGE${i === 0 ? "" : i + 1}`);
  const shellWord = (text: string): string => {
    // Elements with an even index are text, those with an odd index names of variables.
    let parts: string[] = [text];
    for (const [value, name] of variables) {
      if (value === "") continue;
      parts = parts.flatMap((part, i) =>
        i % 2 === 0 ? part.split(value).flatMap((p, k) => (k === 0 ? [p] : [name, p])) : [part],
      );
    }
    return parts.map((part, i) => (i % 2 === 1 ? `"$${part}"` : part && shellQuote(part))).join("") || "''";
  };
  const lines = [`curl -sS -X ${request.method} ${shellWord(endpoint + request.path)}`];
  // curl does not send a header `Name:` without a value; `Name;` sends it empty.
  for (const [name, value] of request.headers)
    lines.push(`-H ${shellWord(value === "" ? `${name};` : `${name}: ${value}`)}`);
  if (body !== "") {
    // Without this curl would add the content type of a form.
    if (!request.headers.some(([name]) => name.toLowerCase() === "content-type")) lines.push("-H 'Content-Type:'");
    lines.push(`--data-binary ${shellWord(body)}`);
  }
  return lines.join(" \\\n  ");
}
