/** Compares the working tree with a revision, turn about. Prints a table; exit code 1 if the working tree is worse by more than a tenth. */
import { join } from "node:path";
import { type BuiltTree, buildRevision, buildWorkingTree, UnmeasurableError } from "../built-tree.ts";
import { withSyntheticService } from "../run-of-cases.ts";
import { median } from "../statistics.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import { guardMeasurements, type Measurement } from "./measurements.ts";
import { guardVerdict, medianRatio, type RoundPair } from "./verdict.ts";

/** Enough for a median that one disturbed round does not move. */
const ROUNDS = 5;
/** For what is undecided after them. */
const FURTHER_ROUNDS = 6;
/**
 * Compilation by V8 costs as much as some 15,000 cases; with fewer cases than these it would hide a fifth of what a case costs.
 * More cases would make the rounds longer without need.
 */
const CASES = 40_000;

type Print = (line: string) => void;

/** `names`: of measurements. Returns the exit code: 0, 1 (worse) or 2 (a tree cannot be measured). */
export async function guard(revision: string, names: readonly string[], print: Print): Promise<number> {
  try {
    return await withTemporaryFolder(async (dir) => {
      const before = buildRevision(revision, join(dir, "before"));
      const after = buildWorkingTree(join(dir, "after"));
      return await withSyntheticService(after, CASES, async (service) => {
        print(line(["", revision.slice(0, 16), after.name, "ratio", "rounds", ""]));
        let exit = 0;
        for (const name of names)
          for (const measure of guardMeasurements[name]?.([before, after], service) ?? [])
            if (await isWorse(measure, before, after, print)) exit = 1;
        return exit;
      });
    });
  } catch (error) {
    if (!(error instanceof UnmeasurableError)) throw error;
    process.stderr.write(`cannot be measured: ${error.message}\n`);
    return 2;
  }
}

/** Measures in rounds, and prints a line for each metric. */
async function isWorse(measure: Measurement, before: BuiltTree, after: BuiltTree, print: Print): Promise<boolean> {
  const pairs = new Map<string, RoundPair[]>();
  const addRounds = async (count: number): Promise<void> => {
    for (let round = 0; round < count; round++) {
      // Each tree is first in every other round: the second one may find warm caches, or a hot processor.
      const isBeforeFirst = round % 2 === 0;
      const first = await measure(isBeforeFirst ? before : after);
      const second = await measure(isBeforeFirst ? after : before);
      const [old, current] = isBeforeFirst ? [first, second] : [second, first];
      for (const [metric, value] of Object.entries(current))
        pairs.set(metric, [...(pairs.get(metric) ?? []), { before: old[metric] ?? value, after: value }]);
    }
  };
  await addRounds(ROUNDS);
  const isUndecided = [...pairs.values()].some((of) => guardVerdict(of, false) === "undecided");
  if (isUndecided) await addRounds(FURTHER_ROUNDS);
  let worse = false;
  for (const [metric, of] of pairs) {
    const verdict = guardVerdict(of, true);
    worse ||= verdict === "worse";
    const values = [of.map((pair) => pair.before), of.map((pair) => pair.after)];
    const cells = values.map((list) => median(list).toFixed(2));
    print(line([metric, ...cells, medianRatio(of).toFixed(3), String(of.length), verdict === "worse" ? "WORSE" : ""]));
  }
  return worse;
}

const line = ([name = "", ...cells]: readonly string[]): string =>
  `${name.padEnd(20)}${cells.map((cell) => cell.padStart(17)).join("")}`.trimEnd();
