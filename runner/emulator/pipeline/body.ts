/** Bytes or flat pairs → the members of a call. */

import { unflatten } from "../../http/flatten.ts";
import type { CallMembers, Json } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuseBreach, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { coerce } from "./coerce.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function bodySyntax(context: RequestContext): EmulatorRefusal | undefined {
  const { members, breach } = context.received?.flat ? { members: flatMembers(context) } : jsonMembers(context);
  const refused = breach
    ? refuseMalformedBody(context, breach)
    : context.behaviour.refusesUndocumented(context)
      ? refuseUndocumentedBody(context)
      : undefined;
  if (refused) return refused;
  context.members = context.behaviour.members(members, context);
  return undefined;
}

const refuseMalformedBody = (context: RequestContext, breach: string): EmulatorRefusal | undefined =>
  refuseBreach(context, context.front?.refusals.get(breach), context.codes.syntax, {
    breach,
    says: "The body is not a JSON object.",
  });

interface Read {
  readonly members: CallMembers;
  /** Where the bytes are no JSON object, or not that alone: what they are instead. */
  readonly breach?: "empty-body" | "malformed" | "not-an-object" | "text-behind";
}

function jsonMembers({ received, action, family }: RequestContext): Read {
  const bytes = received?.body;
  if (!bytes || bytes.length === 0) {
    // Tencent's gateway then finds its members missing; an AWS action without input may be sent nothing.
    const none = family === "tencent-cloud" || (family === "aws-json" && action?.parameters.length === 0);
    return none ? { members: {} } : { members: {}, breach: "empty-body" };
  }
  const text = textOf(bytes);
  const value = jsonOf(text);
  if (isObject(value)) return { members: value };
  if (value !== undefined) return { members: {}, breach: "not-an-object" };
  const first = jsonOf(text.slice(0, endOf(text)));
  return isObject(first) ? { members: first, breach: "text-behind" } : { members: {}, breach: "malformed" };
}

const isObject = (value: Json | undefined): value is CallMembers =>
  value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);

/** Nothing where the bytes are no text. */
function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return "";
  }
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Where the first object or list ends; 0 where none does. */
function endOf(json: string): number {
  let depth = 0;
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "{" || token === "[") depth++;
    if ((token === "}" || token === "]") && --depth <= 0) return index + 1;
  }
  return 0;
}

/** A body of nothing, or a member that stands twice: no page says what they are. */
function refuseUndocumentedBody(context: RequestContext): EmulatorRefusal | undefined {
  const { received, codes, family } = context;
  const empty = received?.body?.length === 0 && family === "tencent-cloud";
  if (empty) return refuseUndocumented(context, { breach: "empty-body" }, [codes.absent]);
  const names = received?.flat?.map(([name]) => name) ?? namesIn(Buffer.from(received?.body ?? "").toString());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  return twice === undefined ? undefined : refuseUndocumented(context, { at: twice, breach: "repeated-key" });
}

/** The members of the outermost object, with repeats. */
function namesIn(json: string): string[] {
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
