/** A refusal → the codes that the spec accepts for it, and a code for a request that the documents leave undocumented. */
import type { Action, CommonParameter, ExpectedRefusal } from "../model/index.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import { placesOf } from "../spec/places/places.ts";
import type { EmulatorRefusal } from "./refusal.ts";
import type { RequestContext } from "./request-context.ts";
import { anchored } from "./text-length.ts";

/**
 * The codes that may replace the refusal's code, itself included: those in every documented list that may apply and
 * that contains it, in the order of the first such list.
 */
export function alternativeCodes(refusal: EmulatorRefusal, context: RequestContext): readonly string[] {
  const lists = applicableRefusals(refusal, context)
    .map(({ codes }) => codes)
    .filter((codes) => codes.includes(refusal.code));
  return (lists[0] ?? []).filter((code) => lists.every((codes) => codes.includes(code)));
}

function applicableRefusals(refusal: EmulatorRefusal, context: RequestContext): readonly ExpectedRefusal[] {
  const { stage, parameter, place, breach, code } = refusal;
  const { action, commonParameters } = context;
  if (stage === "state" && action) return stateRefusals(action, code);
  const exact = action && breachRefusal(action, place ?? parameter, breach);
  if (exact) return [exact];
  const commonParameter = commonParameters.find(
    (c) => parameter !== "" && (c.asDocumented.name === parameter || c.name === parameter),
  );
  if (commonParameter) {
    const own = commonParameter.refusals.get(breach);
    return own ? [own] : [...commonParameter.refusals.values()];
  }
  const rows = [...commonParameterRows(commonParameters), ...gatewayRows(context)].filter((row) =>
    row.refusal.codes.includes(code),
  );
  const matching =
    stage === "authorization" ? authFailureRows(breach, context, rows) : rows.filter((row) => row.breach === breach);
  return (matching.length > 0 ? matching : rows).map((row) => row.refusal);
}

/** A documented refusal of a common parameter or of the request as a whole. */
interface Row {
  /** Empty for the request as a whole. */
  readonly parameter: string;
  readonly breach: string;
  readonly refusal: ExpectedRefusal;
}

const commonParameterRows = (parameters: readonly CommonParameter[]): Row[] =>
  parameters.flatMap(({ name, refusals }) =>
    [...refusals].map(([breach, refusal]) => ({ parameter: name, breach, refusal })),
  );

const gatewayRows = ({ service, received }: RequestContext): Row[] =>
  [...(service?.envelope.gatewayRules.get(received?.binding ?? "")?.refusals ?? [])].map(([breach, refusal]) => ({
    parameter: "",
    breach,
    refusal,
  }));

/** The rows that may apply to a signature failure. A common parameter that breaks its own schema has priority. */
function authFailureRows(failure: string, { commonParameters, received }: RequestContext, rows: readonly Row[]): Row[] {
  const schemaRows = commonParameters.flatMap((c) => {
    const breach = presenceOrPatternBreach(c, received?.common.get(c.name) ?? "");
    return rows.filter((row) => row.parameter === c.name && row.breach === breach);
  });
  const isSent = (name: string) => name === "Authorization" || received?.common.has(name);
  const { breaches = [], parameter } = authFailureBreaches[failure] ?? {};
  return schemaRows.length > 0
    ? schemaRows
    : rows.filter(
        (row) =>
          breaches.includes(row.breach) && (!parameter || (parameter.test(row.parameter) && isSent(row.parameter))),
      );
}

function presenceOrPatternBreach(
  { required, schema: { pattern } }: CommonParameter,
  value: string,
): string | undefined {
  if (value === "") return required ? "absent" : undefined;
  return pattern !== undefined && !anchored(pattern).test(value) ? "pattern" : undefined;
}

/** By AuthFailure: the breaches that may be its cause, and the names of the parameters that they may be about. */
export const authFailureBreaches: Readonly<
  Record<string, { readonly breaches: readonly string[]; readonly parameter?: RegExp }>
> = {
  absent: { breaches: ["absent"], parameter: /^Authorization$/ },
  malformed: { breaches: ["pattern"] },
  incomplete: { breaches: ["pattern", "unsigned"] },
  scope: { breaches: ["scope-date", "scope-region", "scope-service", "scope-terminator"] },
  "unknown-id": { breaches: ["unknown"], parameter: /^(?:Authorization|SecretId|identifier|.*-Token)$/ },
  identifier: { breaches: ["unknown"], parameter: /^identifier$/ },
  app: { breaches: ["unknown"], parameter: /^sdkappid$/ },
  token: { breaches: ["unknown"], parameter: /Token$/ },
  expired: { breaches: ["x-window"] },
  signature: { breaches: ["key", "altered", "unsigned"] },
};

/** A handler's refusal does not name the action's situation, so every situation and unique parameter with the code may apply. */
function stateRefusals(action: Action, code: string): readonly ExpectedRefusal[] {
  const situations = action.situations.flatMap((s) => (s.refused ? [s.refused] : []));
  const unique = action.parameters.flatMap((p) => p.refusals.get("unique") ?? []);
  const refusals = [...situations, ...unique];
  if (refusals.some((r) => r.codes.includes(code))) return refusals;
  return action.parameters.flatMap((p) => [...p.refusals.values()]);
}

function breachRefusal(action: Action, name: string, breach: string): ExpectedRefusal | undefined {
  if (breach === "input") return action.crossParameterRules.find((rule) => rule.name === name)?.refusal;
  for (const p of action.parameters) {
    const place = placesOf(p).find((candidate) => candidate.name === name);
    if (place) return place.refusals.get(breach) ?? (place.path === "[]" ? p.refusals.get(breach) : undefined);
  }
  return breach === "unknown" ? action.undeclaredMember : undefined;
}

/** A documented code whose cause is the request itself. */
export function codeForUndocumented({ action, service, codes }: RequestContext): string {
  if (action && findErrorCode(action, codes.unknown)?.causes.includes("request")) return codes.unknown;
  for (const rows of [action?.errors, service?.envelope.codes])
    for (const [code, { causes }] of rows ?? []) if (causes.includes("request")) return code;
  return codes.unknown;
}
