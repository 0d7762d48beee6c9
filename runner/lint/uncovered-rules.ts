/** Action and its cases → the rules of level must or should that no case tests, each with the remedy. */

import { documentedElements } from "../cases/documented-elements.ts";
import type { Action, Case, Parameter, Rule } from "../model/index.ts";
import { placesOf, refusalsPath } from "../spec/places/places.ts";
import { breachName, ruleId, ruleParameter, rulesOf } from "../spec/rules.ts";
import type { YamlPath } from "../spec/yaml/yaml-file.ts";

export interface UncoveredRule {
  readonly rule: Rule;
  /** In the action's file: the entry of the rule, or its parameter where the service file has the entry. */
  readonly path: YamlPath;
  readonly remedy: string;
}

/** `cases`: all cases of the action. A rule for which the spec has a reason, such as a parameter that is never sent, is left out. */
export function uncoveredRules(action: Action, cases: Iterable<Pick<Case, "rule">>): UncoveredRule[] {
  const covered = new Set<string | null>();
  for (const { rule } of cases) covered.add(rule);
  const withReason = new Set(
    documentedElements(action).flatMap((e) => (e.notCoveredReason === undefined ? [] : [e.id])),
  );
  return rulesOf(action)
    .filter((rule) => rule.level !== "may" && !covered.has(rule.id) && !withReason.has(rule.id))
    .map((rule) => {
      const parameter = ruleParameter(action, rule.path);
      return {
        rule,
        path: parameter ? entryPath(action, parameter, rule) : [],
        remedy: remedyFor(action, parameter, rule),
      };
    });
}

function entryPath(action: Action, p: Parameter, rule: Rule): YamlPath {
  const place = placesOf(p).find(({ path }) => `${p.name}${path}` === rule.path);
  const breach = [...(place?.refusals.keys() ?? [])].find(
    (key) => place && ruleId(action, place.name, breachName(place.schema, key)) === rule.id,
  );
  return ["parameters", p.name, ...refusalsPath(place?.path ?? ""), breach ?? rule.breach];
}

function remedyFor(action: Action, p: Parameter | undefined, { breach }: Rule): string {
  if (breach === "unique")
    return `because ${action.name} neither creates nor updates a resource that is created with a ${p?.name}; add a situation that expects the code`;
  if (p && ["minItems", "maxItems"].includes(breach) && action.given.has(p.name) && !p.fillWith)
    return "because nothing states which resources fill the list; add `fillWith`";
  return "because no family sends such a value; write `{ unspecified: REASON }`, and the rule under `remarks`";
}
