/** equivalence: the same call over another binding must have the same outcome, even where the documents do not state which. */
import type { Action } from "../../model/index.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { MIN_LENGTH_WITH_RUN_ID } from "../../values/exact-text.ts";
import { deviatingParameter, singleValueFamilies } from "../combine/single-deviations.ts";
import { optionalParameters } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";
import { isExpressibleAsPairs } from "../template.ts";

export const equivalence: Family = {
  id: "equivalence",
  description: "the same call over the main binding and over another one, which must have the same outcome",
  absenceReason: () => "the service has one binding",
  *templates(action) {
    const [mainBinding, ...otherBindings] = action.service.bindings;
    if (mainBinding === undefined) return;
    const calls = otherBindings.length > 0 ? [fullCall(action), ...undecidedCalls(action)] : [];
    for (const binding of otherBindings) {
      for (const call of calls) {
        yield {
          ...call,
          title: `MUST give this call the same outcome over ${binding} as over ${mainBinding}`,
          rule: null,
          binding,
          equivalentTo: mainBinding,
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

/** For each parameter the first value whose outcome is disputed, undocumented or only inferred. */
function undecidedCalls(action: Action): CaseTemplate[] {
  const byParameter = new Map<string, CaseTemplate>();
  for (const family of singleValueFamilies) {
    for (const template of family.templates(action)) {
      const name = deviatingParameter(template);
      if (
        name === undefined ||
        byParameter.has(name) ||
        template.binding !== undefined ||
        !isExpressibleAsPairs(template) ||
        mayCollide(action, name, template)
      )
        continue;
      if (template.disputed || (template.outcome !== "success" && template.outcome.level !== "must"))
        byParameter.set(
          name,
          template.outcome === "success" ? { ...template, outcome: undocumented(template) } : template,
        );
    }
  }
  return [...byParameter.values()];
}

/** True for a unique value that is too short for the token: it may exist already, and the second of the two calls would find that of the first. */
function mayCollide(action: Action, name: string, { edit }: CaseTemplate): boolean {
  const isUnique = action.parameters.some((p) => p.name === name && mustBeUnique(action, p));
  return isUnique && edit?.op === "set" && edit.value.kind === "text" && edit.value.length < MIN_LENGTH_WITH_RUN_ID;
}

const undocumented = ({ source }: CaseTemplate): CaseTemplate["outcome"] => ({ codes: [], level: "may", source });
