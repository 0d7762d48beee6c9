/** Action → samples that contradict the constraints or error codes of their own page where the spec does not declare it. */

import { sampleToMembers } from "../cases/bind/sample-members.ts";
import { type Breach, breachesOf } from "../cases/constraint-breaches.ts";
import type { Action, ExpectedRefusal, Json, Parameter, Place, ResourceState, Sample } from "../model/index.ts";
import { documentedErrorCode } from "../spec/documented-outcome.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import { keyPrefix } from "../spec/problem.ts";
import type { YamlPath } from "../spec/yaml/yaml-file.ts";

export interface Contradiction {
  /** In the action's file. */
  readonly path: YamlPath;
  /** Begins with the path; names the problem and the remedy. */
  readonly message: string;
}

export function findContradictions(action: Action): Contradiction[] {
  return action.samples.flatMap((s, i) => {
    const code = documentedErrorCode(action.service.envelope, s.response);
    return code === null ? acceptedSample(action, s, i) : refusedSample(action, s, i, code);
  });
}

const contradiction = (path: YamlPath, problem: string, remedy: string): Contradiction => ({
  path,
  message: `${keyPrefix(path)}${problem}; ${remedy}`,
});

/** A sample that succeeds and breaks a constraint: the documents disagree over the value, or the constraint is wrong. */
function acceptedSample(action: Action, s: Sample, i: number): Contradiction[] {
  const members = sampleToMembers(action, s);
  return action.parameters.flatMap((p) => {
    const value = members[p.name];
    if (value === undefined) return p.required ? missingRequired(p, s, i) : [];
    return breachesOf(p, value)
      .filter((b) => refusalOf(b)?.level !== "may")
      .map((b) => brokenConstraint(p, s, i, b));
  });
}

function missingRequired(p: Parameter, s: Sample, i: number): Contradiction[] {
  if (p.refusals.get("absent")?.level === "may") return [];
  return [
    contradiction(
      ["samples", i, "request"],
      `sample ${s.number} succeeds without ${p.name}, which is required`,
      `write \`absent: { unspecified: REASON }\` in the \`refusals\` of ${p.name}`,
    ),
  ];
}

function brokenConstraint(p: Parameter, s: Sample, i: number, b: Breach): Contradiction {
  const { breach, place, steps, problem } = b;
  const value = steps.reduce<string>(
    (text, step) => `${text}${typeof step === "number" ? `[${step}]` : `.${step}`}`,
    p.name,
  );
  const keyword = breach === "empty" ? minimumKeyword(place) : breach;
  const constraint = place.path === "[]" ? `items.${keyword}` : keyword;
  const owner = place.path === "[]" ? p.name : place.name;
  const rangeKey = conflictRangeKey(keyword);
  return contradiction(
    valuePath(p, s, i, b),
    `sample ${s.number} succeeds, but its ${value} ${problem}`,
    rangeKey === ""
      ? `write \`${breach}: { unspecified: REASON }\` in the \`refusals\` of ${owner}`
      : `add a conflict to ${owner} with \`constraint: ${constraint}\`, the disputed ${rangeKey}, a \`description\` of what each document states, and the \`source\``,
  );
}

const minimumKeyword = ({ path, schema }: Place): string =>
  path !== "[]" && schema.type === "array" ? "minItems" : "minLength";

/** The key under which a conflict over a constraint gives the disputed values; empty where no conflict is possible. */
function conflictRangeKey(keyword: string): string {
  if (keyword === "pattern") return "`chars`";
  if (keyword === "minLength" || keyword === "maxLength") return "`length`";
  if (keyword === "x-minBytes" || keyword === "x-maxBytes") return "`bytes`";
  return keyword === "minItems" || keyword === "maxItems" ? "`items`" : "";
}

const refusalOf = ({ place, breach }: Breach): ExpectedRefusal | undefined => place.refusals.get(breach);

/** A sample request has a value as one member `P`, or as members `P.0`, `P.1.Key`, … for what is inside. */
function valuePath({ name }: Parameter, { request }: Sample, i: number, { steps }: Breach): YamlPath {
  const inside = [name, ...steps].join(".");
  const isOf = (key: string) => key === inside || key.startsWith(`${inside}.`);
  return ["samples", i, "request", name in request ? name : (Object.keys(request).find(isOf) ?? name)];
}

/** The code of a refused sample must be in an error table, and a rule or situation of the spec must lead to it. */
function refusedSample(action: Action, s: Sample, i: number, code: string): Contradiction[] {
  const path = ["samples", i, "response"];
  if (!findErrorCode(action, code))
    return [
      contradiction(
        path,
        `sample ${s.number} is refused with ${code}, which is in no error table`,
        `add it to \`errors\` with \`source: { sample: ${s.number} }\``,
      ),
    ];
  if (canProduceCode(action, s, code)) return [];
  return [
    contradiction(
      path,
      `sample ${s.number} is refused with ${code}, but its request breaks no rule with that code and its state is no situation with it`,
      "describe the state in `given` of the sample, or add the rule",
    ),
  ];
}

/** True also where it cannot be decided: wrong types are not visible in a printed request, nor are rules over several parameters checked. */
function canProduceCode(action: Action, s: Sample, code: string): boolean {
  const hasCode = (refusal: ExpectedRefusal | null | undefined): boolean => refusal?.codes.includes(code) ?? false;
  const members = sampleToMembers(action, s);
  const isOtherState = !sameStates(s.given, action.given);
  return (
    action.crossParameterRules.some((rule) => hasCode(rule.refusal)) ||
    action.parameters.some((p) => {
      const value: Json | undefined = members[p.name];
      if (value === undefined) return p.required && hasCode(p.refusals.get("absent"));
      if (hasCode(p.refusals.get("type")) || hasCode(p.itemRefusals.get("type"))) return true;
      if (isOtherState && hasCode(p.refusals.get("unique"))) return true;
      return breachesOf(p, value).some((b) => hasCode(refusalOf(b)));
    }) ||
    (isOtherState && action.situations.some((situation) => hasCode(situation.refused)))
  );
}

const sameStates = (a: ReadonlyMap<string, ResourceState>, b: ReadonlyMap<string, ResourceState>): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
