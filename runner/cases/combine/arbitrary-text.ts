/** A parameter and an arbitrary text → the template of a call that sends it, with the outcome that the parameter's rules demand. */
import type { Action, ExpectedRefusal, Parameter, Place } from "../../model/index.ts";
import { placesOf } from "../../spec/places/places.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { codePointLength } from "../../values/text-length.ts";
import { breachesOf } from "../constraint-breaches.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import { codesOfConflict, conflictsOf } from "../spec-conflicts.ts";
import type { CaseTemplate } from "../template.ts";
import { unlistedText } from "../unlisted-texts.ts";

/** Text parameters with a charset whose values name no resource and need not be unique: their rules decide over every text. */
export const freeTextParameters = (action: Action): Parameter[] =>
  action.parameters.filter(
    (p) =>
      isSendable(p) &&
      p.schema.type === "string" &&
      p.schema.pattern !== undefined &&
      p.schema.enum === undefined &&
      !mustBeUnique(action, p) &&
      !action.given.has(p.name),
  );

export function arbitraryTextTemplate(action: Action, p: Parameter, text: string): CaseTemplate {
  const [place] = placesOf(p) as [Place];
  const brokenRefusals = breachesOf(p, text)
    .map(({ breach }) => p.refusals.get(breach))
    .filter((r) => r !== undefined);
  const conflicts = conflictsOf(place, text);
  const rationale = "the value may break more than one rule";
  const refusal: ExpectedRefusal | undefined =
    brokenRefusals.length === 0
      ? undefined
      : { codes: brokenRefusals.flatMap((r) => r.codes), level: levelOf(brokenRefusals), rationale, source: p.source };
  return {
    place: p.name,
    // Shown in the title of the combined case; not part of an id.
    slug: `arbitrary text of ${codePointLength(text)} characters`,
    title: "",
    outcome: refusal ?? "success",
    disputed: refusal ? undefined : (conflicts[0] ?? unlistedText({ p, place })),
    alternativeCodes: conflicts.flatMap((conflict) => codesOfConflict(place, conflict)),
    rule: null,
    acceptableCauses: ["request", "state"],
    additionalParameters: additionalFor(action, p),
    edit: { op: "set", at: { parameter: p.name }, value: { kind: "literal", value: text } },
    source: p.source,
  };
}

const levelOf = (brokenRefusals: readonly ExpectedRefusal[]): ExpectedRefusal["level"] =>
  brokenRefusals.every((r) => r.level === "may") ? "may" : "should";
