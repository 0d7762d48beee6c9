/** An answer and its envelope's spec → Outcome. Nothing of the answer is trusted. */
import jsonpointer from "jsonpointer";
import type { Envelope, HttpResponse, Json, Outcome } from "../model/index.ts";
import { readJson } from "./read-json.ts";

/** No documented code is longer. One that goes on is cut once, here: it stands in verdicts, reasons and findings. */
const longest = 200;

function headersOf(response: HttpResponse, name: string): string[] {
  const wanted = name.toLowerCase();
  return response.headers.filter(([n]) => n === wanted).map(([, value]) => value);
}

export function decodeResponse(response: HttpResponse, envelope: Envelope): Outcome {
  if (response.cut) return { kind: "unreadable", reason: "the body went on beyond the cap", body: undefined };
  const encoding = contentEncoding(response);
  if (encoding !== undefined && response.body.length > 0)
    return {
      kind: "unreadable",
      reason: `the body is encoded as ${encoding}, and nobody asked for that`,
      body: undefined,
    };
  const parsed = readJson(response.body);
  if ("reason" in parsed) return { kind: "unreadable", reason: parsed.reason, body: undefined };
  const { body } = parsed;
  const requestId = requestIdOf(response, body, envelope);
  if (!isSuccess(response, body, envelope)) {
    const code = codeOf(response, body, envelope);
    if (code === undefined) return { kind: "unreadable", reason: "neither a success nor a code", body };
    return { kind: "refusal", code, body, ...(requestId === undefined ? {} : { requestId }) };
  }
  if (body === undefined && !envelope.success.emptyBody)
    return { kind: "unreadable", reason: "the body is empty", body };
  const output = body === undefined ? undefined : get(body, envelope.output);
  return { kind: "success", body, output, ...(requestId === undefined ? {} : { requestId }) };
}

/** How the body is coded, where it is: it is never decoded, since a little of it may become a lot. */
function contentEncoding(response: HttpResponse): string | undefined {
  for (const [name, value] of response.headers)
    if (name === "content-encoding" && !["", "identity"].includes(value.trim().toLowerCase())) return cut(value);
  return undefined;
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
  if (d.kind === "refusal-has") return get(body, d.pointer) === undefined && isObject(get(body, envelope.output));
  if (d.kind === "success-is") return get(body, d.pointer) === d.value;
  return envelope.success.status.includes(response.status);
}

function codeOf(response: HttpResponse, body: Json | undefined, envelope: Envelope): string | undefined {
  for (const place of envelope.code.locations) {
    const found = "header" in place ? headersOf(response, place.header)[0] : get(body, place.body);
    if ((typeof found === "string" && found !== "") || typeof found === "number")
      return quoteIfSuccess(cleanCode(String(found), envelope.code.trim));
  }
  return undefined;
}

function cleanCode(code: string, how: Envelope["code"]["trim"]): string {
  let out = code;
  if (how?.before !== undefined && out.includes(how.before)) out = out.slice(0, out.indexOf(how.before));
  if (how?.after !== undefined && out.includes(how.after)) out = out.slice(out.indexOf(how.after) + how.after.length);
  return out;
}

/** Verdicts say `success` of what was accepted: a code must not pass for that. */
const quoteIfSuccess = (code: string): string => (code === "success" ? '"success"' : cut(code));

/** A copy of its own: a slice would keep all of the text alive. */
const cut = (text: string): string =>
  text.length <= longest
    ? text
    : `${Buffer.from(text.slice(0, longest), "utf16le").toString("utf16le")}… (${text.length} characters)`;

/** Two that differ are a list: which of them it is nobody can tell. */
function requestIdOf(response: HttpResponse, body: Json | undefined, envelope: Envelope): Json | undefined {
  if (envelope.requestId === null) return undefined;
  if ("body" in envelope.requestId) return get(body, envelope.requestId.body);
  const told = headersOf(response, envelope.requestId.header);
  return told.every((id) => id === told[0]) ? told[0] : told;
}
