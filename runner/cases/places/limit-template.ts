/** A value on a limit or beyond it → the template of its case. */
import type { Action, ExpectedRefusal, MemberEdit, SpecConflict } from "../../model/index.ts";
import { breachName, ruleId } from "../../spec/rules.ts";
import { additionalFor } from "../sent-parameters.ts";
import type { CaseTemplate } from "../template.ts";
import type { ParameterPlace } from "./edits.ts";

/** `breach`: null for a value within the limits, whose rule is that of `nearestLimit`. */
export function limitTemplate(
  { action, p, place }: ParameterPlace & { readonly action: Action },
  slug: string,
  description: string,
  edit: MemberEdit,
  breach: string | null,
  nearestLimit: string,
  conflict?: SpecConflict,
): CaseTemplate {
  const { name, schema, refusals } = place;
  const base = { place: name, slug, additionalParameters: additionalFor(action, p), edit };
  if (breach === null)
    return {
      title: `MUST accept ${description}`,
      outcome: "success",
      rule: refusals.has(nearestLimit) ? ruleId(action, name, nearestLimit) : null,
      disputed: conflict,
      source: place.source,
      ...base,
    };
  const refusal = refusals.get(breach) as ExpectedRefusal;
  return {
    title: `MUST refuse ${description}`,
    outcome: refusal,
    rule: ruleId(action, name, breachName(schema, breach)),
    acceptableCauses: breach === "empty" ? ["request", "state"] : ["request"],
    source: refusal.source,
    ...base,
  };
}
