/** sample: the sample requests that the document prints. */
import type { Action, ExpectedRefusal, Sample, SpecConflict } from "../../model/index.ts";
import { documentedErrorCode } from "../../spec/documented-outcome.ts";
import { placesOf } from "../../spec/places/places.ts";
import { sampleToMembers } from "../bind/sample-members.ts";
import { valuesAt } from "../places/edits.ts";
import { codesOfConflict, conflictsOf } from "../spec-conflicts.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const sample: Family = {
  id: "sample",
  description: "the sample requests of the document, whose responses must have the documented outcome",
  absenceReason: () => "the document has no sample",
  *templates(action) {
    for (const s of action.samples) yield toTemplate(action, s);
  },
};

function toTemplate(action: Action, s: Sample): CaseTemplate {
  const code = documentedErrorCode(action.service.envelope, s.response);
  const disputed = disputedValues(action, s);
  const base = { place: "", slug: String(s.number), rule: null, sample: s, source: s.source };
  if (code === null) {
    const title = "MUST accept the document's sample";
    return { ...base, title, outcome: "success", disputed: disputed[0]?.conflict };
  }
  // Every interpretation demands a refusal: for the reason of the sample, or for the disputed value.
  const outcome: ExpectedRefusal = { codes: [code, ...s.alternativeCodes], level: "must", source: s.source };
  const alternativeCodes = disputed.flatMap((d) => d.codes);
  return {
    ...base,
    title: `MUST refuse the document's sample with ${code}`,
    outcome,
    alternativeCodes,
    acceptableCauses: ["request", "state"],
  };
}

/** The conflicts that cover values of a sample, each with the codes of the breach that one interpretation sees. */
function disputedValues(action: Action, s: Sample): { conflict: SpecConflict; codes: readonly string[] }[] {
  const members = sampleToMembers(action, s);
  return action.parameters.flatMap((p) => {
    const value = members[p.name];
    if (value === undefined) return [];
    return placesOf(p).flatMap((place) =>
      [...valuesAt(value, place.path)]
        .flatMap((inner) => conflictsOf(place, inner.value))
        .map((conflict) => ({ conflict, codes: codesOfConflict(place, conflict) })),
    );
  });
}
