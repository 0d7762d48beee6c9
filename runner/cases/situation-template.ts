/** A situation → its case template. */
import type { Action, Situation } from "../model/index.ts";
import { ruleId } from "../spec/rules.ts";
import { minimalParameters } from "./sent-parameters.ts";
import type { CaseTemplate } from "./template.ts";

export function situationTemplate(action: Action, s: Situation): CaseTemplate {
  const minimal = minimalParameters(action);
  return {
    place: "situation",
    slug: s.name,
    title: `MUST ${s.refused ? "refuse" : "accept"} the call in the situation "${s.name}"`,
    outcome: s.refused ?? "success",
    rule: ruleId(action, "situation", s.name),
    acceptableCauses: ["state"],
    additionalParameters: [...s.where.keys(), ...Object.keys(s.additionalMembers)].filter((n) => !minimal.includes(n)),
    situation: s,
    source: s.refused?.source ?? s.source,
  };
}
