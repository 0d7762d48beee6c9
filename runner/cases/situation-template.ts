/** A situation → its case template. */
import type { Action, Situation } from "../model/index.ts";
import { affectedParameters } from "../spec/affected-parameters.ts";
import { ruleId } from "../spec/rules.ts";
import { neighbourState } from "./neighbours.ts";
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
    ...witness(action, s),
    source: s.refused?.source ?? s.source,
  };
}

/**
 * A neighbour shows whether a call changes something else, in a situation where nothing that the call names could show it:
 * the named resource does not exist, or the same call was sent before.
 */
function witness(action: Action, { where, precedingCalls, effects }: Situation): Pick<CaseTemplate, "extraResource"> {
  const [name = ""] = affectedParameters(action, action.given);
  const kind = where.get(name)?.kind;
  const isAbsent = kind === "unknown" || kind === "deleted" || precedingCalls.some(({ call }) => call === "this");
  const extraResource =
    isAbsent || (effects !== undefined && effects.success === undefined) ? neighbourState(action) : undefined;
  return extraResource ? { extraResource } : {};
}
