/** A fuzz case and some templates → the case that deviates as all of the templates do. */
import type { Action, Case, ExpectedRefusal, Source } from "../../model/index.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { memoize } from "../../values/memoize.ts";
import { absentPlaces } from "../places/absent.ts";
import { type CaseTemplate, callShape, expectationOf, isExpressibleAsPairs } from "../template.ts";
import { keepsActionRules, verifiedTemplates } from "../verified-templates.ts";
import { combineTemplates, deviatingParameter, isRefusalTemplate, singleValueFamilies } from "./single-deviations.ts";

/** Cases come action by action, so few lists are enough; one has several hundred templates. */
const MAX_CACHED_ACTIONS = 4;
const templatesByAction = memoize<readonly CaseTemplate[], Action>(MAX_CACHED_ACTIONS);

/** The templates that can be combined: each changes one value and needs no state of its own. */
export function combinableTemplates(action: Action, isFlat: boolean): readonly CaseTemplate[] {
  const templates = templatesByAction(action, () =>
    singleValueFamilies.flatMap((family) =>
      [...verifiedTemplates(family, action)].filter((d) => isCombinable(action, d)),
    ),
  );
  return isFlat ? templates.filter(isExpressibleAsPairs) : templates;
}

function isCombinable(action: Action, template: CaseTemplate): boolean {
  const name = deviatingParameter(template);
  const { situation, extraResource, binding } = template;
  if (name === undefined || situation !== undefined || extraResource !== undefined || binding !== undefined)
    return false;
  if (isRefusalTemplate(template)) return true;
  // A breach without a documented refusal makes every combination with it undecided.
  if (template.outcome !== "success" && !template.disputed && template.outcome.codes.length === 0) return false;
  // A value that must be accepted may neither be in use already nor name a resource that does not exist.
  const p = action.parameters.find((q) => q.name === name);
  return !action.given.has(name) && p !== undefined && !mustBeUnique(action, p);
}

/** False where a rule over several parameters forbids the call with the members of all templates. */
export const canBeCombined = (action: Action, templates: readonly CaseTemplate[]): boolean =>
  action.crossParameterRules.length === 0 ||
  keepsActionRules(action, combinedTemplate(action, templates, action.source));

export function combineIntoCase(c: Case, templates: readonly CaseTemplate[]): Case {
  const combined = combinedTemplate(c.action, templates, c.source);
  const places = absentPlaces(c.action, combined.edit);
  const { members, control } = callShape(c.action, c.binding, combined.additionalParameters ?? [], places);
  const { level, expect, rationale } = expectationOf(combined);
  return {
    ...c,
    level,
    expect,
    ...(rationale === undefined ? {} : { rationale }),
    title: combined.title,
    acceptableCauses: ["request", "state"],
    members,
    places,
    control,
    edit: combined.edit ?? null,
    source: combined.source,
    verifyUnchanged: true,
    fuzzIndex: null,
  };
}

/** `source`: where the template cites nothing. */
function combinedTemplate(action: Action, templates: readonly CaseTemplate[], source: Source): CaseTemplate {
  const deviations = templates.map((d) => `${d.place}/${d.slug}`).join(", ") || "nothing";
  const [first] = templates;
  // Codes of undecided values are included: a server may refuse the call for such a value.
  const { codes, ...call } = combineTemplates(action, templates);
  const base = { place: "", slug: "", rule: null, ...call, source: first?.source ?? source };
  const refused = templates.filter(isRefusalTemplate);
  if (refused.length === 0) {
    const undecided = templates.find((d) => d.disputed || d.outcome !== "success");
    const title = `MUST accept a call with ${deviations}`;
    const undocumented: ExpectedRefusal = {
      codes: [],
      level: "may",
      rationale: "the documents do not decide over one of the deviations",
      source: base.source,
    };
    return { ...base, title, outcome: undecided ? undocumented : "success", disputed: undecided?.disputed };
  }
  const rationale = "no document states which of several breaches is reported";
  const outcome: ExpectedRefusal = { codes, level: "should", rationale, source: base.source };
  return { ...base, title: `MUST refuse a call with ${deviations}`, outcome };
}
