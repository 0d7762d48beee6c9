/** An action file, with the defaults of its service file → Action. */
import type {
  Action,
  ErrorCause,
  ErrorCode,
  ExpectedRefusal,
  Json,
  Parameter,
  PrecedingCall,
  Schema,
  Service,
  Situation,
  Source,
} from "../../model/index.ts";
import { requiredBreaches } from "../rules.ts";
import { expandRefs } from "./expand-refs.ts";
import { hasDeclaredMembers, toPlaces } from "./places.ts";
import type {
  RawAction,
  RawError,
  RawParameter,
  RawPrecedingCall,
  RawSample,
  RawService,
  RawSituation,
  RawState,
} from "./raw-types.ts";
import { toReturnedList, toReturnedResource } from "./returned.ts";
import { parseRate, toArray, toError, toRefusal, toRefusals, toSource, toState, toStates } from "./shared-fields.ts";

const undocumented = (subject: string, source: Source): ExpectedRefusal => ({
  codes: [],
  level: "may",
  rationale: `no document mentions ${subject}`,
  source,
});

export function toAction(raw: RawAction, service: Service, rawService: RawService): Action {
  const source = raw.source;
  const defaults = toRefusals({ ...rawService.refusals, ...raw.refusals }, source);
  const parameters = Object.entries(raw.parameters ?? {}).map(([name, p]) => toParameter(name, p, defaults, source));
  const situations = Object.entries(raw.situations ?? {}).map(([name, s]) => toSituation(name, s, source));
  const crossParameterRules = Object.entries(raw.crossParameterRules ?? {}).map(([name, r]) => {
    const ruleSource = toSource(r.source, source);
    return { name, schema: r.schema, refusal: toRefusal(r.refused, ruleSource), source: ruleSource };
  });
  const undeclaredMember = defaults.get("unknown") ?? undocumented("undeclared members", source);
  const rateLimit = parseRate(raw.rateLimit) ?? service.rateLimit;
  const resources = [...service.resources.values()];
  const creates = resources.find((resource) => resource.create === raw.action);
  const deletes = resources.filter((resource) => resource.delete === raw.action);
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
      const ownSource = toSource(p.source, source);
      return {
        breaches: new Map(Object.entries(p.breaches)),
        refusal: toRefusal(p.refused, ownSource),
        source: ownSource,
      };
    }),
    effects: raw.effects ?? {},
    output: raw.output,
    ...(raw.itemResults ? { itemResults: raw.itemResults } : {}),
    ...(raw.returnsList ? { returnedList: toReturnedList(raw.returnsList) } : {}),
    ...(raw.returnsResource ? { returnedResource: toReturnedResource(raw.returnsResource) } : {}),
    samples: (raw.samples ?? []).map((s, i) => toSample(s, i + 1, raw)),
    errors: errorsOf(
      raw,
      rawService,
      causesIn(parameters, situations, [...crossParameterRules.map((r) => r.refusal), undeclaredMember]),
    ),
    remarks: (raw.remarks ?? []).map((r) => ({ description: r.description, source: toSource(r.source, source) })),
    ...(creates ? { creates } : {}),
    deletes,
    mutating: raw.effects?.success !== undefined || creates !== undefined || deletes.length > 0,
  };
}

function toParameter(
  name: string,
  written: RawParameter,
  defaults: Map<string, ExpectedRefusal>,
  defaultSource: Source,
): Parameter {
  const raw = { ...written, schema: expandRefs(written.schema) };
  const source = toSource(raw.source, defaultSource);
  const { items, ...own } = raw.refusals ?? {};
  const refusals = new Map<string, ExpectedRefusal>();
  const inheritedBreaches = raw.required ? [...requiredBreaches(raw.schema)] : ["type"];
  const hasMinimumOne = raw.schema.minLength === 1 || raw.schema.minItems === 1;
  if (hasMinimumOne && !raw.required) inheritedBreaches.push("empty");
  for (const breach of inheritedBreaches) {
    const inherited = defaults.get(breach);
    if (inherited)
      refusals.set(breach, { ...inherited, source: inherited.source === defaultSource ? source : inherited.source });
  }
  const undeclared = defaults.get("unknown");
  if (undeclared && raw.places && hasDeclaredMembers(raw.schema)) refusals.set("unknown", undeclared);
  for (const [breach, refusal] of toRefusals(own, source)) refusals.set(breach, refusal);
  // Only the empty value breaks a minimum of 1, so `minLength`, `minItems` and `empty` are then one rule, kept as `empty`.
  const minimumKey = raw.schema.minLength === 1 ? "minLength" : "minItems";
  const ownEmpty = own[minimumKey] ?? own["empty"];
  if (hasMinimumOne && ownEmpty) refusals.set("empty", toRefusal(ownEmpty, source)).delete(minimumKey);
  return {
    name,
    required: raw.required ?? false,
    asDocumented: { name: raw.asDocumented?.name ?? name, type: raw.asDocumented?.type ?? defaultType(raw) },
    schema: raw.schema,
    anchored: raw.anchored ?? true,
    ...(raw.uniqueWithin === undefined ? {} : { uniqueWithin: raw.uniqueWithin }),
    refusals,
    itemRefusals: itemRefusals(raw, items, defaults, source),
    places: toPlaces(name, raw, defaults, source),
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
  defaultSource: Source,
) {
  const refusals = toRefusals(own as never, defaultSource);
  const schema = raw.schema as { items?: Schema };
  const undeclared = defaults.get("unknown");
  if (undeclared && raw.places && hasDeclaredMembers(schema.items ?? {}) && !refusals.has("unknown"))
    refusals.set("unknown", undeclared);
  const empty = refusals.get("minLength") ?? refusals.get("empty") ?? defaults.get("empty");
  if (schema.items?.minLength === 1 && empty) {
    refusals.set("empty", { ...empty, source: defaultSource });
    refusals.delete("minLength");
  }
  return refusals;
}

/** `integer` → `Integer`, the name that most documents print. */
const defaultType = (raw: RawParameter): string => {
  const type = String(toArray((raw.schema as { type?: string | string[] }).type)[0] ?? "string");
  return type[0]?.toUpperCase() + type.slice(1);
};

function toSituation(name: string, raw: RawSituation, defaultSource: Source): Situation {
  const source = toSource(raw.source, defaultSource);
  return {
    name,
    where: toStates(raw.where),
    precedingCalls: (raw.precedingCalls ?? []).map(toPrecedingCall),
    additionalMembers: raw.additionalMembers ?? {},
    refused: raw.refused ? toRefusal(raw.refused, source) : null,
    ...(raw.effects ? { effects: raw.effects } : {}),
    source,
  };
}

/** A member that is a mapping with `state` or `listOf` is a state, such as `{ UserId: { state: another user } }`; any other is sent as it is. */
function toPrecedingCall(raw: RawPrecedingCall): PrecedingCall {
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
    ...(raw.refused ? { refused: raw.refused.map(String) } : {}),
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

/** By code: the causes that follow from the action's own rules (`request`) and situations (`state`). */
function causesIn(
  parameters: Parameter[],
  situations: Situation[],
  requestRefusals: ExpectedRefusal[],
): Map<string, Set<ErrorCause>> {
  const causes = new Map<string, Set<ErrorCause>>();
  const addCauses = (refusal: ExpectedRefusal | null, cause: ErrorCause) => {
    for (const code of refusal?.codes ?? []) causes.set(code, (causes.get(code) ?? new Set()).add(cause));
  };
  for (const p of parameters) {
    for (const [breach, refusal] of p.refusals) addCauses(refusal, breach === "unique" ? "state" : "request");
    for (const { refusals } of [{ refusals: p.itemRefusals }, ...p.places])
      for (const refusal of refusals.values()) addCauses(refusal, "request");
  }
  for (const s of situations) addCauses(s.refused, "state");
  for (const refusal of requestRefusals) addCauses(refusal, "request");
  return causes;
}

/** The rows of the action's table, each merged over the row of the same code in the service's table. */
function errorsOf(
  raw: RawAction,
  rawService: RawService,
  derivedCauses: Map<string, Set<ErrorCause>>,
): Map<string, ErrorCode> {
  const serviceTable = rawService.errors ?? {};
  const ownTable: Record<string, RawError | null> =
    raw.errors === undefined || raw.errors === "all of service"
      ? serviceTable
      : Array.isArray(raw.errors)
        ? Object.fromEntries(raw.errors.map((c) => [String(c), null]))
        : raw.errors;
  const rows = Object.entries(ownTable).map(([code, e]): [string, ErrorCode] => {
    const row = toError(code, { ...serviceTable[code], ...e }, raw.source);
    const causes = new Set<ErrorCause>([
      ...(derivedCauses.get(code) ?? []),
      ...row.causes.filter((c) => c !== "elsewhere"),
    ]);
    return [code, { ...row, causes: causes.size > 0 ? [...causes] : row.causes }];
  });
  return new Map(rows);
}
