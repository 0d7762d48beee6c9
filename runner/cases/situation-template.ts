/** A situation → the family that it belongs to, and its draft. */
import type { Action, Situation, State } from "../model/index.ts";
import { ruleId } from "../spec/rules.ts";
import { minimalParameters } from "./sent-parameters.ts";
import type { CaseTemplate } from "./template.ts";

export type SituationFamily = "duplicate" | "idempotency" | "missing-member" | "situation";

export function familyOfSituation(action: Action, s: Situation): SituationFamily {
  if (s.before.length > 0) return Object.keys(s.with).length > 0 ? "idempotency" : "duplicate";
  return [...s.where].some(([name, state]) => isMissing(action.given.get(name), state))
    ? "missing-member"
    : "situation";
}

/** Unknown, deleted, or not in the container that the call names beside it. */
function isMissing(given: State | undefined, state: State): boolean {
  if (state.existence === "unknown" || state.existence === "deleted") return true;
  if (state.in.some((ref) => ref.startsWith("another "))) return true;
  return (given?.in ?? []).some((ref) => !state.in.includes(ref));
}

export function situationTemplate(action: Action, s: Situation): CaseTemplate {
  const always = minimalParameters(action);
  return {
    place: "situation",
    slug: s.name,
    title: `MUST ${s.refused ? "refuse" : "accept"} the call in the situation "${s.name}"`,
    outcome: s.refused ?? "success",
    rule: ruleId(action, "situation", s.name),
    acceptableCauses: ["state"],
    additionalParameters: [...s.where.keys(), ...Object.keys(s.with)].filter((n) => !always.includes(n)),
    situation: s,
    source: s.refused?.source ?? s.source,
  };
}
