/** Which members are there: none that is not declared, every required one, none empty or null that may not be. */
import type { Action, Json, Parameter } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";

const declared = new WeakMap<Action, ReadonlySet<string>>();

function namesOf(action: Action): ReadonlySet<string> {
  const known = declared.get(action) ?? new Set(action.parameters.map((p) => p.name));
  declared.set(action, known);
  return known;
}

export function checkUndeclared(context: RequestContext): EmulatorRefusal | undefined {
  const { action, members, codes } = context;
  if (!action) return undefined;
  const names = namesOf(action);
  for (const parameter in members) {
    if (names.has(parameter)) continue;
    const refused = refuseBreach(context, action.undeclaredMember, codes.unknown, {
      parameter,
      breach: "unknown",
      value: members[parameter],
    });
    if (refused) return refused;
  }
  return undeclaredClient(context) ?? undeclaredHeader(context);
}

/** Every client of version 1 names itself in a parameter that no page knows. */
function undeclaredClient(context: RequestContext): EmulatorRefusal | undefined {
  const { emulator, received, family, codes } = context;
  const value = received?.common.get("RequestClient");
  if (family !== "tencent-cloud" || value === undefined || emulator.leniencies.has("request-client")) return undefined;
  return refuse(context, codes.unknown, { parameter: "RequestClient", breach: "unknown", value });
}

/** Headers of the gateway's own kind that no page knows. */
function undeclaredHeader(context: RequestContext): EmulatorRefusal | undefined {
  const { emulator, request, commonParameters, family, codes } = context;
  if (family !== "tencent-cloud" || emulator.leniencies.has("trace-id")) return undefined;
  const known = new Set(commonParameters.map((c) => c.name.toLowerCase()));
  const foreign = request.headers.find(([name]) => /^x-tc-/i.test(name) && !known.has(name.toLowerCase()));
  return foreign && refuse(context, codes.unknown, { parameter: foreign[0], breach: "unknown", value: foreign[1] });
}

export function checkRequired(context: RequestContext): EmulatorRefusal | undefined {
  for (const parameter of context.behaviour.parameterOrder(context.action?.parameters ?? [], context)) {
    const value = context.members[parameter.name];
    const breach = missing(parameter, value);
    const open = !breach && value === null && !nullable(parameter);
    if (open) {
      const refused = refuseUndocumented(context, { parameter: parameter.name, breach: "is-null", value });
      if (refused) return refused;
    }
    if (!breach) continue;
    const refused = refuseBreach(context, parameter.refusals.get(breach), context.codes.absent, {
      parameter: parameter.name,
      breach,
      value,
    });
    if (refused) return refused;
  }
  return undefined;
}

/** An optional null counts as not sent, unless the spec has an entry for it. */
function missing({ required, refusals, schema }: Parameter, value: Json | undefined): string | undefined {
  if (value === undefined) return required ? "absent" : undefined;
  if (value === null) {
    return !nullable({ schema }) && (required || refusals.has("is-null")) ? "is-null" : undefined;
  }
  return isEmpty(value) && refusals.has("empty") ? "empty" : undefined;
}

const nullable = ({ schema }: Pick<Parameter, "schema">): boolean => [schema.type].flat().includes("null" as never);

export const isEmpty = (value: Json): boolean => value === "" || (Array.isArray(value) && value.length === 0);
