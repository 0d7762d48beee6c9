/** equivalence: the same call over another binding has the same outcome, also where the documents leave open which. */
import type { Action } from "../../model/index.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { MIN_LENGTH_WITH_RUN_ID } from "../../values/exact-text.ts";
import { deviatingParameter, singleValueFamilies } from "../combine/single-deviations.ts";
import { optionalParameters } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";
import { isExpressibleAsPairs } from "../template.ts";

export const equivalence: Family = {
  id: "equivalence",
  description: "the same call over the main binding and over another, which must have the same outcome",
  absenceReason: () => "the service has one binding",
  *templates(action) {
    const [main, ...others] = action.service.bindings;
    if (main === undefined) return;
    const calls = others.length > 0 ? [fullCall(action), ...undecidedCalls(action)] : [];
    for (const binding of others) {
      for (const call of calls) {
        yield {
          ...call,
          title: `MUST answer this call over ${binding} as over ${main}`,
          rule: null,
          binding,
          equivalentTo: main,
        };
      }
    }
  },
};

const fullCall = (action: Action): CaseTemplate => ({
  place: "call",
  slug: "full",
  title: "",
  outcome: "success",
  rule: null,
  additionalParameters: optionalParameters(action),
  source: action.source,
});

/** Of each parameter the first value of which the documents do not say, or only guess, what it gets. */
function undecidedCalls(action: Action): CaseTemplate[] {
  const byParameter = new Map<string, CaseTemplate>();
  for (const family of singleValueFamilies) {
    for (const template of family.templates(action)) {
      const name = deviatingParameter(template);
      if (name === undefined || byParameter.has(name) || !isExpressibleAsPairs(template) || mayCollide(action, name, template))
        continue;
      if (template.disputed || (template.outcome !== "success" && template.outcome.level !== "must"))
        byParameter.set(name, template.outcome === "success" ? { ...template, outcome: undocumented(template) } : template);
    }
  }
  return [...byParameter.values()];
}

/** A value that must be there once only and is too short for the run's id may be there already, and then over one binding alone. */
function mayCollide(action: Action, name: string, { edit }: CaseTemplate): boolean {
  const isUnique = action.parameters.some((p) => p.name === name && mustBeUnique(action, p));
  return isUnique && edit?.op === "set" && edit.value.kind === "text" && edit.value.length < MIN_LENGTH_WITH_RUN_ID;
}

const undocumented = ({ source }: CaseTemplate): CaseTemplate["outcome"] => ({ codes: [], level: "may", source });
