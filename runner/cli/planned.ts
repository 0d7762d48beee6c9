/** Specs and selection options → the cases, lazily; an empty selection is a fault of the command. */
import { plan } from "../cases/plan.ts";
import type { Case } from "../model.ts";
import { protocolOf } from "../protocols/index.ts";
import type { Specs } from "../spec/load.ts";
import type { SelectionOptions } from "./options.ts";
import { UsageError } from "./usage.ts";

export const flat = (binding: string): boolean => protocolOf(binding).flat(binding);

/** The cases of a selection, which may be none. */
export const chosen = (specs: Specs, { depth, select = [], readOnly = false }: SelectionOptions): Iterable<Case> =>
  plan({ actions: specs.actions.values(), depth, select, flat, readOnly });

export function planned(specs: Specs, options: SelectionOptions): Iterable<Case> {
  const [first] = chosen(specs, options);
  if (first === undefined) {
    const what = options.select?.length ? `--select ${options.select.join(" ")}` : "the options";
    throw new UsageError(`no case is selected by ${what}; \`assay list cases\` shows the ids`);
  }
  return { [Symbol.iterator]: () => chosen(specs, options)[Symbol.iterator]() };
}
