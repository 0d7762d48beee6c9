/** Action → all that its documents say of it, element by element, with the reason where no case can exercise one. */
import type {
  Action,
  Cause,
  Element,
  ElementKind,
  ErrorCode,
  Parameter,
  Rule,
  Schema,
  Source,
} from "../model/index.ts";
import { gatewayRules, rulesOf } from "../spec/rules.ts";

export function documentedElements(action: Action): Element[] {
  const element = (kind: ElementKind, name: string, source: Source, why?: string): Element => ({
    id: `${action.id}/${kind}/${name.replaceAll("[]", ".items")}`,
    action: action.id,
    kind,
    at: name,
    source,
    ...(why === undefined ? {} : { why }),
  });
  return [
    ...action.parameters.map((p) => element("parameter", p.name, p.source, neverSentReason(p))),
    ...rulesOf(action).map((r) => ruleElement(r, neverSentReason(parameterAt(action, r.at)))),
    ...gatewayRules(action).map((r) => ruleElement(r, nothingToRepeat(action, r))),
    ...[...action.errors.values()].map((row): Element => {
      const causes = causesOf(action, row);
      return { ...element("code", row.code, row.source, uncoverableReason(row, causes)), causes };
    }),
    ...action.samples.map((s) => element("sample", String(s.n), s.source)),
    ...outputsOf(action).map((at) => element("output", at, action.source)),
    ...action.service.bindings.map((b) => element("binding", b, action.source)),
    ...action.situations.map((s) => element("situation", s.name, s.source)),
  ];
}

function neverSentReason(p: Parameter | undefined): string | undefined {
  return p?.send?.values === "never" ? `never sent: ${p.send.why}` : undefined;
}

const nothingToRepeat = (action: Action, { breach }: Rule): string | undefined =>
  breach === "repeated-key" && action.parameters.length === 0 ? "no key: the action declares no parameter" : undefined;

const parameterAt = (action: Action, at: string): Parameter | undefined =>
  action.parameters.find((p) => p.name === at.replace(/\[\]$/, ""));

const ruleElement = ({ id, action, at, source }: Rule, why?: string): Element => ({
  id,
  action,
  kind: "rule",
  at,
  source,
  ...(why === undefined ? {} : { why }),
});

/** A code that comes here and elsewhere, or of several things, tells all of them. */
function causesOf(action: Action, row: ErrorCode): Cause[] {
  const all = [...new Set([...row.written, ...row.causes])];
  const mine = row.of === action.name || row.causes.some(isCausedByCall);
  const told = mine ? all.filter((cause) => cause !== "elsewhere") : all;
  return told.length > 0 ? told : all;
}

/** Causes that a call of the action brings about. */
export const isCausedByCall = (cause: Cause): boolean => cause === "request" || cause === "state";

const reasons: Readonly<Partial<Record<Cause, string>>> = {
  busy: "comes only of a service that is busy",
  account: "hangs on the account: its quota, plan or bill",
  throttle: "comes only of too many calls",
  auth: "the caller of a case may do what it does",
  "front-door": "no call of this action can get it",
  fault: "the service itself would have to fail",
};

function uncoverableReason(row: ErrorCode, causes: readonly Cause[]): string | undefined {
  const told = causes.flatMap((cause) => {
    if (cause === "elsewhere") return [`elsewhere: ${row.of ?? "another action"} gets it`];
    if (cause === "unreachable") return [`unreachable: ${row.why ?? "no reason is given"}`];
    return isCausedByCall(cause) ? [] : [`${cause}: ${reasons[cause]}`];
  });
  return told.length > 0 ? told.join("; ") : undefined;
}

/** The fields of a success: what the envelope adds in the place of the output, and the action's own. */
function outputsOf(action: Action): string[] {
  const { output, success } = action.service.envelope;
  let place: Schema | undefined = success.schema;
  for (const step of output.split("/").slice(1)) place = place?.properties?.[step] as Schema | undefined;
  return [...new Set([...fieldsOf(place, ""), ...fieldsOf(action.output, "")])];
}

function fieldsOf(schema: Schema | undefined, at: string): string[] {
  const items = (schema as { items?: Schema } | undefined)?.items;
  return [
    ...Object.entries(schema?.properties ?? {}).flatMap(([name, inner]) => {
      const path = at === "" ? name : `${at}.${name}`;
      return [path, ...fieldsOf(inner as Schema, path)];
    }),
    ...(items ? fieldsOf(items, `${at}[]`) : []),
  ];
}
