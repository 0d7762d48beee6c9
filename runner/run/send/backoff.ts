/** Pauses between two attempts of a call: each longer than the one before, randomized, and at least as long as the target requests. */
import type { ExchangeRole } from "../../model/index.ts";
import type { RetryAdvice } from "./retry-policy.ts";

/** Waits before retry number `n`, from 1; false where the call must not be sent again. */
export type Backoff = (n: number, advice: RetryAdvice, role: ExchangeRole) => Promise<boolean>;

export interface BackoffOptions {
  readonly sleep: (ms: number) => Promise<void>;
  /** Returns a random unsigned 32-bit integer. */
  readonly nonce: () => number;
  readonly interrupted: () => boolean;
}

/** Pause before each retry in milliseconds, without jitter. */
const BACKOFF_MS = [250, 1000, 4000];
/** Longest pause in milliseconds that a target may request; a call whose target requests more is not retried. */
export const MAX_RETRY_AFTER_MS = 30_000;
/** Longest sleep in one piece in milliseconds, so that an interruption is noticed within this time. */
const POLL_MS = 250;

export function createBackoff({ sleep, nonce, interrupted }: BackoffOptions): Backoff {
  const jitter = (ms: number) => ms * (0.5 + nonce() / 2 ** 32);
  const pause = interruptibleSleep({ sleep, interrupted });
  return async (n, { maxRetries, retryAfterMs, atOnce = false }, role) => {
    if (atOnce && n === 1) return role === "cleanup" || !interrupted();
    const pauseMs = BACKOFF_MS[n - 1];
    if (pauseMs === undefined || n > maxRetries || retryAfterMs > MAX_RETRY_AFTER_MS) return false;
    const ms = Math.max(jitter(pauseMs), retryAfterMs);
    if (role !== "cleanup" || !interrupted()) return pause(ms);
    // After an interruption a clean-up call has one retry; the ledger lists what remains.
    if (n > 1 || ms > 2 * POLL_MS) return false;
    await sleep(ms);
    return true;
  };
}

/** Waits for a number of milliseconds; false as soon as the run is interrupted. */
export function interruptibleSleep({
  sleep,
  interrupted,
}: Pick<BackoffOptions, "sleep" | "interrupted">): (ms: number) => Promise<boolean> {
  return async (ms) => {
    for (let remaining = ms; remaining > 0; remaining -= POLL_MS) {
      if (interrupted()) return false;
      await sleep(Math.min(remaining, POLL_MS));
    }
    return !interrupted();
  };
}
