/** Waits between two tries: longer each time, never the same for two callers, and as long as the target asks for. */
import type { ExchangeRole } from "../../model/index.ts";
import type { RetryAdvice } from "./retry-policy.ts";

/** Waits before the nth try again; false where there is to be none. */
export type Backoff = (n: number, why: RetryAdvice, role: ExchangeRole) => Promise<boolean>;

export interface BackoffOptions {
  readonly sleep: (ms: number) => Promise<void>;
  /** An unsigned 32-bit integer. */
  readonly nonce: () => number;
  readonly interrupted: () => boolean;
}

/** Milliseconds, before jitter. */
const BACKOFF_MS = [250, 1000, 4000];
/** Whoever asks for more is not waited for. */
export const MAX_RETRY_AFTER_MS = 30_000;
/** Nobody waits in one piece: an interruption is seen within this. */
const POLL_MS = 250;

export function createBackoff({ sleep, nonce, interrupted }: BackoffOptions): Backoff {
  const jitter = (ms: number) => ms * (0.5 + nonce() / 2 ** 32);
  const pause = interruptibleSleep({ sleep, interrupted });
  return async (n, { maxRetries, after }, role) => {
    const wait = BACKOFF_MS[n - 1];
    if (wait === undefined || n > maxRetries || after > MAX_RETRY_AFTER_MS) return false;
    const ms = Math.max(jitter(wait), after);
    if (role !== "cleanup" || !interrupted()) return pause(ms);
    // Clean-up goes on after an interruption, with one more try; what it leaves the ledger names.
    if (n > 1 || ms > 2 * POLL_MS) return false;
    await sleep(ms);
    return true;
  };
}

/** Waits so many milliseconds; false as soon as the run is broken off. */
export function interruptibleSleep({
  sleep,
  interrupted,
}: Pick<BackoffOptions, "sleep" | "interrupted">): (ms: number) => Promise<boolean> {
  return async (ms) => {
    for (let left = ms; left > 0; left -= POLL_MS) {
      if (interrupted()) return false;
      await sleep(Math.min(left, POLL_MS));
    }
    return !interrupted();
  };
}
