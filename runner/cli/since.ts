/** --since FILE → the earlier run of the same target; anything else is a fault of the command. */

import { assertSameTarget, type PreviousRun, readPreviousRun } from "../compare/previous-run.ts";
import { splitLines } from "../log/split-lines.ts";
import { UsageError } from "./errors.ts";

/** Read whole before anything is written: the new log may take the earlier one's place. */
export function readPreviousRunOrFail(path: string, target: string): PreviousRun {
  try {
    const earlier = readPreviousRun(path, splitLines);
    assertSameTarget(earlier, target);
    return earlier;
  } catch (error) {
    throw new UsageError(`--since ${(error as Error).message}`);
  }
}
