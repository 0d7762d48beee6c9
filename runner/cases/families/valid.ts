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
    const optional = optionalParameters(action);
    yield toTemplate(action, "call", "minimal", "MUST accept a call with the required members only", []);
    yield toTemplate(action, "call", "full", "MUST accept a call with every member", optional);
    for (const one of optional) yield toTemplate(action, "optional", one, `MUST accept a call with ${one}`, [one]);
    for (const [i, one] of optional.entries()) {
      for (const other of optional.slice(i + 1)) {
        yield toTemplate(action, "pair", `${one}.and.${other}`, `MUST accept a call with ${one} and ${other}`, [one, other]);
      }
    }
    const extraResource = neighbourState(action);
    const neighbourTemplate =
      extraResource && toTemplate(action, "call", "neighbour", `MUST leave another ${extraResource.resource} alone`, []);
    if (neighbourTemplate) yield { ...neighbourTemplate, extraResource };
    yield* allowedCharacterCases(action);
  },
};

const toTemplate = (
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

function neighbourState(action: Action): ResourceState | undefined {
  const [name] = affectedParameters(action, action.given);
  const state = name === undefined ? undefined : action.given.get(name);
  // What a call adds to (a person, by a further group) is not taken away.
  if (action.creates) return undefined;
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
