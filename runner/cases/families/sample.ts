/** sample: the document's own requests, replayed. */
import type { Action, ExpectedRefusal, Parameter, Sample, SpecConflict } from "../../model/index.ts";
import { documentedErrorCode } from "../../spec/documented-outcome.ts";
import { sampleToMembers } from "../bind/sample-members.ts";
import { conflictsOf } from "../spec-conflicts.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const sample: Family = {
  id: "sample",
  description: "the document's own sample requests, and holds the answer to the documented one",
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
  // Refused on every reading: for the sample's reason, or for the disputed value.
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

/** The disputed values that a sample holds, with the codes of the breach that they are on one reading. */
function disputedValues(action: Action, s: Sample): { conflict: SpecConflict; codes: readonly string[] }[] {
  const members = sampleToMembers(action, s);
  return action.parameters.flatMap((p) => {
    const value = members[p.name];
    return value === undefined
      ? []
      : conflictsOf(p, value).map((conflict) => ({ conflict, codes: codesAt(p, conflict) }));
  });
}

function codesAt(p: Parameter, conflict: SpecConflict): readonly string[] {
  const inItems = conflict.constraint.startsWith("items.");
  const breach = inItems ? conflict.constraint.slice("items.".length) : conflict.constraint;
  return (inItems ? p.itemRefusals : p.refusals).get(breach)?.codes ?? [];
}
