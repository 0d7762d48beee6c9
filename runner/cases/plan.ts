/** Actions, a selection and a depth → cases, one after the other; nothing is held of those that went by. */
import type { Action, Case, ResourceState } from "../model/index.ts";
import { canUseProvidedResource } from "../spec/target-resources.ts";
import { families as all } from "./families/index.ts";
import { globMatcher } from "./glob.ts";
import { type CaseTemplate, type Family, isExpressibleAsPairs, toCase } from "./template.ts";

export type Depth = "quick" | "standard" | "exhaustive";

export interface PlanOptions {
  readonly actions: Iterable<Action>;
  readonly depth: Depth;
  readonly select: readonly string[];
  /** True where the binding carries text pairs, which cannot say null, an empty list or a type. */
  readonly isFlat: (binding: string) => boolean;
  /** Only cases for which nothing is made or changed. */
  readonly readOnly?: boolean;
  /** True where the target gives what stands there, to be looked at only. */
  readonly provides?: (action: Action, state: ResourceState) => boolean;
  /** Those of the registry, unless a test weakens one. */
  readonly families?: readonly Family[];
}

export function* plan(options: PlanOptions): Iterable<Case> {
  const selected = globMatcher(options.select);
  for (const action of options.actions) {
    if (options.readOnly && action.mutating) continue;
    for (const c of planAction(action, options)) {
      if (options.readOnly && needsCreation(c, options)) continue;
      if (selected(c.id)) yield c;
    }
  }
}

/** True where something would have to be made for the case. */
function needsCreation(
  { action, extraResource, situation, sample }: Case,
  { provides: provides = () => false }: PlanOptions,
): boolean {
  const states = new Map([...(sample?.given ?? action.given), ...(situation?.where ?? [])]);
  return (
    extraResource !== null ||
    (situation?.precedingCalls.length ?? 0) > 0 ||
    [...states.values()].some(
      (s) => createsResource(action, s) && !(canUseProvidedResource(action, s) && provides(action, s)),
    )
  );
}

const createsResource = ({ service }: Action, { kind, resource }: ResourceState): boolean =>
  kind !== "new" && kind !== "unknown" && service.resources.get(resource)?.create !== undefined;

/** Every case of an action in the order of sending: the main binding first, and in each what is valid first. */
export function* planAction(
  action: Action,
  { depth, isFlat, families = all }: Pick<PlanOptions, "depth" | "isFlat" | "families">,
): Iterable<Case> {
  const [main = "", ...others] = action.service.bindings;
  const seen = new Set<string>();
  const verifiedRules = new Set<string>();
  const templatesByFamily = families.map((family) => ({ family, drafts: distinctTemplates(family, action, seen) }));
  for (const binding of depth === "quick" ? [main] : [main, ...others]) {
    const seenRules = new Set<string>();
    const seenFamilies = new Set<string>();
    const isFlat = isFlat(binding);
    for (const { family, drafts: templates } of templatesByFamily) {
      for (const template of templates) {
        if (template.binding === undefined ? isFlat && !isExpressibleAsPairs(template) : template.binding !== binding) continue;
        const wanted =
          binding === main
            ? wantedOnMainBinding(template, depth, seenRules, seenFamilies, family)
            : wantedOnOtherBinding(template, depth, seenRules, family);
        if (!wanted) continue;
        const caseBinding = template.sample && depth === "standard" ? template.sample.binding : binding;
        const verifyUnchanged = binding === main && expectsRefusal(template) && isFirstOf(template.rule, verifiedRules);
        yield toCase(template, action, family.id, caseBinding, verifyUnchanged);
      }
    }
  }
}

/** Calls that coincide are drafted once, under the first name; `seen` goes from family to family. */
function distinctTemplates(family: Family, action: Action, seen: Set<string>): readonly CaseTemplate[] {
  return [...family.templates(action)].filter((d) => {
    // A text of its own length, or with its own character, is nobody else's.
    if (d.edit?.op === "set" && (d.edit.value.kind === "text" || d.edit.value.kind === "insertCharacter")) return true;
    const {
      additionalParameters,
      situation,
      sample,
      edit,
      extraResource,
      binding,
      concurrency,
      equivalentTo,
      fuzzIndex,
    } = d;
    const key = JSON.stringify([
      additionalParameters,
      situation?.name,
      sample?.number,
      edit,
      extraResource,
      binding,
      concurrency,
      equivalentTo,
      fuzzIndex,
    ]);
    return !seen.has(key) && seen.add(key);
  });
}

function wantedOnMainBinding(
  template: CaseTemplate,
  depth: Depth,
  rules: Set<string>,
  seen: Set<string>,
  family: Family,
): boolean {
  if (depth !== "quick") return true;
  if (family.id === "valid" || family.id === "sample") return !seen.has(family.id) && seen.add(family.id) !== undefined;
  return expectsRefusal(template) && isFirstOf(template.rule, rules);
}

function wantedOnOtherBinding(template: CaseTemplate, depth: Depth, rules: Set<string>, family: Family): boolean {
  if (depth === "exhaustive") return true;
  if (template.binding !== undefined) return true;
  if (template.sample) return false;
  return family.id === "valid" || (expectsRefusal(template) && isFirstOf(template.rule, rules));
}

const expectsRefusal = (template: CaseTemplate): boolean => template.outcome !== "success" && !template.disputed;

function isFirstOf(rule: string | null, seen: Set<string>): boolean {
  if (rule === null || seen.has(rule)) return false;
  seen.add(rule);
  return true;
}

export interface MissingFamily {
  readonly action: string;
  readonly family: string;
  readonly why: string;
}

/** Families that have nothing to send for an action, and why. */
export function missingFamilies(actions: Iterable<Action>): MissingFamily[] {
  const absent: MissingFamily[] = [];
  for (const action of actions) {
    for (const family of all) {
      if ([...family.templates(action)].length === 0)
        absent.push({ action: action.id, family: family.id, why: family.absenceReason(action) });
    }
  }
  return absent;
}
