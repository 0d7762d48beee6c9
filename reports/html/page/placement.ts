/** Where a case stands on the page: told in full, as a row of its own, or counted in one. */
import type { Status, Verdict } from "../../../runner/model/index.ts";
import type { Survey } from "../statistics.ts";
import { anchor } from "./anchor.ts";

/** Shown at once, and always in full. */
export const urgent: readonly Status[] = ["errored", "failed", "known"];
/** To be opened; in full where there are few of them, else the first of each cause. */
export const open: readonly Status[] = ["indeterminate", "unimplemented", "skipped"];
export const fine: readonly Status[] = ["passed", "observed"];

/** A target that does not answer leaves thousands without a verdict. */
const mostOpen = 200;
/** Cases beyond which no case has a row of its own. */
const mostRows = 20_000;

/** What is not told in full is counted, not listed. */
export const isFolded = ({ total }: Survey): boolean => total > mostRows;

export function isInFull({ counted, shown }: Survey, { status, id }: Pick<Verdict, "status" | "id">): boolean {
  if (!open.includes(status)) return urgent.includes(status);
  return shown.has(id) || open.reduce((n, one) => n + counted.counts[one], 0) <= mostOpen;
}

/** The id of a case's element. */
export const idOf = ({ n }: Pick<Verdict, "n">): string => `c${n}`;

/** The id of a case's element, or of the row that counts it. */
export const placeOf = (survey: Survey, verdict: Verdict): string =>
  isFolded(survey) && !isInFull(survey, verdict)
    ? anchor({ action: verdict.action, family: verdict.family })
    : idOf(verdict);
