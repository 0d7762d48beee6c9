/** precedence: two breaches in one call; a document says which is told, or either may be. */
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
  description: "two breaches in one call, which is refused for the one that a document puts first, or for either",
  absenceReason: () => "no two of its rules can be broken at once",
  *templates(action) {
    for (const p of action.precedence) yield* documentedPrecedence(action, p);
    const singles = firstBreachPerParameter(action);
    for (const [i, one] of singles.entries()) {
      const other = singles[i + 1];
      if (other) yield twoBreaches(one, other);
    }
    const state = action.situations.find(isStateRefusalOnly);
    const value = state && singles.find((d) => !state.where.has(deviatingParameter(d) ?? ""));
    if (state && value) yield { ...twoBreaches(value, situationTemplate(action, state)), situation: state };
  },
};

/** Refused for the state alone, with no call before. */
const isStateRefusalOnly = (s: Situation): boolean =>
  s.refused !== null &&
  s.refused.level !== "may" &&
  s.precedingCalls.length === 0 &&
  Object.keys(s.additionalMembers).length === 0;

const acceptableCauses = ["request", "state"] as const;

/** That it is refused stands on both rules; which of them is told, on none. */
function twoBreaches(one: CaseTemplate, other: CaseTemplate): CaseTemplate {
  const { codes, ...call } = combineTemplates([one, other]);
  return {
    place: `${one.place}.and.${other.place}`,
    slug: `${one.slug}.and.${other.slug}`,
    title: "MUST refuse a call that breaks two rules, for either of them",
    outcome: {
      codes,
      level: "should",
      rationale: "no document says which of two breaches is told",
      source: one.source,
    },
    rule: null,
    acceptableCauses: acceptableCauses,
    ...call,
    source: one.source,
  };
}

function* documentedPrecedence(action: Action, { breaches, refusal, source }: Precedence): Iterable<CaseTemplate> {
  const templates = [...breaches]
    .map(([name, breach]) => templateBreaking(action, name, breach))
    .filter((d) => d !== undefined);
  // One of them is never sent.
  if (templates.length < breaches.size) return;
  const { codes: _, ...call } = combineTemplates(templates);
  const extraResource = templates.find((d) => d.extraResource)?.extraResource;
  yield {
    place: [...breaches.keys()].join(".and."),
    slug: [...new Set(breaches.values())].join(".and."),
    title: "MUST refuse a call that breaks two rules, for the one that the document puts first",
    outcome: refusal,
    rule: null,
    acceptableCauses: acceptableCauses,
    ...call,
    ...(extraResource ? { extraResource } : {}),
    source,
  };
}
