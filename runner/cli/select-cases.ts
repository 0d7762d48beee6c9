/** Specs, a target and selection options → the cases, lazily; an empty selection is a fault of the command. */
import { plan } from "../cases/plan.ts";
import type { Action, Case, Target } from "../model/index.ts";
import { protocolOf } from "../protocols/index.ts";
import { serviceTargetOf } from "../run/send/endpoint.ts";
import type { Specs } from "../spec/load.ts";
import { providedResourceName } from "../spec/target-resources.ts";
import { UsageError } from "./errors.ts";
import type { SelectionOptions } from "./shared-options.ts";

export const isFlatBinding = (binding: string): boolean => protocolOf(binding).isFlat(binding);

/** The cases of a selection, which may be none. */
export const selectCases = (
  specs: Pick<Specs, "actions">,
  { depth, select = [], readOnly = false }: SelectionOptions,
  target?: Target,
): Iterable<Case> =>
  plan({
    actions: reachable(specs, target),
    depth,
    select,
    flat: isFlatBinding,
    readOnly,
    gives: (action, state) =>
      target !== undefined && serviceTargetOf(target, action.id)?.provided[providedResourceName(state)] !== undefined,
  });

/** A target that names some services is judged by these. */
const reachable = ({ actions }: Pick<Specs, "actions">, target: Target | undefined): Action[] =>
  [...actions.values()].filter(({ id }) => target === undefined || serviceTargetOf(target, id) !== undefined);

export function requireCases(specs: Specs, options: SelectionOptions, target?: Target): Iterable<Case> {
  const [first] = selectCases(specs, options, target);
  if (first === undefined) {
    const what = options.select?.length ? `--select ${options.select.join(" ")}` : "the options";
    const [elsewhere] = target ? selectCases(specs, options) : [];
    if (target && elsewhere && !serviceTargetOf(target, elsewhere.action.id))
      throw new UsageError(
        `no case is selected: the target ${target.name} names no endpoint for ${elsewhere.action.service.id}`,
      );
    throw new UsageError(`no case is selected by ${what}; \`assay list cases\` shows the ids`);
  }
  if (options.select && options.select.length > 1)
    for (const glob of options.select) warnEmptyGlob(glob, specs, options, target);
  if (target) warnSkippedServices(specs, options, target);
  return { [Symbol.iterator]: () => selectCases(specs, options, target)[Symbol.iterator]() };
}

/** One of several globs that selects nothing is easily overlooked: where nothing has such an id, it is a slip. */
function warnEmptyGlob(glob: string, specs: Specs, options: SelectionOptions, target: Target | undefined): void {
  const [here] = selectCases(specs, { ...options, select: [glob] }, target);
  if (here) return;
  const [anywhere] = selectCases(specs, { depth: "exhaustive", select: [glob] });
  if (!anywhere) throw new UsageError(`--select ${glob}: no case has such an id; \`assay list cases\` shows the ids`);
  process.stderr.write(`--select ${glob}: selects no case at this depth, of this target, or read-only\n`);
}

/** What was not asked for by name and cannot be had is told, not judged. */
function warnSkippedServices({ services, actions }: Specs, options: SelectionOptions, target: Target): void {
  for (const { id } of services.values()) {
    if (serviceTargetOf(target, id)) continue;
    const [any] = selectCases({ actions: new Map([...actions].filter(([, a]) => a.service.id === id)) }, options);
    if (any) process.stderr.write(`${id}: left out, since the target ${target.name} names no endpoint for it\n`);
  }
}
