/** Two runs and what was passed over → what a reader has to know of their comparison. */
import type { Recording } from "../model/index.ts";

export interface Skipped {
  readonly mixes: { not: number; failed: number };
  /** Cases whose answers are in one of the two logs, or in neither. */
  one: number;
  none: number;
  /** Answers that a log cuts. */
  cut: number;
}

const cases = (count: number): string => `${count} case${count === 1 ? "" : "s"}`;

export function comparisonCaveats(
  a: Recording,
  b: Recording,
  { mixes, one, none, cut, compared, plan }: Skipped & { readonly compared: number; readonly plan: boolean },
): string[] {
  const [then, now] = [a.header, b.header];
  const said: string[] = [];
  for (const [name, { footer }] of [
    ["A", a],
    ["B", b],
  ] as const) {
    if (footer === null) said.push(`${name} broke off: its log has no footer`);
    else if (footer.interrupted) said.push(`${name} was interrupted`);
  }
  if (then.assay !== now.assay)
    said.push(`assay ${then.assay} judged A, ${now.assay} judged B: a change may be assay's`);
  if (then.specs !== now.specs)
    said.push(
      then.specs === undefined || now.specs === undefined
        ? "one log does not say by which specs it was judged: a change may be theirs"
        : "the specs are not the same: a change may be theirs",
    );
  if (then.seed !== now.seed)
    said.push(`the seeds are ${then.seed} and ${now.seed}: what open values were answered with is not compared`);
  if (mixes.not > 0)
    said.push(
      `${mixes.not === 1 ? "1 mix of fuzz is" : `${mixes.not} mixes of fuzz are`} not the same and not compared; failed in B: ${mixes.failed}`,
    );
  if (!plan) said.push("selection or depth are not the same: what B does not hold is counted, and not named");
  if (compared === 0) said.push("not one case has a verdict in both runs: nothing is compared");
  if (one > 0) said.push(`the answers of ${cases(one)} are in one of the two logs, and are not compared`);
  if (none > 0)
    said.push(`the answers of ${cases(none)} are in neither log, and are not compared: run with --record all`);
  if (cut > 0)
    said.push(
      `${cut === 1 ? "1 answer is" : `${cut} answers are`} longer than a log keeps or than is compared: there only status and content type are`,
    );
  return said;
}
