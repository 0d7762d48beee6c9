/** A JSON body or flat name-value pairs → the members of a call. */

import { unflatten } from "../../http/flatten.ts";
import type { CallMembers, Json } from "../../model/index.ts";
import { withCurrentNames } from "../leniencies.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuseBreach, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { coerce } from "./coerce.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function checkBody(context: RequestContext): EmulatorRefusal | undefined {
  const { members, breach } = context.received?.flat ? { members: flatMembers(context) } : jsonMembers(context);
  const refusal = breach
    ? refuseMalformedBody(context, breach)
    : context.behaviour.refusesUndocumented(context, { breach: "repeated-key" })
      ? refuseUndocumentedBody(context)
      : undefined;
  if (refusal) return refusal;
  const { emulator, action } = context;
  const current = action ? withCurrentNames(emulator.leniencies, action.id, members) : members;
  context.members = context.behaviour.members(current, context);
  return undefined;
}

const refuseMalformedBody = (context: RequestContext, breach: string): EmulatorRefusal | undefined =>
  refuseBreach(context, context.gatewayRules?.refusals.get(breach), context.codes.syntax, {
    breach,
    message: "The body is not a JSON object.",
  });

interface ParsedBody {
  readonly members: CallMembers;
  /** Set where the body is not exactly one JSON object. */
  readonly breach?: "empty-body" | "malformed" | "not-an-object" | "text-behind";
}

function jsonMembers({ received, action, family }: RequestContext): ParsedBody {
  const bytes = received?.body;
  if (!bytes || bytes.length === 0) {
    // Tencent Cloud then refuses the missing members; an AWS action without input may have an empty body.
    const mayBeEmpty = family === "tencent-cloud" || (family === "aws-json" && action?.parameters.length === 0);
    return mayBeEmpty ? { members: {} } : { members: {}, breach: "empty-body" };
  }
  const text = decode(bytes);
  const value = parseJson(text);
  if (isObject(value)) return { members: value };
  if (value !== undefined) return { members: {}, breach: "not-an-object" };
  const first = parseJson(text.slice(0, endOfFirstValue(text)));
  return isObject(first) ? { members: first, breach: "text-behind" } : { members: {}, breach: "malformed" };
}

const isObject = (value: Json | undefined): value is CallMembers =>
  value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);

/** Empty where the bytes are not UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return "";
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The index behind the first object or list, in UTF-16 units; 0 where none is complete. */
function endOfFirstValue(json: string): number {
  let depth = 0;
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "{" || token === "[") depth++;
    if ((token === "}" || token === "]") && --depth <= 0) return index + 1;
  }
  return 0;
}

/** Refuses an empty body and a repeated member; no documentation page describes either. */
function refuseUndocumentedBody(context: RequestContext): EmulatorRefusal | undefined {
  const { received, codes, family } = context;
  const isEmpty = received?.body?.length === 0 && family === "tencent-cloud";
  if (isEmpty) return refuseUndocumented(context, { breach: "empty-body" }, [codes.absent]);
  const names = received?.flat?.map(([name]) => name) ?? memberNames(Buffer.from(received?.body ?? "").toString());
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  return repeated === undefined
    ? undefined
    : refuseUndocumented(context, { parameter: repeated, breach: "repeated-key" });
}

/** The member names of the outermost object, repeated ones included. */
function memberNames(json: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [token, name] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (name !== undefined && depth === 1) names.push(JSON.parse(name) as string);
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
  }
  return names;
}

function flatMembers({ received, action }: RequestContext): CallMembers {
  const nested = unflatten(received?.flat ?? []);
  const schemas = new Map(action?.parameters.map((p) => [p.name, p.schema]));
  return Object.fromEntries(Object.entries(nested).map(([name, v]) => [name, coerce(schemas.get(name), v)]));
}
