/** valid: calls that every interpretation of the documents accepts. */

import type { Action } from "../../model/index.ts";
import { withOptionalMembers } from "../../values/keeps-rules.ts";
import { allowedCharacterCases } from "../allowed-characters.ts";
import { neighbourTemplates } from "../neighbours.ts";
import { isNested, type ParameterPlace, pathTo, sendablePlaces, setPlace, valueAtSteps } from "../places/edits.ts";
import { sampleValues } from "../sample-values.ts";
import { additionalFor, minimalParameters, optionalParameters } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const valid: Family = {
  id: "valid",
  description:
    "a call that keeps every rule: with the required members only, with all members, with each optional member and each pair of them",
  absenceReason: () => "every action has such a case",
  *templates(action) {
    const optional = optionalParameters(action);
    yield toTemplate(action, "call", "minimal", "MUST accept a call with the required members only", []);
    const together = membersTogether(action, optional);
    const all = together.length === optional.length ? "every member" : "as many members as its rules allow";
    yield toTemplate(action, "call", "full", `MUST accept a call with ${all}`, together);
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
    for (const at of sendablePlaces(action)) yield* optionalPlaces(action, at);
    yield* neighbourTemplates(action);
    yield* allowedCharacterCases(action);
  },
};

/** A member of an object that valid values need not have, and the members of which an object has only one. */
function* optionalPlaces(action: Action, at: ParameterPlace): Iterable<CaseTemplate> {
  const { p, place } = at;
  if (!isNested(place) || place.required) return;
  const { steps = [] } = pathTo(at);
  if (valueAtSteps(sampleValues(action)[p.name], steps) !== undefined) return;
  const base = toTemplate(action, "optional", place.name, `MUST accept a call with ${place.name}`, [
    ...additionalFor(action, p),
  ]);
  yield { ...base, edit: setPlace(at, { kind: "valid" }) };
}

/** The optional parameters that the rules over several parameters allow in one call, the first ones first. */
function membersTogether(action: Action, optional: readonly string[]): string[] {
  if (action.crossParameterRules.length === 0) return [...optional];
  const values = (names: readonly string[]) =>
    Object.fromEntries(Object.entries(sampleValues(action)).filter(([name]) => names.includes(name)));
  const members = withOptionalMembers(action, values(minimalParameters(action)), values(optional));
  return optional.filter((name) => name in members);
}

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
