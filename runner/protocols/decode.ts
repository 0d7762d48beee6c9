/** An answer and its envelope's spec → Outcome. Nothing of the answer is trusted. */
import { isUtf8 } from "node:buffer";
import jsonpointer from "jsonpointer";
import type { Envelope, HttpResponse, Json, Outcome } from "../model.ts";

/** Deeper answers are not read: a parser that recurses is not to be led into the ground. */
const deepest = 200;

function headerOf(response: HttpResponse, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return response.headers.find(([n]) => n === wanted)?.[1];
}

export function decode(response: HttpResponse, envelope: Envelope): Outcome {
  if (response.cut) return { kind: "unreadable", why: "the body went on beyond the cap", body: undefined };
  const parsed = parse(response.body);
  if ("why" in parsed) return { kind: "unreadable", why: parsed.why, body: undefined };
  const { body } = parsed;
  const requestId = idOf(response, body, envelope);
  if (!isSuccess(response, body, envelope)) {
    const code = codeOf(response, body, envelope);
    if (code === undefined) return { kind: "unreadable", why: "neither a success nor a code", body };
    return { kind: "refusal", code, body, ...(requestId === undefined ? {} : { requestId }) };
  }
  if (body === undefined && !envelope.success.emptyBody) return { kind: "unreadable", why: "the body is empty", body };
  const output = body === undefined ? undefined : get(body, envelope.output);
  return { kind: "success", body, output, ...(requestId === undefined ? {} : { requestId }) };
}

function parse(bytes: Uint8Array): { body: Json | undefined } | { why: string } {
  if (bytes.length === 0) return { body: undefined };
  if (!isUtf8(bytes)) return { why: "the body is not UTF-8" };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  if (text.charCodeAt(0) === 0xfeff) return { why: "a byte order mark stands before the body" };
  try {
    if (depth(text) > deepest) return { why: `the body is nested more than ${deepest} levels deep` };
    return { body: JSON.parse(text) as Json };
  } catch {
    return { why: "the body is not JSON" };
  }
}

/** Brackets outside of strings; cheap, and exact for what JSON.parse would accept. */
function depth(text: string): number {
  if (text.length < deepest * 2) return 0;
  let now = 0;
  let most = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 92) i++;
      else if (c === 34) quoted = false;
    } else if (c === 34) quoted = true;
    else if (c === 91 || c === 123) most = Math.max(most, ++now);
    else if (c === 93 || c === 125) now--;
  }
  return most;
}

/** An envelope names a handful of places, each looked up in every answer. */
const pointers = new Map<string, ReturnType<typeof jsonpointer.compile>>();

const get = (body: Json | undefined, pointer: string): Json | undefined => {
  if (pointer === "") return body;
  if (typeof body !== "object" || body === null) return undefined;
  let compiled = pointers.get(pointer);
  if (!compiled) {
    compiled = jsonpointer.compile(pointer);
    pointers.set(pointer, compiled);
  }
  return compiled.get(body) as Json | undefined;
};

const isObject = (value: Json | undefined): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isSuccess(response: HttpResponse, body: Json | undefined, envelope: Envelope): boolean {
  const d = envelope.discriminator;
  // Without the place of the output it is another envelope: a gateway's own words are no success.
  if (d.kind === "refusal-has") return get(body, d.at) === undefined && isObject(get(body, envelope.output));
  if (d.kind === "success-is") return get(body, d.at) === d.value;
  return envelope.success.status.includes(response.status);
}

function codeOf(response: HttpResponse, body: Json | undefined, envelope: Envelope): string | undefined {
  for (const place of envelope.code.at) {
    const found = "header" in place ? headerOf(response, place.header) : get(body, place.body);
    if ((typeof found === "string" && found !== "") || typeof found === "number")
      return clean(String(found), envelope.code.clean);
  }
  return undefined;
}

function clean(code: string, how: Envelope["code"]["clean"]): string {
  let out = code;
  if (how?.before !== undefined && out.includes(how.before)) out = out.slice(0, out.indexOf(how.before));
  if (how?.after !== undefined && out.includes(how.after)) out = out.slice(out.indexOf(how.after) + how.after.length);
  return out;
}

function idOf(response: HttpResponse, body: Json | undefined, envelope: Envelope): Json | undefined {
  if (envelope.requestId === null) return undefined;
  return "header" in envelope.requestId
    ? headerOf(response, envelope.requestId.header)
    : get(body, envelope.requestId.body);
}
