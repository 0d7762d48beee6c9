/** Bytes or flat pairs → the members of a call. */
import type { Json, Members } from "../model.ts";
import { unflatten } from "../wire/flatten.ts";
import { coerce } from "./coerce.ts";
import { type Context, refuse } from "./context.ts";
import { inputThroughFaults } from "./fault.ts";
import type { Refused } from "./refused.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function bodySyntax(context: Context): Refused | undefined {
  const members = context.received?.flat ? flatMembers(context) : jsonMembers(context);
  if (!members) return refuse(context, context.codes.syntax, { says: "The body is not a JSON object." });
  context.members = inputThroughFaults(members, context);
  return undefined;
}

/** Undefined where the bytes are no JSON object. */
function jsonMembers({ received, action, family }: Context): Members | undefined {
  const bytes = received?.body;
  if (!bytes || bytes.length === 0) {
    // Tencent's gateway then finds its members missing; an AWS action without input may be sent nothing.
    return family === "tencent-cloud" || (family === "aws-json" && action?.parameters.length === 0) ? {} : undefined;
  }
  try {
    const value = JSON.parse(utf8.decode(bytes)) as Json;
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function flatMembers({ received, action }: Context): Members {
  const nested = unflatten(received?.flat ?? []);
  const schemas = new Map(action?.parameters.map((p) => [p.name, p.schema]));
  return Object.fromEntries(Object.entries(nested).map(([name, v]) => [name, coerce(schemas.get(name), v)]));
}
