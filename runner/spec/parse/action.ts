/** An action file, over its service's defaults → Action. */
import type {
  Action,
  ErrorCause,
  ErrorCode,
  ExpectedRefusal,
  Json,
  Parameter,
  PrecedingCall,
  Service,
  Situation,
  Source,
} from "../../model/index.ts";
import type {
  RawAction,
  RawCall,
  RawError,
  RawParameter,
  RawSample,
  RawService,
  RawSituation,
  RawState,
} from "./raw-types.ts";
import { parseRate, toArray, toError, toRefusal, toRefusals, toSource, toState, toStates } from "./shared-fields.ts";

const silent = (what: string, source: Source): ExpectedRefusal => ({
  codes: [],
  level: "may",
  rationale: `no page speaks of ${what}`,
  source,
});

export function toAction(raw: RawAction, service: Service, shared: RawService): Action {
  const source = raw.source;
  const defaults = toRefusals({ ...shared.refusals, ...raw.refusals }, source);
  const parameters = Object.entries(raw.parameters ?? {}).map(([name, p]) => toParameter(name, p, defaults, source));
  const situations = Object.entries(raw.situations ?? {}).map(([name, s]) => toSituation(name, s, source));
  const crossParameterRules = Object.entries(raw.crossParameterRules ?? {}).map(([name, r]) => {
    const at = toSource(r.source, source);
    return { name, schema: r.schema, refusal: toRefusal(r.refused, at), source: at };
  });
  const undeclaredMember = defaults.get("unknown") ?? silent("undeclared members", source);
  const rateLimit = parseRate(raw.rateLimit) ?? service.rateLimit;
  const resources = [...service.resources.values()];
  return {
    id: `${service.id}/${raw.action}`,
    name: raw.action,
    service,
    description: raw.description,
    source,
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(raw.path === undefined ? {} : { path: raw.path }),
    commonParameters: raw.commonParameters ?? [],
    parameters,
    crossParameterRules,
    undeclaredMember,
    given: toStates(raw.given),
    situations,
    precedence: (raw.precedence ?? []).map((p) => {
      const at = toSource(p.source, source);
      return { breaches: new Map(Object.entries(p.breaches)), refusal: toRefusal(p.refused, at), source: at };
    }),
    effects: raw.effects ?? {},
    output: raw.output,
    ...(raw.itemResults ? { itemResults: raw.itemResults } : {}),
    samples: (raw.samples ?? []).map((s, i) => toSample(s, i + 1, raw)),
    errors: errorsOf(
      raw,
      shared,
      causesIn(parameters, situations, [...crossParameterRules.map((r) => r.refusal), undeclaredMember]),
    ),
    remarks: (raw.remarks ?? []).map((r) => ({ description: r.description, source: toSource(r.source, source) })),
    mutating:
      raw.effects?.success !== undefined || resources.some((r) => r.create === raw.action || r.delete === raw.action),
  };
}

function toParameter(name: string, raw: RawParameter, defaults: Map<string, ExpectedRefusal>, home: Source): Parameter {
  const source = toSource(raw.source, home);
  const { items, ...own } = raw.refusals ?? {};
  const refusals = new Map<string, ExpectedRefusal>();
  const inherit = raw.required ? ["absent", "empty", "is-null", "type"] : ["type"];
  const least = raw.schema.minLength === 1 || raw.schema.minItems === 1;
  if (least && !raw.required) inherit.push("empty");
  for (const breach of inherit) {
    const found = defaults.get(breach);
    if (found) refusals.set(breach, { ...found, source: found.source === home ? source : found.source });
  }
  for (const [breach, refusal] of toRefusals(own, source)) refusals.set(breach, refusal);
  // A least length of 1 is broken by the empty value alone: one sentence, one rule, whichever key names it.
  const leastKey = raw.schema.minLength === 1 ? "minLength" : "minItems";
  const ownEmpty = own[leastKey] ?? own["empty"];
  if (least && ownEmpty) refusals.set("empty", toRefusal(ownEmpty, source)).delete(leastKey);
  return {
    name,
    required: raw.required ?? false,
    asDocumented: { name: raw.asDocumented?.name ?? name, type: raw.asDocumented?.type ?? printedType(raw) },
    schema: raw.schema,
    anchored: raw.anchored ?? true,
    ...(raw.uniqueWithin === undefined ? {} : { uniqueWithin: raw.uniqueWithin }),
    refusals,
    itemRefusals: itemRefusals(raw, items, defaults, source),
    conflicts: (raw.conflicts ?? []).map((c) => ({ ...c, source: toSource(c.source, source) })),
    ...(raw.positiveValues ? { positiveValues: raw.positiveValues } : {}),
    ...(raw.fillWith ? { fillWith: toState(raw.fillWith) } : {}),
    source,
  };
}

function itemRefusals(
  raw: RawParameter,
  own: RawParameter["refusals"],
  defaults: Map<string, ExpectedRefusal>,
  home: Source,
) {
  const refusals = toRefusals(own as never, home);
  const schema = raw.schema as { items?: { minLength?: number } };
  const least = refusals.get("minLength") ?? refusals.get("empty") ?? defaults.get("empty");
  if (schema.items?.minLength === 1 && least) {
    refusals.set("empty", { ...least, source: home });
    refusals.delete("minLength");
  }
  return refusals;
}

const printedType = (raw: RawParameter): string => {
  const type = String(toArray((raw.schema as { type?: string | string[] }).type)[0] ?? "string");
  return type[0]?.toUpperCase() + type.slice(1);
};

function toSituation(name: string, raw: RawSituation, home: Source): Situation {
  const source = toSource(raw.source, home);
  return {
    name,
    where: toStates(raw.where),
    precedingCalls: (raw.precedingCalls ?? []).map(toBefore),
    additionalMembers: raw.additionalMembers ?? {},
    refused: raw.refused ? toRefusal(raw.refused, source) : null,
    ...(raw.effects ? { effects: raw.effects } : {}),
    source,
  };
}

/** A member that looks like a state is one: `{ UserId: { state: another user, containers: CollectionId } }`. */
function toBefore(raw: RawCall): PrecedingCall {
  const entries = Object.entries(raw.members ?? {});
  const isState = (value: Json): boolean =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    (typeof value["state"] === "string" || typeof value["listOf"] === "string");
  return {
    call: raw.call,
    members: Object.fromEntries(entries.filter(([, value]) => !isState(value))),
    where: toStates(Object.fromEntries(entries.filter(([, value]) => isState(value))) as Record<string, RawState>),
  };
}

function toSample(raw: RawSample, number: number, action: RawAction): Action["samples"][number] {
  return {
    number,
    title: raw.title,
    binding: raw.binding,
    request: raw.request,
    response: raw.response,
    given: toStates(raw.given ?? action.given),
    uniqueMembers: raw.uniqueMembers ?? [],
    serverAssigned: raw.serverAssigned ?? [],
    alternativeCodes: (raw.alternativeCodes ?? []).map(String),
    source: toSource(raw.source ?? { sample: number }, action.source),
  };
}

/** Which codes the action's own rules and situations can get, and why. */
function causesIn(
  parameters: Parameter[],
  situations: Situation[],
  others: ExpectedRefusal[],
): Map<string, Set<ErrorCause>> {
  const causes = new Map<string, Set<ErrorCause>>();
  const note = (refusal: ExpectedRefusal | null, cause: ErrorCause) => {
    for (const code of refusal?.codes ?? []) causes.set(code, (causes.get(code) ?? new Set()).add(cause));
  };
  for (const p of parameters) {
    for (const [breach, refusal] of p.refusals) note(refusal, breach === "unique" ? "state" : "request");
    for (const refusal of p.itemRefusals.values()) note(refusal, "request");
  }
  for (const s of situations) note(s.refused, "state");
  for (const refusal of others) note(refusal, "request");
  return causes;
}

function errorsOf(raw: RawAction, shared: RawService, derived: Map<string, Set<ErrorCause>>): Map<string, ErrorCode> {
  const table = shared.errors ?? {};
  const own: Record<string, RawError | null> =
    raw.errors === undefined || raw.errors === "all of service"
      ? table
      : Array.isArray(raw.errors)
        ? Object.fromEntries(raw.errors.map((c) => [String(c), null]))
        : raw.errors;
  const rows = Object.entries(own).map(([code, e]): [string, ErrorCode] => {
    const row = toError(code, { ...table[code], ...e }, raw.source);
    const causes = new Set<ErrorCause>([...(derived.get(code) ?? []), ...row.causes.filter((c) => c !== "elsewhere")]);
    return [code, { ...row, causes: causes.size > 0 ? [...causes] : row.causes }];
  });
  return new Map(rows);
}
