/** Specs, a target and selection options → the cases, computed lazily. An empty selection is a UsageError. */
import { type ActionCost, estimateCosts } from "../cases/cost.ts";
import { isExclusion } from "../cases/glob.ts";
import { plan } from "../cases/plan.ts";
import type { SettledConflicts } from "../cases/template.ts";
import type { Action, Case, Target } from "../model/index.ts";
import { protocolOf } from "../protocols/index.ts";
import { serviceTargetOf } from "../run/send/endpoint.ts";
import { settledBy } from "../spec/disputes.ts";
import type { Specs } from "../spec/load.ts";
import { providedResourceName } from "../spec/target-resources.ts";
import { UsageError } from "./errors.ts";
import type { SelectionOptions } from "./shared-options.ts";
import { type Warn, warnOnStderr } from "./warn.ts";

export const isFlatBinding = (binding: string): boolean => protocolOf(binding).isFlat(binding);

/** The selected cases; there may be none. */
export const selectCases = (
  specs: Pick<Specs, "actions">,
  { depth, select = [], readOnly = false }: SelectionOptions,
  target?: Target,
): Iterable<Case> =>
  plan({
    actions: actionsOfTarget(specs, target),
    depth,
    select,
    isFlat: isFlatBinding,
    readOnly,
    settled: settledConflicts(specs, target),
    provides: (action, state) =>
      target !== undefined && serviceTargetOf(target, action.id)?.provided[providedResourceName(state)] !== undefined,
  });

function settledConflicts({ actions }: Pick<Specs, "actions">, target: Target | undefined): SettledConflicts {
  return settledBy(new Set([...actions.values()].map(({ service }) => service)), target?.conflicts ?? {});
}

/** The actions of the services for which the target has an endpoint; without a target, all actions. */
const actionsOfTarget = ({ actions }: Pick<Specs, "actions">, target: Target | undefined): Action[] =>
  [...actions.values()].filter(({ id }) => target === undefined || serviceTargetOf(target, id) !== undefined);

export interface Selection {
  readonly cases: Iterable<Case>;
  readonly costs: ReadonlyMap<Action, ActionCost>;
}

/** The selected cases, at least one, and what they cost. @throws UsageError if none is selected, or a glob matches no case id. */
export function requireCases(
  specs: Specs,
  options: SelectionOptions & { warn?: Warn | undefined },
  target?: Target,
): Selection {
  const { warn = warnOnStderr } = options;
  const cases = selectCases(specs, options, target);
  const costs = estimateCosts(cases);
  if (costs.size === 0) throw noCaseError(specs, options, target);
  const { select = [] } = options;
  const excluded = select.filter(isExclusion);
  for (const glob of excluded) requireMatch("--exclude", glob.slice(1), specs);
  const included = select.filter((glob) => !isExclusion(glob));
  if (included.length > 1) for (const glob of included) warnEmptyGlob(glob, specs, options, target, warn);
  if (target) warnSkippedServices(specs, options, target, warn);
  return { cases, costs };
}

function noCaseError(specs: Specs, options: SelectionOptions, target: Target | undefined): UsageError {
  const selection = options.select?.length ? selectionText(options.select) : "the options";
  const [caseOfAnyTarget] = target ? selectCases(specs, options) : [];
  return target && caseOfAnyTarget && !serviceTargetOf(target, caseOfAnyTarget.action.id)
    ? new UsageError(
        `no case is selected: the target ${target.name} has no endpoint for ${caseOfAnyTarget.action.service.id}; add the service to the target file or change --select`,
      )
    : new UsageError(`no case is selected by ${selection}; \`assay list cases\` lists the ids`);
}

function selectionText(globs: readonly string[]): string {
  const included = globs.filter((glob) => !isExclusion(glob));
  const excluded = globs.filter(isExclusion).map((glob) => glob.slice(1));
  return [
    ...(included.length > 0 ? [`--select ${included.join(" ")}`] : []),
    ...(excluded.length > 0 ? [`--exclude ${excluded.join(" ")}`] : []),
  ].join(" ");
}

function requireMatch(option: string, glob: string, specs: Specs): void {
  const [existing] = selectCases(specs, { depth: "exhaustive", select: [glob] });
  if (!existing) throw new UsageError(`${option} ${glob}: matches no case id; \`assay list cases\` lists the ids`);
}

/** Reports a glob that selects nothing while others select cases: an error if it matches no case at all, else a note. */
function warnEmptyGlob(
  glob: string,
  specs: Specs,
  options: SelectionOptions,
  target: Target | undefined,
  warn: Warn,
): void {
  const [selected] = selectCases(specs, { ...options, select: [glob] }, target);
  if (selected) return;
  requireMatch("--select", glob, specs);
  warn(
    `--select ${glob}: selects no case in this run; --depth, --read-only or the target exclude the cases it matches`,
  );
}

/** Reports each selected service for which the target has no endpoint; its cases are not run. */
function warnSkippedServices(
  { services, actions }: Specs,
  options: SelectionOptions,
  target: Target,
  warn: Warn,
): void {
  for (const { id } of services.values()) {
    if (serviceTargetOf(target, id)) continue;
    const [selected] = selectCases({ actions: new Map([...actions].filter(([, a]) => a.service.id === id)) }, options);
    if (selected) warn(`${id}: skipped, because the target ${target.name} has no endpoint for it`);
  }
}
