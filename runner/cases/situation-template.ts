/** A situation → its family and its case template. */
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

/** True where the resource is unknown, deleted, or not in the container that the call names. */
function isMissing(given: ResourceState | undefined, state: ResourceState): boolean {
  if (state.kind === "unknown" || state.kind === "deleted") return true;
  if (state.containers.some((container) => container.startsWith("another "))) return true;
  return (given?.containers ?? []).some((container) => !state.containers.includes(container));
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
