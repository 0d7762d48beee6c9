/** A case that is a mix by number, and some drafts → the case that deviates in all of them. */
import type { Action, Case, ExpectedRefusal } from "../../model/index.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { type CaseTemplate, callShape, expectationOf, isExpressibleAsPairs } from "../template.ts";
import { combineTemplates, deviatingParameter, isRefusalTemplate, singleValueFamilies } from "./single-deviations.ts";

const pools = new WeakMap<Action, Map<boolean, readonly CaseTemplate[]>>();

/** What mixes are made of: drafts of one value each that need no state of their own. */
export function combinableTemplates(action: Action, flat: boolean): readonly CaseTemplate[] {
  const known = pools.get(action) ?? new Map<boolean, readonly CaseTemplate[]>();
  pools.set(action, known);
  const found =
    known.get(flat) ??
    singleValueFamilies.flatMap((family) => [...family.templates(action)].filter((d) => isCombinable(action, d)));
  known.set(flat, found);
  return flat ? found.filter(isExpressibleAsPairs) : found;
}

function isCombinable(action: Action, draft: CaseTemplate): boolean {
  const name = deviatingParameter(draft);
  if (name === undefined || draft.situation !== undefined || draft.extraResource !== undefined) return false;
  if (isRefusalTemplate(draft)) return true;
  // Where nothing is known of a breach, nothing is known of a mix with it.
  if (draft.outcome !== "success" && !draft.disputed && draft.outcome.codes.length === 0) return false;
  // A value that is to be accepted must not be somebody's, nor name what is not there.
  const p = action.parameters.find((q) => q.name === name);
  return !action.given.has(name) && p !== undefined && !mustBeUnique(action, p);
}

export function combineIntoCase(c: Case, drafts: readonly CaseTemplate[]): Case {
  const whole = draftOf(c, drafts);
  const { members, control } = callShape(c.action, c.binding, whole.additionalParameters ?? []);
  const { level, expect, rationale } = expectationOf(whole);
  return {
    ...c,
    level,
    expect,
    ...(rationale === undefined ? {} : { rationale }),
    title: whole.title,
    acceptableCauses: ["request", "state"],
    members,
    control,
    edit: whole.edit ?? null,
    source: whole.source,
    verifyUnchanged: true,
    fuzzIndex: null,
  };
}

function draftOf(c: Case, drafts: readonly CaseTemplate[]): CaseTemplate {
  const what = drafts.map((d) => `${d.place}/${d.slug}`).join(", ") || "nothing";
  const [first] = drafts;
  // An open value may be refused as well, for a reason of its own.
  const { codes, ...call } = combineTemplates(drafts);
  const base = { place: "", slug: "", rule: null, ...call, source: first?.source ?? c.source };
  const refused = drafts.filter(isRefusalTemplate);
  if (refused.length === 0) {
    const open = drafts.find((d) => d.disputed || d.outcome !== "success");
    const title = `MUST accept a call with ${what}`;
    const silent: ExpectedRefusal = {
      codes: [],
      level: "may",
      rationale: "the documents leave a part of it open",
      source: base.source,
    };
    return { ...base, title, outcome: open ? silent : "success", disputed: open?.disputed };
  }
  const rationale = "no document says which of several breaches is told";
  const outcome: ExpectedRefusal = { codes, level: "should", rationale, source: base.source };
  return { ...base, title: `MUST refuse a call with ${what}`, outcome };
}
