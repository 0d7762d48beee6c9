/** Where a case stands on the page: told in full, as a row of its own, or counted in one. */
import type { Status, Verdict } from "../../../runner/model/index.ts";
import type { PageStatistics } from "../statistics.ts";
import { filterFragment } from "./anchor.ts";

/** Shown at once, and always in full. */
export const FAILING: readonly Status[] = ["errored", "failed", "known"];
/** To be opened; in full where there are few of them, else the first of each cause. */
export const UNDECIDED: readonly Status[] = ["indeterminate", "unimplemented", "skipped"];
export const PASSING: readonly Status[] = ["passed", "observed"];

/** A target that does not answer leaves thousands without a verdict. */
const mostOpen = 200;
/** Cases beyond which no case has a row of its own. */
const mostRows = 20_000;

/** What is not told in full is counted, not listed. */
export const countsOnly = ({ total }: PageStatistics): boolean => total > mostRows;

export function isDetailed(
  { counted, shown }: PageStatistics,
  { status, id }: Pick<Verdict, "status" | "id">,
): boolean {
  if (!UNDECIDED.includes(status)) return FAILING.includes(status);
  return shown.has(id) || UNDECIDED.reduce((n, one) => n + counted.counts[one], 0) <= mostOpen;
}

/** The id of a case's element. */
export const elementId = ({ planIndex }: Pick<Verdict, "planIndex">): string => `c${planIndex}`;

/** The id of a case's element, or of the row that counts it. */
export const linkTarget = (survey: PageStatistics, verdict: Verdict): string =>
  countsOnly(survey) && !isDetailed(survey, verdict)
    ? filterFragment({ action: verdict.action, family: verdict.family })
    : elementId(verdict);
