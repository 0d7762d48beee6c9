/** valid: calls that every interpretation of the documents accepts. */

import type { Action, ResourceState } from "../../model/index.ts";
import { affectedParameters } from "../../spec/affected-parameters.ts";
import { allowedCharacterCases } from "../allowed-characters.ts";
import { optionalParameters } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const valid: Family = {
  id: "valid",
  description:
    "a call that keeps every rule: with the required members only, with all members, with each optional member and each pair of them",
  absenceReason: () => "every action has such a case",
  *templates(action) {
    const optional = optionalParameters(action);
    yield toTemplate(action, "call", "minimal", "MUST accept a call with the required members only", []);
    yield toTemplate(action, "call", "full", "MUST accept a call with every member", optional);
    for (const first of optional)
      yield toTemplate(action, "optional", first, `MUST accept a call with ${first}`, [first]);
    for (const [i, first] of optional.entries()) {
      for (const second of optional.slice(i + 1)) {
        yield toTemplate(action, "pair", `${first}.and.${second}`, `MUST accept a call with ${first} and ${second}`, [
          first,
          second,
        ]);
      }
    }
    const extraResource = neighbourState(action);
    const neighbourTemplate =
      extraResource && toTemplate(action, "call", "neighbour", `MUST NOT change another ${extraResource.resource}`, []);
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

/** One more resource of the type that the call changes, in the same containers, whose state a probe can verify. */
function neighbourState(action: Action): ResourceState | undefined {
  const [name] = affectedParameters(action, action.given);
  const state = name === undefined ? undefined : action.given.get(name);
  // An action that creates something adds to the resource (a person to a further group) and takes nothing from it. After an
  // update, a neighbour exists as well.
  if (action.creates || action.effects.success === "exists") return undefined;
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
