/** Case → how the page shows it: with all details, as a table row, or counted in the row of its family and level. */
import type { Status, Verdict } from "../../../runner/model/index.ts";
import type { RunTally } from "../../summary/tally.ts";
import { filterFragment } from "./anchor.ts";

/** What the placement of a case depends on. */
export interface Placement {
  readonly tally: RunTally;
  /** Cases of the run. */
  readonly total: number;
  /** Ids of the cases whose HTTP exchanges are shown. */
  readonly withExchanges: ReadonlySet<string>;
}

/** Visible at once, always with all details. */
export const FAILING: readonly Status[] = ["errored", "failed", "known"];
/** Collapsed at first. All have details where there are few of them, else only the first of each cause. */
export const UNDECIDED: readonly Status[] = ["indeterminate", "unimplemented", "skipped"];
export const PASSING: readonly Status[] = ["passed", "observed"];

/** Undecided cases of which all have details. A target that does not respond leaves thousands without a verdict. */
const MAX_DETAILED_UNDECIDED = 200;
/** In a larger run no case has a table row of its own, so that the page stays small enough for a browser. */
const MAX_CASES_WITH_ROWS = 20_000;

/** True where cases without details are counted instead of listed. */
export const countsOnly = ({ total }: Placement): boolean => total > MAX_CASES_WITH_ROWS;

export function isDetailed(
  { tally, withExchanges }: Placement,
  { status, id }: Pick<Verdict, "status" | "id">,
): boolean {
  if (!UNDECIDED.includes(status)) return FAILING.includes(status);
  return (
    withExchanges.has(id) || UNDECIDED.reduce((n, status) => n + tally.counts[status], 0) <= MAX_DETAILED_UNDECIDED
  );
}

/** The id of the element that shows a case. */
export const elementId = ({ planIndex }: Pick<Verdict, "planIndex">): string => `c${planIndex}`;

/** The id of the element that shows a case, or of the row that counts it. */
export const linkTarget = (placement: Placement, verdict: Verdict): string =>
  countsOnly(placement) && !isDetailed(placement, verdict)
    ? filterFragment({ action: verdict.action, family: verdict.family })
    : elementId(verdict);
