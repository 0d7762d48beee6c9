/** Action → where its page speaks against itself and the spec does not say so, each with its path in the file and the remedy. */

import { sampleToMembers } from "../cases/bind/sample-members.ts";
import { type Breach, breachesOf } from "../cases/constraint-breaches.ts";
import type { Action, ExpectedRefusal, Json, Parameter, ResourceState, Sample } from "../model/index.ts";
import { documentedErrorCode } from "../spec/documented-outcome.ts";
import { findErrorCode } from "../spec/error-codes.ts";

export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly says: string;
}

export function findContradictions(action: Action): Contradiction[] {
  return action.samples.flatMap((s, i) => {
    const code = documentedErrorCode(action.service.envelope, s.response);
    return code === null ? accepted(action, s, i) : refused(action, s, i, code);
  });
}

/** A sample that succeeds and yet breaks its own page: the values are in dispute, or the constraint is wrong. */
function accepted(action: Action, s: Sample, i: number): Contradiction[] {
  const members = sampleToMembers(action, s);
  return action.parameters.flatMap((p) => {
    const value = members[p.name];
    if (value === undefined) return p.required ? absent(p, s, i) : [];
    return breachesOf(p, value)
      .filter((b) => refusalOf(p, b)?.level !== "may")
      .map((b) => ({ path: pathOf(p, s, i, b), says: disputeOf(p, s, b) }));
  });
}

function absent(p: Parameter, s: Sample, i: number): Contradiction[] {
  if (p.refusals.get("absent")?.level === "may") return [];
  const says = `sample ${s.number} succeeds without ${p.name}, which is required; write \`absent: { unspecified: WHY }\` under refusals of ${p.name}`;
  return [{ path: ["samples", i, "request"], says }];
}

function disputeOf(p: Parameter, s: Sample, { breach, item, says }: Breach): string {
  const where = item === undefined ? p.name : `${p.name}[${item}]`;
  const keyword = breach === "empty" ? leastOf(p, item !== undefined) : breach;
  const at = item === undefined ? keyword : `items.${keyword}`;
  const remedy = conflictRangeKey(keyword)
    ? `add a conflict to ${p.name}: \`constraint: ${at}\`, the disputed ${conflictRangeKey(keyword)}, what each side says, and the source`
    : `write \`${breach}: { unspecified: WHY }\` under refusals of ${p.name}`;
  return `sample ${s.number} succeeds, yet its ${where} ${says}; ${remedy}`;
}

const leastOf = (p: Parameter, inItems: boolean): string =>
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
function refused(action: Action, s: Sample, i: number, code: string): Contradiction[] {
  const path = ["samples", i, "response"];
  if (!findErrorCode(action, code)) {
    const says = `sample ${s.number} is refused with ${code}, which no table has; add it to errors of ${action.name} as an entry of its own with \`source: { sample: ${s.number} }\``;
    return [{ path, says }];
  }
  if (canProduceCode(action, s, code)) return [];
  const says = `sample ${s.number} is refused with ${code}, yet its request breaks no rule that gets it and its state is no situation that does; say the state in \`given\`, or add the rule`;
  return [{ path, says }];
}

/** What cannot be told from a printed request, a type or a rule over several parameters, is given the benefit of the doubt. */
function canProduceCode(action: Action, s: Sample, code: string): boolean {
  const gets = (refusal: ExpectedRefusal | null | undefined): boolean => refusal?.codes.includes(code) ?? false;
  const members = sampleToMembers(action, s);
  const differs = !sameStates(s.given, action.given);
  return (
    action.crossParameterRules.some((rule) => gets(rule.refusal)) ||
    action.parameters.some((p) => {
      const value: Json | undefined = members[p.name];
      if (value === undefined) return p.required && gets(p.refusals.get("absent"));
      if (gets(p.refusals.get("type")) || gets(p.itemRefusals.get("type"))) return true;
      if (differs && gets(p.refusals.get("unique"))) return true;
      return breachesOf(p, value).some((b) => gets(refusalOf(p, b)));
    }) ||
    (differs && action.situations.some((situation) => gets(situation.refused)))
  );
}

const sameStates = (a: ReadonlyMap<string, ResourceState>, b: ReadonlyMap<string, ResourceState>): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
