/** A limit → a counter of calls, for faults that begin after a number of them. */
import type { EmulatorState } from "../emulator-state.ts";

/** Counts by emulator; true beyond the limit. */
export function countingBeyond(limit: number): (emulator: EmulatorState) => boolean {
  const counts = new WeakMap<EmulatorState, number>();
  return (emulator) => {
    const count = (counts.get(emulator) ?? 0) + 1;
    counts.set(emulator, count);
    return count > limit;
  };
}
