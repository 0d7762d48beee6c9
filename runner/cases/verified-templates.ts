/**
 * A family and an action → its templates, each held against the schemas and rules of the action before it is planned: a valid
 * call keeps all of them, the control of a refusal does, and a deviation breaks what its template names.
 */
import type { Action, CallMembers, Case, ExpectedRefusal, Json, Parameter } from "../model/index.ts";
import { idMember } from "../spec/id-member.ts";
import { lintedServices } from "../spec/prebuilt.ts";
import { completions, keepsRules } from "../values/keeps-rules.ts";
import { satisfies } from "../values/satisfies.ts";
import { prepareCall } from "./bind/bind.ts";
import { breachesOf } from "./constraint-breaches.ts";
import { valueAtSteps } from "./places/edits.ts";
import { SAMPLE_SEED, sampleValues } from "./sample-values.ts";
import { optionalParameters } from "./sent-parameters.ts";
import { type CaseTemplate, type Family, toCase } from "./template.ts";

/** By action: the families of which it was found that every template stays as it is. A plan is made several times. */
const unchangedFamilies = new WeakMap<Action, WeakSet<Family>>();

export function* verifiedTemplates(family: Family, action: Action): Iterable<CaseTemplate> {
  const unchanged = unchangedFamilies.get(action) ?? new WeakSet();
  unchangedFamilies.set(action, unchanged);
  // A test holds that no template of the built-in specs is changed.
  if (lintedServices.has(action.service) || unchanged.has(family)) return yield* plannedTemplates(family, action);
  let isUnchanged = true;
  for (const template of plannedTemplates(family, action)) {
    const completed = completedTemplate(action, template);
    const verified = completed && verifiedTemplate(action, completed);
    isUnchanged &&= verified === template;
    if (verified) yield verified;
  }
  if (isUnchanged) unchanged.add(family);
}

/** Without calls that would be accepted only if a generated text in an item were the id of a resource. */
function* plannedTemplates(family: Family, action: Action): Iterable<CaseTemplate> {
  for (const template of family.templates(action))
    if (template.outcome !== "success" || !isIdInside(action, template)) yield template;
}

function isIdInside({ given }: Action, { edit }: CaseTemplate): boolean {
  if (edit?.op !== "set" || edit.at.steps === undefined) return false;
  const member = given.get(edit.at.parameter)?.itemMember;
  return member !== undefined && edit.at.steps.at(-1) === member;
}

/** With the members that the rules over several parameters demand in addition; undefined where they forbid the call. */
function completedTemplate(action: Action, template: CaseTemplate): CaseTemplate | undefined {
  if (action.crossParameterRules.length === 0 || template.sample) return template;
  const { additionalParameters = [], edit } = template;
  const deviating = edit?.op === "set" ? edit.at.parameter : undefined;
  const others = optionalParameters(action).filter((n) => !additionalParameters.includes(n) && n !== deviating);
  for (const added of completions(others)) {
    const candidate =
      added.length === 0 ? template : { ...template, additionalParameters: [...additionalParameters, ...added] };
    if (keepsActionRules(action, candidate)) return candidate;
  }
  return undefined;
}

/** True where the control of the template keeps the rules over several parameters, and an accepted call as well. */
export const keepsActionRules = (action: Action, template: CaseTemplate): boolean =>
  keepsRulesWithoutEdit(action, template) &&
  (template.outcome !== "success" || !template.edit || keepsRules(action, sampleCall(action, template)));

const controlsByAction = new WeakMap<Action, Map<string, boolean>>();

/** Cached, because hundreds of cases of an action have a few controls. */
function keepsRulesWithoutEdit(action: Action, template: CaseTemplate): boolean {
  const controls = controlsByAction.get(action) ?? new Map<string, boolean>();
  controlsByAction.set(action, controls);
  const key = `${template.situation?.name ?? ""}/${[...(template.additionalParameters ?? [])].sort().join()}`;
  const keeps = controls.get(key) ?? keepsRules(action, sampleCall(action, { ...template, edit: undefined }));
  controls.set(key, keeps);
  return keeps;
}

/** The members that the template sends, with a value of their own in place of each resource. */
function sampleCall(
  action: Action,
  template: Omit<CaseTemplate, "edit"> & { edit?: CaseTemplate["edit"] | undefined },
): CallMembers {
  const { edit, ...rest } = template;
  const c: Case = toCase(edit ? { ...rest, edit } : rest, action, "", action.service.bindings[0] ?? "");
  const prepared = prepareCall(c, SAMPLE_SEED, "");
  const values = Object.fromEntries(prepared.requiredIds);
  return prepared.bind({ values, existingValues: sampleValues(action), fill: () => undefined });
}

/** Only one value deviates; other edits are what their family says in any case. */
function verifiedTemplate(action: Action, template: CaseTemplate): CaseTemplate | undefined {
  const { edit, outcome, disputed } = template;
  if (edit?.op !== "set" || edit.value.kind === "existingValue" || template.situation) return template;
  const p = action.parameters.find(({ name }) => name === edit.at.parameter);
  if (!p || disputed) return template;
  const value = sampleCall(action, template)[p.name] ?? null;
  const edited = valueAtSteps(value, edit.at.steps ?? []) ?? null;
  const keeps = satisfies(p.schema, value, p.anchored);
  if (outcome === "success") return keeps ? asReference(action, p, value, template) : undefined;
  if (outcome.level === "may") return template;
  // An empty value and null may be documented as a breach of its own.
  if (keeps && !isEmpty(edited) && edit.value.kind !== "valid" && !isUndeclared(template)) return undefined;
  // A value of another type is not long, short or one of an enumeration.
  return template.rule?.endsWith("/type") ? template : withOtherBreaches(p, value, template);
}

/** A schema allows members that it does not declare. */
const isUndeclared = ({ rule }: CaseTemplate): boolean => rule?.endsWith("/unknown") === true;

const isEmpty = (value: Json): boolean =>
  value === null ||
  value === "" ||
  (Array.isArray(value) && (value.length === 0 || value.includes("") || value.includes(null)));

/** A value that breaks another constraint as well may get the code of that one. */
function withOtherBreaches(p: Parameter, value: Json, template: CaseTemplate): CaseTemplate {
  const { outcome, alternativeCodes = [] } = template;
  const accepted = [...(outcome === "success" ? [] : outcome.codes), ...alternativeCodes];
  const others = breachesOf(p, value)
    .flatMap(({ breach, place }) => place.refusals.get(breach)?.codes ?? [])
    .filter((code) => !accepted.includes(code));
  return others.length === 0 ? template : { ...template, alternativeCodes: [...alternativeCodes, ...new Set(others)] };
}

/** A value in place of an id is accepted only where the resource can have that id; elsewhere nothing has it. */
function asReference(action: Action, p: Parameter, value: Json, template: CaseTemplate): CaseTemplate | undefined {
  const state = action.given.get(p.name);
  if (typeof value !== "string" || (state?.kind !== "existing" && state?.kind !== "another")) return template;
  const resource = action.service.resources.get(state.resource);
  const name = resource?.id.startsWith("input.") ? idMember(resource.id) : undefined;
  const creating = action.service.actions.get(resource?.create ?? "")?.parameters.find((q) => q.name === name);
  if (!creating || satisfies(creating.schema, value, creating.anchored)) return template;
  const refused = unknownRefusal(action, p);
  if (!refused) return undefined;
  return {
    ...template,
    title: template.title.replace("MUST accept", "MUST refuse"),
    outcome: {
      ...refused,
      level: "should",
      rationale: `no ${resource?.name} can have this id: ${creating.name} is narrower`,
    },
    rule: null,
    acceptableCauses: ["request", "state"],
  };
}

/** How the action refuses an id that names nothing. */
const unknownRefusal = ({ situations }: Action, { name }: Parameter): ExpectedRefusal | undefined =>
  situations.find(
    ({ where, refused }) => where.size === 1 && where.get(name)?.kind === "unknown" && refused?.level !== "may",
  )?.refused ?? undefined;
