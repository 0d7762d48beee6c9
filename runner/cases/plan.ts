/** Actions, a selection and a depth → cases, generated one by one so that memory does not grow with their number. */
import type { Action, Case, Depth, ResourceState } from "../model/index.ts";
import { canUseProvidedResource } from "../spec/target-resources.ts";
import { families as allFamilies } from "./families/index.ts";
import { actionMatcher, globMatcher } from "./glob.ts";
import { type CaseTemplate, type Family, isExpressibleAsPairs, type SettledConflicts, toCase } from "./template.ts";
import { verifiedTemplates } from "./verified-templates.ts";

export type { Depth };

export interface PlanOptions {
  readonly actions: Iterable<Action>;
  readonly depth: Depth;
  /** Globs on case ids; none selects all. */
  readonly select: readonly string[];
  /** True where the binding sends pairs of name and text, which cannot express null, an empty list or a JSON type. */
  readonly isFlat: (binding: string) => boolean;
  /** Only cases that create and change nothing on the target. */
  readonly readOnly?: boolean;
  /** True where the target provides the resource of a state for calls that only read it. */
  readonly provides?: (action: Action, state: ResourceState) => boolean;
  /** What the target settles of what the documents leave at odds. */
  readonly settled?: SettledConflicts;
  /** All families by default; a test passes a changed list. */
  readonly families?: readonly Family[];
}

/** The cases may be iterated several times: the templates of the first actions are kept. */
export function plan(options: PlanOptions): Iterable<Case> {
  const { select, actions, readOnly, families = allFamilies } = options;
  const selected = globMatcher(select);
  const maySelect = actionMatcher(select);
  const templatesOf = keepTemplates(families);
  return {
    *[Symbol.iterator]() {
      for (const action of actions) {
        if (!maySelect(action.id)) continue;
        if (readOnly && action.mutating) continue;
        for (const c of planTemplates(action, templatesOf(action), options)) {
          if (readOnly && needsCreation(c, options)) continue;
          if (selected(c.id)) yield c;
        }
      }
    },
  };
}

/** True where a resource must be created, or a call sent beforehand, for the case. */
function needsCreation(
  { action, extraResource, listPlan, situation, sample }: Case,
  { provides = () => false }: PlanOptions,
): boolean {
  const states = new Map([...(sample?.given ?? action.given), ...(situation?.where ?? [])]);
  return (
    extraResource !== null ||
    listPlan !== null ||
    (situation?.precedingCalls.length ?? 0) > 0 ||
    [...states.values()].some(
      (s) => createsResource(action, s) && !(canUseProvidedResource(action, s) && provides(action, s)),
    )
  );
}

const createsResource = ({ service }: Action, { kind, resource }: ResourceState): boolean =>
  kind !== "new" && kind !== "unknown" && service.resources.get(resource)?.create !== undefined;

type ActionPlanOptions = Pick<PlanOptions, "depth" | "isFlat" | "settled">;

/** All cases of an action in the order of sending: the main binding first, and over each binding the valid calls first. */
export const planAction = (
  action: Action,
  { families = allFamilies, ...options }: ActionPlanOptions & Pick<PlanOptions, "families">,
): Iterable<Case> => planTemplates(action, templatesByFamily(families, action), options);

interface FamilyTemplates {
  readonly family: Family;
  readonly templates: readonly CaseTemplate[];
}

function templatesByFamily(families: readonly Family[], action: Action): readonly FamilyTemplates[] {
  const seen = new Set<string>();
  return families.map((family) => ({ family, templates: distinctTemplates(family, action, seen) }));
}

/** A run iterates its plan for the estimate, and for the requests. A template takes about 630 bytes, so these take 6 MB. */
const MAX_KEPT_TEMPLATES = 10_000;

/** The templates of an action, made once for the actions that have the first ones: memory must not grow with the plan. */
function keepTemplates(families: readonly Family[]): (action: Action) => readonly FamilyTemplates[] {
  const kept = new Map<Action, readonly FamilyTemplates[]>();
  let count = 0;
  return (action) => {
    const known = kept.get(action);
    if (known) return known;
    const made = templatesByFamily(families, action);
    count += made.reduce((n, { templates }) => n + templates.length, 0);
    if (count <= MAX_KEPT_TEMPLATES) kept.set(action, made);
    return made;
  };
}

function* planTemplates(
  action: Action,
  byFamily: readonly FamilyTemplates[],
  { depth, isFlat, settled }: ActionPlanOptions,
): Iterable<Case> {
  const [mainBinding = "", ...otherBindings] = action.service.bindings;
  const verifiedRules = new Set<string>();
  for (const binding of depth === "quick" ? [mainBinding] : [mainBinding, ...otherBindings]) {
    const seenRules = new Set<string>();
    const seenFamilies = new Set<string>();
    const sendsPairs = isFlat(binding);
    for (const { family, templates } of byFamily) {
      for (const template of templates) {
        const isForBinding =
          template.binding === undefined ? !sendsPairs || isExpressibleAsPairs(template) : template.binding === binding;
        if (!isForBinding) continue;
        const isWanted =
          binding === mainBinding
            ? wantedOnMainBinding(template, depth, seenRules, seenFamilies, family)
            : wantedOnOtherBinding(template, depth, seenRules, family);
        if (!isWanted) continue;
        const caseBinding = template.sample && depth === "standard" ? template.sample.binding : binding;
        const verifyUnchanged =
          binding === mainBinding &&
          expectsRefusal(template) &&
          (isFirstOf(template.rule, verifiedRules) || template.verifiesUnchanged === true);
        yield toCase(template, action, family.id, caseBinding, verifyUnchanged, settled);
      }
    }
  }
}

/** Without templates that send the same call as an earlier one; `seen` is shared by all families of an action. */
function distinctTemplates(family: Family, action: Action, seen: Set<string>): readonly CaseTemplate[] {
  return [...verifiedTemplates(family, action)].filter((template) => {
    // A text of a given length, or one with an inserted character, never equals the value of another template.
    const {
      additionalParameters,
      situation,
      sample,
      edit,
      extraResource,
      listPlan,
      binding,
      concurrency,
      equivalentTo,
      fuzzIndex,
    } = template;
    if (edit?.op === "set" && (edit.value.kind === "text" || edit.value.kind === "insertCharacter")) return true;
    const key = JSON.stringify([
      additionalParameters,
      situation?.name,
      sample?.number,
      edit,
      extraResource,
      listPlan,
      binding,
      concurrency,
      equivalentTo,
      fuzzIndex,
    ]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Over the main binding, depth `quick` keeps the first valid call, the first sample and the first breach of each rule. */
function wantedOnMainBinding(
  template: CaseTemplate,
  depth: Depth,
  rules: Set<string>,
  seenFamilies: Set<string>,
  family: Family,
): boolean {
  if (depth !== "quick") return true;
  if (family.id === "valid" || family.id === "sample")
    return !seenFamilies.has(family.id) && seenFamilies.add(family.id) !== undefined;
  return expectsRefusal(template) && isFirstOf(template.rule, rules);
}

/** Over another binding, depth `standard` keeps valid calls, the first breach of each rule, and templates for that or every binding. */
function wantedOnOtherBinding(template: CaseTemplate, depth: Depth, rules: Set<string>, family: Family): boolean {
  if (depth === "exhaustive") return true;
  if (template.binding !== undefined || template.onEveryBinding) return true;
  if (template.sample) return false;
  return family.id === "valid" || (expectsRefusal(template) && isFirstOf(template.rule, rules));
}

const expectsRefusal = (template: CaseTemplate): boolean => template.outcome !== "success" && !template.disputed;

function isFirstOf(rule: string | null, seenRules: Set<string>): boolean {
  if (rule === null || seenRules.has(rule)) return false;
  seenRules.add(rule);
  return true;
}

export interface MissingFamily {
  readonly action: string;
  readonly family: string;
  readonly reason: string;
}

/** The families without a case for an action, each with the reason. */
export function missingFamilies(actions: Iterable<Action>): MissingFamily[] {
  const missing: MissingFamily[] = [];
  for (const action of actions) {
    for (const family of allFamilies) {
      if ([...verifiedTemplates(family, action)].length === 0)
        missing.push({ action: action.id, family: family.id, reason: family.absenceReason(action) });
    }
  }
  return missing;
}
