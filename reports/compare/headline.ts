/** Comparison → one or two sentences: whether B is worse than A, and how many of A's cases were compared. */
import type { Comparison, RunSummary } from "../../runner/model/index.ts";
import { totalCount } from "../../runner/model/status.ts";
import { CHANGE_KINDS, formatCount } from "./phrases.ts";

const countCases = (count: number): string => `${formatCount(count)} ${count === 1 ? "case" : "cases"}`;

/** `B is worse than A: 3 of 9,850 cases differ (2 worse, 1 other).`, after a sentence on incomplete runs. */
export function comparisonHeadline(comparison: Comparison): string {
  const endedEarly = [describeIncomplete("A", comparison.a), describeIncomplete("B", comparison.b)]
    .filter((sentence) => sentence !== "")
    .join("; ");
  const [changed, added] = [changePartsOf(comparison), additionParts(comparison)];
  // Failures first: if no case of both runs differs, they are among the added cases.
  const changeParts = comparison.isWorse && comparison.differ === 0 ? [...added, ...changed] : [...changed, ...added];
  const [missingParts, undecidedParts] = [missingPart(comparison), undecidedPart(comparison)];
  // First how many cases were compared, then the reason for the verdict.
  const parts = comparison.isWorse
    ? [...missingParts, ...changeParts, ...undecidedParts]
    : [...missingParts, ...undecidedParts, ...changeParts];
  return `${endedEarly === "" ? "" : `${endedEarly}. `}${verdictText(comparison)}: ${[...parts, ...knownFailurePart(comparison)].join("; ")}.`;
}

function describeIncomplete(name: "A" | "B", { complete, interrupted, counts }: RunSummary): string {
  if (complete) return "";
  return `${name} ${interrupted ? "was interrupted" : "broke off"} after ${countCases(totalCount(counts))}`;
}

function verdictText(comparison: Comparison): string {
  const { isWorse, exit, compared, undecided, differ, known } = comparison;
  if (isWorse) return "B is worse than A";
  if (compared === 0 && undecided === 0) return "Nothing was compared";
  if (exit === 3) return "B is undecided";
  if (differ === 0) return "B agrees with A";
  if (known > 0) return "B is not worse than A except for its known failures";
  return countInBoth(comparison, "better") === differ && comparison.kinds.removed === 0
    ? "B is better than A"
    : "B is not worse than A";
}

/** The number of changes of one kind in cases that both logs hold. */
const countInBoth = (comparison: Comparison, kind: (typeof CHANGE_KINDS)[number]): number =>
  kind === "removed" ? 0 : comparison.kinds[kind] - (kind === "added" ? comparison.only.b : 0);

/** How many of A's cases are in B, if not all. */
function missingPart(comparison: Comparison): string[] {
  if (comparison.missing === 0) return [];
  const present = comparison.cases === 0 ? "none" : `only ${formatCount(comparison.cases)}`;
  return [
    `${present} of A's ${countCases(totalCount(comparison.a.counts))} ${comparison.cases === 1 ? "is" : "are"} in B${missingReason(comparison)}`,
  ];
}

/** Cases of B without a verdict. */
function undecidedPart({ missing, noVerdict, undecided }: Comparison): string[] {
  const parts: string[] = [];
  const hasNoVerdict = (count: number): string => `${count === 1 ? "has" : "have"} no verdict in B`;
  if (noVerdict > 0) parts.push(`${countCases(noVerdict)} that A judged ${hasNoVerdict(noVerdict)}`);
  const otherUndecided = undecided - missing - noVerdict;
  if (otherUndecided > 0)
    parts.push(`${countCases(otherUndecided)} that A did not judge ${hasNoVerdict(otherUndecided)}`);
  return parts;
}

function missingReason({ samePlan, sameSpecs }: Comparison): string {
  if (!samePlan) return " (different selection or depth)";
  return sameSpecs ? "" : " (different specs)";
}

/** How many cases of both runs differ, or that they agree. */
function changePartsOf(comparison: Comparison): string[] {
  const { differ, agree, compared, missing } = comparison;
  if (differ > 0) {
    const counts = CHANGE_KINDS.filter((kind) => countInBoth(comparison, kind) > 0).map(
      (kind) => `${formatCount(countInBoth(comparison, kind))} ${kind}`,
    );
    return [
      `${formatCount(differ)} of ${countCases(comparison.cases)} ${differ === 1 ? "differs" : "differ"} (${counts.join(", ")})`,
    ];
  }
  if (agree === 0) return compared === 0 && comparison.undecided === 0 ? ["no case has a verdict in both runs"] : [];
  if (missing > 0 && agree === comparison.cases) return [agree === 1 ? "it agrees" : "those agree"];
  return [
    comparison.exit === 0
      ? `${countCases(agree)}, no change`
      : `${countCases(agree)} ${agree === 1 ? "agrees" : "agree"}`,
  ];
}

/** Cases that only one run has; these do not count as differences. */
function additionParts({ only, newFailures, missing }: Comparison): string[] {
  const failingNote =
    newFailures === 0 ? "" : `, ${formatCount(newFailures)} of which ${newFailures === 1 ? "fails" : "fail"}`;
  const onlyIn = (count: number): string => `${formatCount(count)} ${count === 1 ? "is" : "are"} only in`;
  const parts = only.b === 0 ? [] : [`${onlyIn(only.b)} B${failingNote}`];
  if (only.a > 0 && missing === 0)
    parts.push(`${onlyIn(only.a)} A, which did not judge ${only.a === 1 ? "it" : "them"}`);
  return parts;
}

const knownFailurePart = ({ known }: Comparison): string[] =>
  known === 0
    ? []
    : [`${formatCount(known)} ${known === 1 ? "fails" : "fail"} in B as accepted by its list of known failures`];
