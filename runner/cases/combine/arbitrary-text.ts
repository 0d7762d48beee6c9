/** A place and an arbitrary text → the template of a call that sends it, with the outcome that the rules of the place demand. */
import type { Action, ExpectedRefusal } from "../../model/index.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { codePointLength } from "../../values/text-length.ts";
import { constraintBreaches } from "../constraint-breaches.ts";
import { type ParameterPlace, sendablePlaces, setLiteral } from "../places/edits.ts";
import { additionalFor } from "../sent-parameters.ts";
import { codesOfConflict, conflictsOf } from "../spec-conflicts.ts";
import type { CaseTemplate } from "../template.ts";
import { unlistedText } from "../unlisted-texts.ts";

/** Texts with a charset whose values name no resource and need not be unique: their rules decide over every text. */
export const freeTextPlaces = (action: Action): ParameterPlace[] =>
  sendablePlaces(action).filter(
    ({ p, place: { path, schema } }) =>
      path !== "[]" &&
      schema.type === "string" &&
      schema.pattern !== undefined &&
      schema.enum === undefined &&
      !mustBeUnique(action, p) &&
      !action.given.has(p.name),
  );

export function arbitraryTextTemplate(action: Action, at: ParameterPlace, text: string): CaseTemplate {
  const { p, place } = at;
  const brokenRefusals = constraintBreaches({ place, anchored: p.anchored }, text)
    .map(({ breach }) => place.refusals.get(breach))
    .filter((r) => r !== undefined);
  const conflicts = conflictsOf(place, text);
  const rationale = "the value may break more than one rule";
  const refusal: ExpectedRefusal | undefined =
    brokenRefusals.length === 0
      ? undefined
      : {
          codes: brokenRefusals.flatMap((r) => r.codes),
          level: levelOf(brokenRefusals),
          rationale,
          source: place.source,
        };
  return {
    place: place.name,
    // Shown in the title of the combined case; not part of an id.
    slug: `arbitrary text of ${codePointLength(text)} characters`,
    title: "",
    outcome: refusal ?? "success",
    disputed: refusal ? undefined : (conflicts[0] ?? unlistedText(at)),
    alternativeCodes: conflicts.flatMap((conflict) => codesOfConflict(place, conflict)),
    rule: null,
    acceptableCauses: ["request", "state"],
    additionalParameters: additionalFor(action, p),
    edit: setLiteral(at, text),
    source: place.source,
  };
}

const levelOf = (brokenRefusals: readonly ExpectedRefusal[]): ExpectedRefusal["level"] =>
  brokenRefusals.every((r) => r.level === "may") ? "may" : "should";
