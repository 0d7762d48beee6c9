/** Specs and a selection → the cases that a run would send. */
import type { ActionCost } from "../cases/cost.ts";
import { UsageError } from "../cli/errors.ts";
import { requireCases } from "../cli/select-cases.ts";
import { readTarget } from "../cli/target/target-file.ts";
import type { Action, Case, Depth } from "../model/index.ts";
import type { Specs } from "../spec/specs.ts";

/** Which cases are planned or run. */
export interface SelectionSettings {
  /** Globs that match a case id or the beginning of one; `*` stays within a segment, `**` crosses segments. Default: all cases. */
  readonly select?: string | readonly string[] | undefined;
  /** How many cases are planned. Default: `standard`. */
  readonly depth?: Depth | undefined;
  /** Only cases that create and change nothing. Default: false. */
  readonly readOnly?: boolean | undefined;
  /** Path of a target file, or the name of one in `./targets` or of a built-in one: only cases that it can serve. */
  readonly target?: string | undefined;
  /** Receives notes, e.g. that a glob selects nothing, as one line each. Default: they are dropped. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** The cases of a selection, and what they cost. */
export interface Plan {
  /** In the order of sending. They are generated on each iteration, so that memory does not grow with their number. */
  readonly cases: Iterable<Case>;
  /** Estimates by action, in the order of the plan. Seconds are those at the documented rate limits. */
  readonly costs: ReadonlyMap<Action, ActionCost>;
}

/**
 * Plans cases as `assay plan` does. Sends nothing, and reads no secret of the target.
 *
 * @param specs what `readSpecs` returned.
 * @param settings all of them are optional.
 * @throws UsageError if no case is selected, a glob matches no case id of any depth, or the target file has problems.
 */
export function planCases(specs: Specs, settings: SelectionSettings = {}): Plan {
  const target = settings.target === undefined ? undefined : readTarget(settings.target, null, specs);
  return requireCases(specs, selectionOptions(settings), target);
}

const depths: readonly Depth[] = ["quick", "standard", "exhaustive"];

/** The options of the command line. @throws UsageError for a depth that does not exist. */
export function selectionOptions({ select, depth = "standard", readOnly = false, onWarning }: SelectionSettings) {
  if (!depths.includes(depth)) throw new UsageError(`depth: is ${depth}; expected ${depths.join(", ")}`);
  return { select: [select ?? []].flat(), depth, readOnly, warn: onWarning ?? (() => undefined) };
}
