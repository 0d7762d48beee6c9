/** Waits between two tries: longer each time, never the same for two callers, and as long as the target asks for. */
import type { Role } from "../../model/index.ts";
import type { Again } from "./retry-policy.ts";

/** Waits before the nth try again; false where there is to be none. */
export type Patience = (n: number, why: Again, role: Role) => Promise<boolean>;

export interface PatienceOptions {
  readonly sleep: (ms: number) => Promise<void>;
  /** An unsigned 32-bit integer. */
  readonly nonce: () => number;
  readonly interrupted: () => boolean;
}

/** Milliseconds, before jitter. */
const waits = [250, 1000, 4000];
/** Whoever asks for more is not waited for. */
export const longest = 30_000;
/** Nobody waits in one piece: an interruption is seen within this. */
const slice = 250;

export function patience({ sleep, nonce, interrupted }: PatienceOptions): Patience {
  const jitter = (ms: number) => ms * (0.5 + nonce() / 2 ** 32);
  const pause = pauses({ sleep, interrupted });
  return async (n, { most, after }, role) => {
    const wait = waits[n - 1];
    if (wait === undefined || n > most || after > longest) return false;
    const ms = Math.max(jitter(wait), after);
    if (role !== "cleanup" || !interrupted()) return pause(ms);
    // Clean-up goes on after an interruption, with one more try; what it leaves the ledger names.
    if (n > 1 || ms > 2 * slice) return false;
    await sleep(ms);
    return true;
  };
}

/** Waits so many milliseconds; false as soon as the run is broken off. */
export function pauses({
  sleep,
  interrupted,
}: Pick<PatienceOptions, "sleep" | "interrupted">): (ms: number) => Promise<boolean> {
  return async (ms) => {
    for (let left = ms; left > 0; left -= slice) {
      if (interrupted()) return false;
      await sleep(Math.min(left, slice));
    }
    return !interrupted();
  };
}
