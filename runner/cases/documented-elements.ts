/** Action → all that its documents say of it, element by element, with the reason where no case can exercise one. */
import type {
  Action,
  DocumentedElement,
  ElementKind,
  ErrorCause,
  ErrorCode,
  Parameter,
  Rule,
  Schema,
  Source,
} from "../model/index.ts";
import { gatewayRules, rulesOf } from "../spec/rules.ts";

export function documentedElements(action: Action): DocumentedElement[] {
  const element = (kind: ElementKind, name: string, source: Source, notCoveredReason?: string): DocumentedElement => ({
    id: `${action.id}/${kind}/${name.replaceAll("[]", ".items")}`,
    action: action.id,
    kind,
    name: name,
    source,
    ...(notCoveredReason === undefined ? {} : { notCoveredReason }),
  });
  return [
    ...action.parameters.map((p) => element("parameter", p.name, p.source, neverSentReason(p))),
    ...rulesOf(action).map((r) => ruleElement(r, neverSentReason(parameterAt(action, r.path)))),
    ...gatewayRules(action).map((r) => ruleElement(r, noKeyReason(action, r))),
    ...[...action.errors.values()].map((row): DocumentedElement => {
      const causes = causesOf(action, row);
      return { ...element("code", row.code, row.source, uncoverableReason(row, causes)), causes };
    }),
    ...action.samples.map((s) => element("sample", String(s.number), s.source)),
    ...outputsOf(action).map((at) => element("output", at, action.source)),
    ...action.service.bindings.map((b) => element("binding", b, action.source)),
    ...action.situations.map((s) => element("situation", s.name, s.source)),
  ];
}

function neverSentReason(p: Parameter | undefined): string | undefined {
  return p?.positiveValues?.values === "never" ? `never sent: ${p.positiveValues.reason}` : undefined;
}

const noKeyReason = (action: Action, { breach }: Rule): string | undefined =>
  breach === "repeated-key" && action.parameters.length === 0 ? "no key: the action declares no parameter" : undefined;

const parameterAt = (action: Action, at: string): Parameter | undefined =>
  action.parameters.find((p) => p.name === at.replace(/\[\]$/, ""));

const ruleElement = ({ id, action, path, source }: Rule, notCoveredReason?: string): DocumentedElement => ({
  id,
  action,
  kind: "rule",
  name: path,
  source,
  ...(notCoveredReason === undefined ? {} : { notCoveredReason }),
});

/** A code that comes here and elsewhere, or of several things, tells all of them. */
function causesOf(action: Action, row: ErrorCode): ErrorCause[] {
  const all = [...new Set([...row.documentedCauses, ...row.causes])];
  const isOwn = row.raisedBy === action.name || row.causes.some(isCausedByCall);
  const reasonTexts = isOwn ? all.filter((cause) => cause !== "elsewhere") : all;
  return reasonTexts.length > 0 ? reasonTexts : all;
}

/** Causes that a call of the action brings about. */
export const isCausedByCall = (cause: ErrorCause): boolean => cause === "request" || cause === "state";

const reasons: Readonly<Partial<Record<ErrorCause, string>>> = {
  busy: "comes only of a service that is busy",
  account: "hangs on the account: its quota, plan or bill",
  throttle: "comes only of too many calls",
  auth: "the caller of a case may do what it does",
  "front-door": "no call of this action can get it",
  fault: "the service itself would have to fail",
};

function uncoverableReason(row: ErrorCode, causes: readonly ErrorCause[]): string | undefined {
  const reasonTexts = causes.flatMap((cause) => {
    if (cause === "elsewhere") return [`elsewhere: ${row.raisedBy ?? "another action"} gets it`];
    if (cause === "unreachable") return [`unreachable: ${row.reason ?? "no reason is given"}`];
    return isCausedByCall(cause) ? [] : [`${cause}: ${reasons[cause]}`];
  });
  return reasonTexts.length > 0 ? reasonTexts.join("; ") : undefined;
}

/** The fields of a success: what the envelope adds in the place of the output, and the action's own. */
function outputsOf(action: Action): string[] {
  const { output, success } = action.service.envelope;
  let outputSchema: Schema | undefined = success.schema;
  for (const step of output.split("/").slice(1)) outputSchema = outputSchema?.properties?.[step] as Schema | undefined;
  return [...new Set([...fieldsOf(outputSchema, ""), ...fieldsOf(action.output, "")])];
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
