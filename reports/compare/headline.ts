/** A comparison → its answer in a sentence or two: whether B is worse, and how much of A that rests on. */
import type { Comparison, RunSummary } from "../../runner/model/index.ts";
import { totalCount } from "../../runner/model/status.ts";
import { CHANGE_KINDS, formatCount } from "./phrases.ts";

const cases = (count: number): string => `${formatCount(count)} ${count === 1 ? "case" : "cases"}`;

/** `B is worse than A: 3 of 9,850 cases differ (2 worse, 1 other).` What broke off stands before it. */
export function comparisonHeadline(of: Comparison): string {
  const cut = [cutOff("A", of.a), cutOff("B", of.b)].filter((words) => words !== "").join("; ");
  const [changed, added] = [changes(of), additions(of)];
  // What fails stands first, and without a change of both it is among what is new.
  const found = of.isWorse && of.differ === 0 ? [...added, ...changed] : [...changed, ...added];
  const [few, open] = [absent(of), undecidedPart(of)];
  // How much it rests on; then the reason for the first word of it.
  const parts = of.isWorse ? [...few, ...found, ...open] : [...few, ...open, ...found];
  return `${cut === "" ? "" : `${cut}. `}${verdict(of)}: ${[...parts, ...accepted(of)].join("; ")}.`;
}

function cutOff(name: "A" | "B", { complete, interrupted, counts }: RunSummary): string {
  if (complete) return "";
  return `${name} ${interrupted ? "was interrupted" : "broke off"} after ${cases(totalCount(counts))}`;
}

function verdict(of: Comparison): string {
  const { isWorse, exit, compared, undecided, differ, known } = of;
  if (isWorse) return "B is worse than A";
  if (compared === 0 && undecided === 0) return "Nothing was compared";
  if (exit === 3) return "B is undecided";
  if (differ === 0) return "B agrees with A";
  if (known > 0) return "B is not worse than A but for its known failures";
  return inBoth(of, "better") === differ && of.kinds.removed === 0 ? "B is better than A" : "B is not worse than A";
}

/** Of one kind, the changes of cases that both logs hold. */
const inBoth = (of: Comparison, kind: (typeof CHANGE_KINDS)[number]): number =>
  kind === "removed" ? 0 : of.kinds[kind] - (kind === "added" ? of.only.b : 0);

/** How little of A is in B, where something of it is not. */
function absent(of: Comparison): string[] {
  if (of.missing === 0) return [];
  const held = of.cases === 0 ? "not one" : `only ${formatCount(of.cases)}`;
  return [`${held} of A's ${cases(totalCount(of.a.counts))} ${of.cases < 2 ? "is" : "are"} in B${why(of)}`];
}

/** What is in B, and without a verdict. */
function undecidedPart({ missing, noVerdict, undecided }: Comparison): string[] {
  const parts: string[] = [];
  const has = (count: number): string => `${count === 1 ? "has" : "have"} no verdict in B`;
  if (noVerdict > 0) parts.push(`${cases(noVerdict)} that A judged ${has(noVerdict)}`);
  const others = undecided - missing - noVerdict;
  if (others > 0) parts.push(`${cases(others)} that A did not judge ${has(others)}`);
  return parts;
}

function why({ samePlan, sameSpecs }: Comparison): string {
  if (!samePlan) return " (another selection or depth)";
  return sameSpecs ? "" : " (other specs)";
}

/** Of the cases of both, those that differ, or that they agree. */
function changes(of: Comparison): string[] {
  const { differ, agree, compared, missing } = of;
  if (differ > 0) {
    const some = CHANGE_KINDS.filter((kind) => inBoth(of, kind) > 0).map(
      (kind) => `${formatCount(inBoth(of, kind))} ${kind}`,
    );
    return [`${formatCount(differ)} of ${cases(of.cases)} ${differ === 1 ? "differs" : "differ"} (${some.join(", ")})`];
  }
  if (agree === 0) return compared === 0 && of.undecided === 0 ? ["not one case has a verdict in both runs"] : [];
  if (missing > 0 && agree === of.cases) return [agree === 1 ? "it agrees" : "those agree"];
  return [of.exit === 0 ? `${cases(agree)}, no change` : `${cases(agree)} ${agree === 1 ? "agrees" : "agree"}`];
}

/** What only one of them has, which is no difference. */
function additions({ only, newFailures, missing }: Comparison): string[] {
  const failing =
    newFailures === 0 ? "" : `, ${formatCount(newFailures)} of which ${newFailures === 1 ? "fails" : "fail"}`;
  const one = (count: number): string => `${formatCount(count)} ${count === 1 ? "is" : "are"} only in`;
  const parts = only.b === 0 ? [] : [`${one(only.b)} B${failing}`];
  if (only.a > 0 && missing === 0) parts.push(`${one(only.a)} A, which did not judge ${only.a === 1 ? "it" : "them"}`);
  return parts;
}

const accepted = ({ known }: Comparison): string[] =>
  known === 0
    ? []
    : [`${formatCount(known)} ${known === 1 ? "fails" : "fail"} in B as its list of known failures says`];
