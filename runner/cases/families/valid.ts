/** valid: a call that every reading of the documents accepts. */

import type { Action, ResourceState } from "../../model/index.ts";
import { affectedParameters } from "../../spec/affected-parameters.ts";
import { allowedCharacterCases } from "../allowed-characters.ts";
import { optionalParameters } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const valid: Family = {
  id: "valid",
  description: "a call that keeps every rule: the least members, all of them, each optional one, each pair",
  absenceReason: () => "the action has a valid call in any case",
  *templates(action) {
    const rest = optionalParameters(action);
    yield draft(action, "call", "minimal", "MUST accept a call with the required members only", []);
    yield draft(action, "call", "full", "MUST accept a call with every member", rest);
    for (const one of rest) yield draft(action, "optional", one, `MUST accept a call with ${one}`, [one]);
    for (const [i, one] of rest.entries()) {
      for (const other of rest.slice(i + 1)) {
        yield draft(action, "pair", `${one}.and.${other}`, `MUST accept a call with ${one} and ${other}`, [one, other]);
      }
    }
    const extraResource = neighbourState(action);
    const alone =
      extraResource && draft(action, "call", "neighbour", `MUST leave another ${extraResource.resource} alone`, []);
    if (alone) yield { ...alone, extraResource };
    yield* allowedCharacterCases(action);
  },
};

const draft = (
  action: Action,
  place: string,
  slug: string,
  title: string,
  additionalParameters: string[],
): CaseTemplate => ({
  place,
  slug,
  title,
  outcome: "success",
  rule: null,
  additionalParameters,
  source: action.source,
});

export function neighbourState(action: Action): ResourceState | undefined {
  const [name] = affectedParameters(action, action.given);
  const state = name === undefined ? undefined : action.given.get(name);
  // What a call adds to (a person, by a further group) is not taken away.
  if ([...action.service.resources.values()].some((r) => r.create === action.name)) return undefined;
  if (!state || action.service.resources.get(state.resource)?.probes.get(action.effects.success ?? "") === undefined)
    return undefined;
  return {
    kind: "existing",
    resource: state.resource,
    isList: false,
    count: 1,
    containers: state.containers,
    createMembers: state.createMembers,
  };
}
