/** A situation → the family that it belongs to, and its draft. */
import type { Action, ResourceState, Situation } from "../model/index.ts";
import { ruleId } from "../spec/rules.ts";
import { minimalParameters } from "./sent-parameters.ts";
import type { CaseTemplate } from "./template.ts";

export type SituationFamily = "duplicate" | "idempotency" | "missing-member" | "situation";

export function familyOfSituation(action: Action, s: Situation): SituationFamily {
  if (s.precedingCalls.length > 0) return Object.keys(s.additionalMembers).length > 0 ? "idempotency" : "duplicate";
  return [...s.where].some(([name, state]) => isMissing(action.given.get(name), state))
    ? "missing-member"
    : "situation";
}

/** Unknown, deleted, or not in the container that the call names beside it. */
function isMissing(given: ResourceState | undefined, state: ResourceState): boolean {
  if (state.kind === "unknown" || state.kind === "deleted") return true;
  if (state.containers.some((ref) => ref.startsWith("another "))) return true;
  return (given?.containers ?? []).some((ref) => !state.containers.includes(ref));
}

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
