/** A case that is a mix by number, and some drafts → the case that deviates in all of them. */
import type { Action, Case, ExpectedRefusal } from "../../model/index.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { type CaseTemplate, callShape, expectationOf, isExpressibleAsPairs } from "../template.ts";
import { combineTemplates, deviatingParameter, isRefusalTemplate, singleValueFamilies } from "./single-deviations.ts";

const pools = new WeakMap<Action, Map<boolean, readonly CaseTemplate[]>>();

/** What mixes are made of: drafts of one value each that need no state of their own. */
export function combinableTemplates(action: Action, isFlat: boolean): readonly CaseTemplate[] {
  const byFlatness = pools.get(action) ?? new Map<boolean, readonly CaseTemplate[]>();
  pools.set(action, byFlatness);
  const templates =
    byFlatness.get(isFlat) ??
    singleValueFamilies.flatMap((family) => [...family.templates(action)].filter((d) => isCombinable(action, d)));
  byFlatness.set(isFlat, templates);
  return isFlat ? templates.filter(isExpressibleAsPairs) : templates;
}

function isCombinable(action: Action, template: CaseTemplate): boolean {
  const name = deviatingParameter(template);
  if (name === undefined || template.situation !== undefined || template.extraResource !== undefined) return false;
  if (isRefusalTemplate(template)) return true;
  // Where nothing is known of a breach, nothing is known of a mix with it.
  if (template.outcome !== "success" && !template.disputed && template.outcome.codes.length === 0) return false;
  // A value that is to be accepted must not be somebody's, nor name what is not there.
  const p = action.parameters.find((q) => q.name === name);
  return !action.given.has(name) && p !== undefined && !mustBeUnique(action, p);
}

export function combineIntoCase(c: Case, templates: readonly CaseTemplate[]): Case {
  const combined = combinedTemplate(c, templates);
  const { members, control } = callShape(c.action, c.binding, combined.additionalParameters ?? []);
  const { level, expect, rationale } = expectationOf(combined);
  return {
    ...c,
    level,
    expect,
    ...(rationale === undefined ? {} : { rationale }),
    title: combined.title,
    acceptableCauses: ["request", "state"],
    members,
    control,
    edit: combined.edit ?? null,
    source: combined.source,
    verifyUnchanged: true,
    fuzzIndex: null,
  };
}

function combinedTemplate(c: Case, templates: readonly CaseTemplate[]): CaseTemplate {
  const deviations = templates.map((d) => `${d.place}/${d.slug}`).join(", ") || "nothing";
  const [first] = templates;
  // An open value may be refused as well, for a reason of its own.
  const { codes, ...call } = combineTemplates(templates);
  const base = { place: "", slug: "", rule: null, ...call, source: first?.source ?? c.source };
  const refused = templates.filter(isRefusalTemplate);
  if (refused.length === 0) {
    const undecided = templates.find((d) => d.disputed || d.outcome !== "success");
    const title = `MUST accept a call with ${deviations}`;
    const undocumented: ExpectedRefusal = {
      codes: [],
      level: "may",
      rationale: "the documents leave a part of it open",
      source: base.source,
    };
    return { ...base, title, outcome: undecided ? undocumented : "success", disputed: undecided?.disputed };
  }
  const rationale = "no document says which of several breaches is told";
  const outcome: ExpectedRefusal = { codes, level: "should", rationale, source: base.source };
  return { ...base, title: `MUST refuse a call with ${deviations}`, outcome };
}
