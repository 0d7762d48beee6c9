/** Bytes or flat pairs → the members of a call. */
import type { Json, Members } from "../model.ts";
import { unflatten } from "../wire/flatten.ts";
import { coerce } from "./coerce.ts";
import { type Context, refuseBreach, refuseOpen } from "./context.ts";
import { inputThroughFaults } from "./fault.ts";
import type { Refused } from "./refused.ts";
import { refusesOpen } from "./twin.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function bodySyntax(context: Context): Refused | undefined {
  const read = context.received?.flat ? flatMembers(context) : jsonMembers(context);
  const refused =
    typeof read === "string" ? noObject(context, read) : refusesOpen(context) ? unclear(context) : undefined;
  if (refused) return refused;
  const members = typeof read === "string" ? {} : read;
  context.members = inputThroughFaults(members, context);
  return undefined;
}

const noObject = (context: Context, breach: string): Refused | undefined =>
  refuseBreach(context, context.front?.refusals.get(breach), context.codes.syntax, {
    breach,
    says: "The body is not a JSON object.",
  });

/** Where the bytes are no JSON object, what they are instead. */
function jsonMembers({ received, action, family }: Context): Members | "empty-body" | "malformed" | "not-an-object" {
  const bytes = received?.body;
  if (!bytes || bytes.length === 0) {
    // Tencent's gateway then finds its members missing; an AWS action without input may be sent nothing.
    const none = family === "tencent-cloud" || (family === "aws-json" && action?.parameters.length === 0);
    return none ? {} : "empty-body";
  }
  try {
    const value = JSON.parse(utf8.decode(bytes)) as Json;
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : "not-an-object";
  } catch {
    return "malformed";
  }
}

/** A body of nothing, or a member that stands twice: no page says what they are. */
function unclear(context: Context): Refused | undefined {
  const { received, codes, family } = context;
  const empty = received?.body?.length === 0 && family === "tencent-cloud";
  if (empty) return refuseOpen(context, { breach: "empty-body" }, [codes.absent]);
  const names = received?.flat?.map(([name]) => name) ?? namesIn(Buffer.from(received?.body ?? "").toString());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  return twice === undefined ? undefined : refuseOpen(context, { at: twice, breach: "repeated-key" });
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

function flatMembers({ received, action }: Context): Members {
  const nested = unflatten(received?.flat ?? []);
  const schemas = new Map(action?.parameters.map((p) => [p.name, p.schema]));
  return Object.fromEntries(Object.entries(nested).map(([name, v]) => [name, coerce(schemas.get(name), v)]));
}
