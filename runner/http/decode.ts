/** HTTP response + the spec of its envelope → Outcome. Nothing in the response is trusted. */
import jsonpointer from "jsonpointer";
import type { Envelope, HttpResponse, Json, Outcome } from "../model/index.ts";
import { readJson } from "./read-json.ts";

/** In UTF-16 units. Documented codes are shorter. A longer one is cut here, because it appears in verdicts, reasons and findings. */
const MAX_CODE_LENGTH = 200;

function headerValues(response: HttpResponse, headerName: string): string[] {
  const lowerName = headerName.toLowerCase();
  return response.headers.filter(([name]) => name === lowerName).map(([, value]) => value);
}

export function decodeResponse(response: HttpResponse, envelope: Envelope): Outcome {
  if (response.cut) return { kind: "unreadable", reason: "the body is larger than the limit", body: undefined };
  const encoding = contentEncoding(response);
  if (encoding !== undefined && response.body.length > 0)
    return {
      kind: "unreadable",
      reason: `the body is encoded as ${encoding}, which the request did not ask for`,
      body: undefined,
    };
  const parsed = readJson(response.body);
  if ("reason" in parsed) return { kind: "unreadable", reason: parsed.reason, body: undefined };
  const { body } = parsed;
  const requestId = requestIdOf(response, body, envelope);
  if (!isSuccess(response, body, envelope)) {
    const found = codeOf(response, body, envelope);
    if (found === undefined) return { kind: "unreadable", reason: "neither a success nor a code", body };
    return { kind: "refusal", ...found, body, ...(requestId === undefined ? {} : { requestId }) };
  }
  if (body === undefined && !envelope.success.emptyBody)
    return { kind: "unreadable", reason: "the body is empty", body };
  const output = body === undefined ? undefined : get(body, envelope.output);
  return { kind: "success", body, output, ...(requestId === undefined ? {} : { requestId }) };
}

/** The content encoding of the body, if it has one. It is never decoded: a few bytes may expand to very many. */
function contentEncoding(response: HttpResponse): string | undefined {
  for (const [name, value] of response.headers)
    if (name === "content-encoding" && !["", "identity"].includes(value.trim().toLowerCase())) return truncate(value);
  return undefined;
}

/** Compiled JSON pointers. An envelope names only a few, and each is evaluated for every response. */
const compiledPointers = new Map<string, ReturnType<typeof jsonpointer.compile>>();

const get = (body: Json | undefined, pointer: string): Json | undefined => {
  if (pointer === "") return body;
  if (typeof body !== "object" || body === null) return undefined;
  let compiled = compiledPointers.get(pointer);
  if (!compiled) {
    compiled = jsonpointer.compile(pointer);
    compiledPointers.set(pointer, compiled);
  }
  return compiled.get(body) as Json | undefined;
};

const isObject = (value: Json | undefined): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isSuccess(response: HttpResponse, body: Json | undefined, envelope: Envelope): boolean {
  const { discriminator } = envelope;
  // A body without the output object is not this envelope: the response of a proxy in between is no success.
  if (discriminator.kind === "refusal-has")
    return get(body, discriminator.pointer) === undefined && isObject(get(body, envelope.output));
  if (discriminator.kind === "success-is") return get(body, discriminator.pointer) === discriminator.value;
  return envelope.success.status.includes(response.status);
}

function codeOf(
  response: HttpResponse,
  body: Json | undefined,
  envelope: Envelope,
): { code: string; codeLocation?: string; codesByPlace?: ReadonlyMap<string, string> } | undefined {
  const { locations, trim } = envelope.code;
  const codesByPlace = new Map<string, string>();
  for (const location of locations) {
    const code = "header" in location ? headerValues(response, location.header)[0] : get(body, location.body);
    if ((typeof code === "string" && code !== "") || typeof code === "number")
      codesByPlace.set(
        "header" in location ? `header:${location.header}` : location.body,
        quoteIfSuccess(cleanCode(String(code), trim)),
      );
  }
  for (const [codeLocation, code] of codesByPlace)
    return locations.length > 1 ? { code, codeLocation, codesByPlace } : { code };
  return undefined;
}

function cleanCode(code: string, trim: Envelope["code"]["trim"]): string {
  let cleaned = code;
  if (trim?.before !== undefined && cleaned.includes(trim.before))
    cleaned = cleaned.slice(0, cleaned.indexOf(trim.before));
  if (trim?.after !== undefined && cleaned.includes(trim.after))
    cleaned = cleaned.slice(cleaned.indexOf(trim.after) + trim.after.length);
  return cleaned;
}

/** Verdicts write `success` for an accepted call: a code with this text must stay distinguishable. */
const quoteIfSuccess = (code: string): string => (code === "success" ? '"success"' : truncate(code));

/** Copied, because a slice would keep the whole text in memory. */
const truncate = (text: string): string =>
  text.length <= MAX_CODE_LENGTH
    ? text
    : `${Buffer.from(text.slice(0, MAX_CODE_LENGTH), "utf16le").toString("utf16le")}… (${text.length} characters)`;

/** The list of all header values where they differ, because none of them can be preferred. */
function requestIdOf(response: HttpResponse, body: Json | undefined, envelope: Envelope): Json | undefined {
  if (envelope.requestId === null) return undefined;
  if ("body" in envelope.requestId) return get(body, envelope.requestId.body);
  const ids = headerValues(response, envelope.requestId.header);
  return ids.every((id) => id === ids[0]) ? ids[0] : ids;
}
