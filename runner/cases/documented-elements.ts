/** Action → its documented elements (parameters, rules, codes, samples, output fields, bindings, situations), each with a reason where no case can exercise it. */
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
import { gatewayRules, ruleParameter, rulesOf } from "../spec/rules.ts";

export function documentedElements(action: Action): DocumentedElement[] {
  const element = (
    kind: ElementKind,
    name: string,
    source: Source,
    notCovered: NotCovered = {},
  ): DocumentedElement => ({
    id: `${action.id}/${kind}/${name.replaceAll("[]", ".items")}`,
    action: action.id,
    kind,
    name,
    source,
    ...notCovered,
  });
  return [
    ...action.parameters.map((p) => element("parameter", p.name, p.source, neverSent(p))),
    ...rulesOf(action).map((r) => ruleElement(r, { ...noFamily(r), ...neverSent(ruleParameter(action, r.path)) })),
    ...gatewayRules(action).map((r) => ruleElement(r, noMemberToRepeat(action, r))),
    ...[...action.errors.values()].map((row): DocumentedElement => {
      const causes = causesOf(action, row);
      return { ...element("code", row.code, row.source, uncoverable(row, causes)), causes };
    }),
    ...action.samples.map((s) => element("sample", String(s.number), s.source)),
    ...outputsOf(action).map((path) => element("output", path, action.source)),
    ...action.service.bindings.map((b) => element("binding", b, action.source)),
    ...action.situations.map((s) => element("situation", s.name, s.source)),
  ];
}

type NotCovered = Pick<DocumentedElement, "notCoveredReason" | "notCoveredCause">;

function neverSent(p: Parameter | undefined): NotCovered {
  if (p?.positiveValues?.values !== "never") return {};
  return { notCoveredReason: `never sent: ${p.positiveValues.reason}`, notCoveredCause: "never sent" };
}

/** Keywords whose breach no family sends. */
const keywordsWithoutCases = ["exclusiveMinimum", "exclusiveMaximum", "multipleOf", "const", "format"];

const noFamily = ({ breach }: Rule): NotCovered =>
  keywordsWithoutCases.includes(breach)
    ? { notCoveredReason: `no family has cases of the keyword ${breach}`, notCoveredCause: "no family" }
    : {};

const noMemberToRepeat = (action: Action, { breach }: Rule): NotCovered =>
  breach === "repeated-key" && action.parameters.length === 0
    ? {
        notCoveredReason: "no member to repeat: the action declares no parameter",
        notCoveredCause: "no member to repeat",
      }
    : {};

const ruleElement = ({ id, action, path, source }: Rule, notCovered: NotCovered): DocumentedElement => ({
  id,
  action,
  kind: "rule",
  name: path,
  source,
  ...notCovered,
});

/** All causes of a code, without `elsewhere` where the action raises it itself. */
function causesOf(action: Action, row: ErrorCode): ErrorCause[] {
  const all = [...new Set([...row.documentedCauses, ...row.causes])];
  const isOwn = row.raisedBy === action.name || row.causes.some(isCausedByCall);
  const causes = isOwn ? all.filter((cause) => cause !== "elsewhere") : all;
  return causes.length > 0 ? causes : all;
}

/** Causes that a case can produce with its call: the content of the request, or the state in which it is sent. */
export const isCausedByCall = (cause: ErrorCause): boolean => cause === "request" || cause === "state";

const reasons: Readonly<Partial<Record<ErrorCause, string>>> = {
  busy: "only a busy service returns it",
  account: "depends on the account: its quota, plan or bill",
  throttle: "only too many calls cause it",
  auth: "the caller of a case is authorized",
  gateway: "no call of this action can cause it",
  fault: "only a failure of the service causes it",
};

function uncoverable(row: ErrorCode, causes: readonly ErrorCause[]): NotCovered {
  const reasonTexts = causes.flatMap((cause) => {
    if (cause === "elsewhere") return [`elsewhere: ${row.raisedBy ?? "another action"} raises it`];
    if (cause === "unreachable") return [`unreachable: ${row.reason ?? "no reason is given"}`];
    return isCausedByCall(cause) ? [] : [`${cause}: ${reasons[cause]}`];
  });
  return reasonTexts.length > 0 ? { notCoveredReason: reasonTexts.join("; ") } : {};
}

/** The fields of an accepted response: those of the envelope at the pointer of the output, and those of the action's output. */
function outputsOf(action: Action): string[] {
  const { output, success } = action.service.envelope;
  let outputSchema: Schema | undefined = success.schema;
  for (const step of output.split("/").slice(1)) outputSchema = outputSchema?.properties?.[step] as Schema | undefined;
  return [...new Set([...fieldsOf(outputSchema, ""), ...fieldsOf(action.output, "")])];
}

/** Paths such as `Groups[].GroupId`; `parent` is the path of the schema itself. */
export function fieldsOf(schema: Schema | undefined, parent: string): string[] {
  const items = (schema as { items?: Schema } | undefined)?.items;
  return [
    ...Object.entries(schema?.properties ?? {}).flatMap(([name, inner]) => {
      const path = parent === "" ? name : `${parent}.${name}`;
      return [path, ...fieldsOf(inner as Schema, path)];
    }),
    ...(items ? fieldsOf(items, `${parent}[]`) : []),
  ];
}
