/** Checks which members are present: no undeclared one, every required one, none empty or null where that is not allowed. */
import type { Action, Json, Parameter } from "../../model/index.ts";
import { isLaterMember, type LeniencyId } from "../leniencies.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";

const declaredNames = new WeakMap<Action, ReadonlySet<string>>();

function namesOf(action: Action): ReadonlySet<string> {
  const names = declaredNames.get(action) ?? new Set(action.parameters.map((p) => p.name));
  declaredNames.set(action, names);
  return names;
}

export function checkUndeclared(context: RequestContext): EmulatorRefusal | undefined {
  const { action, members, codes } = context;
  if (!action) return undefined;
  const names = namesOf(action);
  for (const parameter in members) {
    if (names.has(parameter) || isLaterMember(context.emulator.leniencies, action.id, parameter)) continue;
    const refusal = refuseBreach(context, action.undeclaredMember, codes.unknown, {
      parameter,
      breach: "unknown",
      value: members[parameter],
    });
    if (refusal) return refusal;
  }
  return checkUndeclaredClient(context);
}

/** What no page names and clients send with every call; a lenient emulator counts it. */
export const checkUndeclaredClient = (context: RequestContext): EmulatorRefusal | undefined =>
  undeclaredClient(context) ?? undeclaredHeader(context);

/** Every client of signature version 1 sends the parameter RequestClient, which no documentation page names. */
function undeclaredClient(context: RequestContext): EmulatorRefusal | undefined {
  const { emulator, received, family, codes } = context;
  const value = received?.common.get("RequestClient");
  if (family !== "tencent-cloud" || value === undefined || emulator.leniencies.use("request-client")) return undefined;
  return refuse(context, codes.unknown, { parameter: "RequestClient", breach: "unknown", value });
}

/** Headers that clients send although no documentation page names them; any other one is taken for the id of a trace. */
const clientHeaders: Readonly<Record<string, LeniencyId>> = {
  "x-tc-requestclient": "request-client",
  "x-tc-content-sha256": "unsigned-payload",
};

/** Headers with the gateway's prefix that no documentation page names. */
function undeclaredHeader(context: RequestContext): EmulatorRefusal | undefined {
  const { emulator, request, commonParameters, family, codes } = context;
  if (family !== "tencent-cloud") return undefined;
  for (const [parameter, value] of request.headers) {
    const name = parameter.toLowerCase();
    if (!name.startsWith("x-tc-") || commonParameters.some((c) => c.name.toLowerCase() === name)) continue;
    if (!emulator.leniencies.use(clientHeaders[name] ?? "trace-id"))
      return refuse(context, codes.unknown, { parameter, breach: "unknown", value });
  }
  return undefined;
}

export function checkRequired(context: RequestContext): EmulatorRefusal | undefined {
  for (const parameter of context.behaviour.parameterOrder(context.action?.parameters ?? [], context)) {
    const value = context.members[parameter.name];
    const breach = presenceBreach(parameter, value);
    const isUndocumentedNull = !breach && value === null && !isNullable(parameter);
    if (isUndocumentedNull) {
      const refusal = refuseUndocumented(context, { parameter: parameter.name, breach: "is-null", value });
      if (refusal) return refusal;
    }
    if (!breach) continue;
    const refusal = refuseBreach(context, parameter.refusals.get(breach), context.codes.absent, {
      parameter: parameter.name,
      breach,
      value,
    });
    if (refusal) return refusal;
  }
  return undefined;
}

/** Null for an optional parameter counts as absent, unless the spec has a refusal for it. */
function presenceBreach({ required, refusals, schema }: Parameter, value: Json | undefined): string | undefined {
  if (value === undefined) return required ? "absent" : undefined;
  if (value === null) {
    return !isNullable({ schema }) && (required || refusals.has("is-null")) ? "is-null" : undefined;
  }
  return isEmpty(value) && refusals.has("empty") ? "empty" : undefined;
}

const isNullable = ({ schema }: Pick<Parameter, "schema">): boolean => [schema.type].flat().includes("null" as never);

export const isEmpty = (value: Json): boolean => value === "" || (Array.isArray(value) && value.length === 0);
