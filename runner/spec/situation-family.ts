/** A situation → the family of its case. */
import type { Action, ResourceState, Situation } from "../model/index.ts";
import { isCaseToken } from "./case-token.ts";

export type SituationFamily = "duplicate" | "idempotency" | "missing-member" | "situation";

export function familyOfSituation(action: Action, s: Situation): SituationFamily {
  if (s.precedingCalls.length > 0 && Object.values(s.additionalMembers).some(isCaseToken)) return "idempotency";
  if (s.precedingCalls.some(({ call }) => call === "this" || call === action.name)) return "duplicate";
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
