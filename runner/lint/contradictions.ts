/** Action → where its page speaks against itself and the spec does not say so, each with its path in the file and the remedy. */

import { sampleToMembers } from "../cases/bind/sample-members.ts";
import { type Breach, breachesOf } from "../cases/constraint-breaches.ts";
import type { Action, ExpectedRefusal, Json, Parameter, ResourceState, Sample } from "../model/index.ts";
import { documentedErrorCode } from "../spec/documented-outcome.ts";
import { findErrorCode } from "../spec/error-codes.ts";

export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export function findContradictions(action: Action): Contradiction[] {
  return action.samples.flatMap((s, i) => {
    const code = documentedErrorCode(action.service.envelope, s.response);
    return code === null ? acceptedSample(action, s, i) : refusedSample(action, s, i, code);
  });
}

/** A sample that succeeds and yet breaks its own page: the values are in dispute, or the constraint is wrong. */
function acceptedSample(action: Action, s: Sample, i: number): Contradiction[] {
  const members = sampleToMembers(action, s);
  return action.parameters.flatMap((p) => {
    const value = members[p.name];
    if (value === undefined) return p.required ? missingRequired(p, s, i) : [];
    return breachesOf(p, value)
      .filter((b) => refusalOf(p, b)?.level !== "may")
      .map((b) => ({ path: pathOf(p, s, i, b), says: describeDispute(p, s, b) }));
  });
}

function missingRequired(p: Parameter, s: Sample, i: number): Contradiction[] {
  if (p.refusals.get("absent")?.level === "may") return [];
  const message = `sample ${s.number} succeeds without ${p.name}, which is required; write \`absent: { unspecified: WHY }\` under refusals of ${p.name}`;
  return [{ path: ["samples", i, "request"], message }];
}

function describeDispute(p: Parameter, s: Sample, { breach, item, problem }: Breach): string {
  const where = item === undefined ? p.name : `${p.name}[${item}]`;
  const keyword = breach === "empty" ? minimumKeyword(p, item !== undefined) : breach;
  const at = item === undefined ? keyword : `items.${keyword}`;
  const remedy = conflictRangeKey(keyword)
    ? `add a conflict to ${p.name}: \`constraint: ${at}\`, the disputed ${conflictRangeKey(keyword)}, what each side says, and the source`
    : `write \`${breach}: { unspecified: WHY }\` under refusals of ${p.name}`;
  return `sample ${s.number} succeeds, yet its ${where} ${problem}; ${remedy}`;
}

const minimumKeyword = (p: Parameter, inItems: boolean): string =>
  !inItems && p.schema.type === "array" ? "minItems" : "minLength";

/** How a conflict over a constraint names its values; nothing where it cannot. */
function conflictRangeKey(keyword: string): string {
  if (keyword === "pattern") return "`chars`";
  if (keyword === "minLength" || keyword === "maxLength") return "`length`";
  if (keyword === "x-minBytes" || keyword === "x-maxBytes") return "`bytes`";
  return keyword === "minItems" || keyword === "maxItems" ? "`items`" : "";
}

const refusalOf = (p: Parameter, { breach, item }: Breach): ExpectedRefusal | undefined =>
  (item === undefined ? p.refusals : p.itemRefusals).get(breach);

/** A list may stand as one member, or as one for each item. */
function pathOf(p: Parameter, s: Sample, i: number, { item = 0 }: Breach): Contradiction["path"] {
  const name = p.name in s.request ? p.name : `${p.name}.${item}`;
  return ["samples", i, "request", name];
}

/** A sample that is refused: its code must stand in a table, and something in the spec must lead to it. */
function refusedSample(action: Action, s: Sample, i: number, code: string): Contradiction[] {
  const path = ["samples", i, "response"];
  if (!findErrorCode(action, code)) {
    const message = `sample ${s.number} is refused with ${code}, which no table has; add it to errors of ${action.name} as an entry of its own with \`source: { sample: ${s.number} }\``;
    return [{ path, message }];
  }
  if (canProduceCode(action, s, code)) return [];
  const message = `sample ${s.number} is refused with ${code}, yet its request breaks no rule that gets it and its state is no situation that does; say the state in \`given\`, or add the rule`;
  return [{ path, message }];
}

/** What cannot be told from a printed request, a type or a rule over several parameters, is given the benefit of the doubt. */
function canProduceCode(action: Action, s: Sample, code: string): boolean {
  const hasCode = (refusal: ExpectedRefusal | null | undefined): boolean => refusal?.codes.includes(code) ?? false;
  const members = sampleToMembers(action, s);
  const otherState = !sameStates(s.given, action.given);
  return (
    action.crossParameterRules.some((rule) => hasCode(rule.refusal)) ||
    action.parameters.some((p) => {
      const value: Json | undefined = members[p.name];
      if (value === undefined) return p.required && hasCode(p.refusals.get("absent"));
      if (hasCode(p.refusals.get("type")) || hasCode(p.itemRefusals.get("type"))) return true;
      if (otherState && hasCode(p.refusals.get("unique"))) return true;
      return breachesOf(p, value).some((b) => hasCode(refusalOf(p, b)));
    }) ||
    (otherState && action.situations.some((situation) => hasCode(situation.refused)))
  );
}

const sameStates = (a: ReadonlyMap<string, ResourceState>, b: ReadonlyMap<string, ResourceState>): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
