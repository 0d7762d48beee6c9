/** A refusal → the codes that the spec accepts for it, and a code for what it leaves open. */
import type { Action, CommonParameter, ExpectedRefusal } from "../model/index.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import type { EmulatorRefusal } from "./refusal.ts";
import type { RequestContext } from "./request-context.ts";
import { anchored } from "./text-length.ts";

/** Codes that stand beside the refusal's own in every list that may be meant, in the order of the first. */
export function alternativeCodes(refused: EmulatorRefusal, context: RequestContext): readonly string[] {
  const lists = listsFor(refused, context)
    .map((refusal) => refusal.codes)
    .filter((codes) => codes.includes(refused.code));
  return (lists[0] ?? []).filter((code) => lists.every((codes) => codes.includes(code)));
}

function listsFor(refused: EmulatorRefusal, context: RequestContext): readonly ExpectedRefusal[] {
  const { stage, at, breach, code } = refused;
  const { action, common } = context;
  if (stage === "state" && action) return ofState(action, code);
  const exact = action && ofBreach(action, at, breach);
  if (exact) return [exact];
  const named = common.find((c) => at !== "" && (c.asDocumented.name === at || c.name === at));
  if (named) {
    const own = named.refusals.get(breach);
    return own ? [own] : [...named.refusals.values()];
  }
  const all = [...ofCommon(common), ...gatewayRows(context)].filter(({ refusal }) => refusal.codes.includes(code));
  const meant =
    stage === "authorization" ? authFailureRows(breach, context, all) : all.filter((r) => r.breach === breach);
  return (meant.length > 0 ? meant : all).map(({ refusal }) => refusal);
}

interface Row {
  readonly at: string;
  readonly breach: string;
  readonly refusal: ExpectedRefusal;
}

const ofCommon = (common: readonly CommonParameter[]): Row[] =>
  common.flatMap(({ name, refusals }) => [...refusals].map(([breach, refusal]) => ({ at: name, breach, refusal })));

const gatewayRows = ({ service, received }: RequestContext): Row[] =>
  [...(service?.envelope.gatewayRules.get(received?.binding ?? "")?.refusals ?? [])].map(([breach, refusal]) => ({
    at: "",
    breach,
    refusal,
  }));

/** The rows that a denial of the signature may be about; a common parameter that breaks its own schema goes first. */
function authFailureRows(denial: string, { common, received }: RequestContext, rows: readonly Row[]): Row[] {
  const broken = common.flatMap((c) => {
    const breach = brokenBy(c, received?.common.get(c.name) ?? "");
    return rows.filter((r) => r.at === c.name && r.breach === breach);
  });
  const sent = (name: string) => name === "Authorization" || received?.common.has(name);
  const { breaches = [], at } = denials[denial] ?? {};
  return broken.length > 0
    ? broken
    : rows.filter((r) => breaches.includes(r.breach) && (!at || (at.test(r.at) && sent(r.at))));
}

function brokenBy({ required, schema: { pattern } }: CommonParameter, value: string): string | undefined {
  if (value === "") return required ? "absent" : undefined;
  return pattern !== undefined && !anchored(pattern).test(value) ? "pattern" : undefined;
}

const denials: Readonly<Record<string, { readonly breaches: readonly string[]; readonly at?: RegExp }>> = {
  absent: { breaches: ["absent"], at: /^Authorization$/ },
  malformed: { breaches: ["pattern"] },
  incomplete: { breaches: ["pattern", "unsigned"] },
  scope: { breaches: ["scope-date", "scope-region", "scope-service", "scope-terminator"] },
  "unknown-id": { breaches: ["unknown"], at: /^(?:Authorization|SecretId|identifier|.*-Token)$/ },
  identifier: { breaches: ["unknown"], at: /^identifier$/ },
  app: { breaches: ["unknown"], at: /^sdkappid$/ },
  token: { breaches: ["unknown"], at: /Token$/ },
  expired: { breaches: ["x-window"] },
  signature: { breaches: ["key", "altered", "unsigned"] },
};

/** Which of the action's situations it is, a handler does not say. */
function ofState(action: Action, code: string): readonly ExpectedRefusal[] {
  const situations = action.situations.flatMap((s) => (s.refused ? [s.refused] : []));
  const unique = action.parameters.flatMap((p) => p.refusals.get("unique") ?? []);
  const own = [...situations, ...unique];
  if (own.some((r) => r.codes.includes(code))) return own;
  return action.parameters.flatMap((p) => [...p.refusals.values()]);
}

function ofBreach(action: Action, at: string, breach: string): ExpectedRefusal | undefined {
  if (breach === "input") return action.crossParameterRules.find((rule) => rule.name === at)?.refusal;
  const parameter = action.parameters.find((p) => p.name === at.replace(/\[.*$/, ""));
  if (!parameter) return breach === "unknown" ? action.undeclaredMember : undefined;
  const item = at.includes("[") ? parameter.itemRefusals.get(breach) : undefined;
  return item ?? parameter.refusals.get(breach);
}

/** A documented code whose cause is the request itself. */
export function codeForUndocumented({ action, service, codes }: RequestContext): string {
  if (action && findErrorCode(action, codes.unknown)?.causes.includes("request")) return codes.unknown;
  for (const rows of [action?.errors, service?.envelope.codes])
    for (const [code, { causes }] of rows ?? []) if (causes.includes("request")) return code;
  return codes.unknown;
}
