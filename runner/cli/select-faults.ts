/** Globs -> the faults of the emulator: those whose id matches, or those of the selected actions where no id does. */
import { actionMatcher, globMatcher } from "../cases/glob.ts";
import { concernsAction, type Fault } from "../emulator/faults/fault.ts";
import { allFaultsOf } from "../emulator/faults/index.ts";
import type { Specs } from "../spec/load.ts";
import { UsageError } from "./errors.ts";

/** In the order of the catalogue; all faults without a glob. */
export function selectFaults({ services, actions }: Specs, globs: readonly string[] = []): readonly Fault[] {
  const faults = allFaultsOf(services);
  if (globs.length === 0) return faults;
  const selected = new Set<Fault>();
  for (const glob of globs) {
    const hasId = globMatcher([glob]);
    const isSelected = actionMatcher([glob]);
    const ids = [...actions.keys()].filter(isSelected);
    const ofId = faults.filter(({ id }) => hasId(id));
    const matching = ofId.length > 0 ? ofId : faults.filter((fault) => ids.some((id) => concernsAction(fault, id)));
    for (const fault of matching) selected.add(fault);
  }
  return faults.filter((fault) => selected.has(fault));
}

/** @throws UsageError if a glob selects no fault. */
export function requireFaults(specs: Specs, globs: readonly string[] = []): readonly Fault[] {
  for (const glob of globs)
    if (selectFaults(specs, [glob]).length === 0)
      throw new UsageError(`--select ${glob}: matches no fault; \`assay list faults\` lists the ids`);
  return selectFaults(specs, globs);
}
