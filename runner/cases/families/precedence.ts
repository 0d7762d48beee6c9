/** precedence: two breaches in one call, which must get the code that a document gives precedence, or the code of either. */
import type { Action, Precedence, Situation } from "../../model/index.ts";
import {
  combineTemplates,
  deviatingParameter,
  firstBreachPerParameter,
  templateBreaking,
} from "../combine/single-deviations.ts";
import { situationTemplate } from "../situation-template.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const precedence: Family = {
  id: "precedence",
  description:
    "two breaches in one call, which is refused for the one to which a document gives precedence, or for either",
  absenceReason: () => "no call can break two of its rules at once",
  *templates(action) {
    for (const p of action.precedence) yield* documentedPrecedence(action, p);
    const singles = firstBreachPerParameter(action);
    // Last, so that the pairs of the other parameters stay when one gets `places`.
    const hasPlaces = (d: CaseTemplate) =>
      action.parameters.some((p) => p.name === deviatingParameter(d) && p.places.length > 0);
    singles.sort((a, b) => Number(hasPlaces(a)) - Number(hasPlaces(b)));
    for (const [i, first] of singles.entries()) {
      const second = singles[i + 1];
      if (second) yield twoBreaches(action, first, second);
    }
    const state = action.situations.find(isStateRefusalOnly);
    const value = state && singles.find((d) => !state.where.has(deviatingParameter(d) ?? ""));
    if (state && value) yield { ...twoBreaches(action, value, situationTemplate(action, state)), situation: state };
  },
};

/** True for a situation that is refused for the state of its resources, without preceding calls. */
const isStateRefusalOnly = (s: Situation): boolean =>
  s.refused !== null &&
  s.refused.level !== "may" &&
  s.precedingCalls.length === 0 &&
  Object.keys(s.additionalMembers).length === 0;

const acceptableCauses = ["request", "state"] as const;

/** Level `should`: both rules demand a refusal, and no document states which of the two codes it has. */
function twoBreaches(action: Action, first: CaseTemplate, second: CaseTemplate): CaseTemplate {
  const { codes, ...call } = combineTemplates(action, [first, second]);
  return {
    place: `${first.place}.and.${second.place}`,
    slug: `${first.slug}.and.${second.slug}`,
    title: "MUST refuse a call that breaks two rules, for either of them",
    outcome: {
      codes,
      level: "should",
      rationale: "no document states which of two breaches is reported",
      source: first.source,
    },
    rule: null,
    acceptableCauses,
    ...call,
    source: first.source,
  };
}

function* documentedPrecedence(action: Action, { breaches, refusal, source }: Precedence): Iterable<CaseTemplate> {
  const templates = [...breaches]
    .map(([name, breach]) => templateBreaking(action, name, breach))
    .filter((template) => template !== undefined);
  // No family has a template for one of the breaches.
  if (templates.length < breaches.size) return;
  const { codes: _, ...call } = combineTemplates(action, templates);
  const extraResource = templates.find((d) => d.extraResource)?.extraResource;
  yield {
    place: [...breaches.keys()].join(".and."),
    slug: [...new Set(breaches.values())].join(".and."),
    title: "MUST refuse a call that breaks two rules, for the one to which the document gives precedence",
    outcome: refusal,
    rule: null,
    acceptableCauses,
    ...call,
    ...(extraResource ? { extraResource } : {}),
    source,
  };
}
