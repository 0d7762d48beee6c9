/** Spaces the calls of one action evenly over all lanes of a run. */

export interface RateLimiter {
  /**
   * Waits until the call may be sent. Calls that belong together take several slots at once: they are sent at the same time,
   * and the pause before and after them is as long as if they had been sent one by one.
   */
  acquire(key: string, perSecond: number, slots?: number): Promise<void>;
  /** Blocks calls with this key for `ms` milliseconds. */
  pause(key: string, ms: number): void;
}

/** Longest sleep in one piece, so that a pause that begins meanwhile is noticed. */
const MAX_SLEEP_MS = 1000;

/** Part of the documented rate that is used: calls may arrive closer together than they were sent. */
const RATE_SHARE = 0.95;

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

interface Row {
  /** Resolves when every earlier call has its slot. */
  queue: Promise<void>;
  /** Milliseconds of the clock at which the next slot begins. */
  next: number;
}

export function createRateLimiter({ now, sleep }: Clock): RateLimiter {
  const rows = new Map<string, Row>();
  const rowOf = (key: string): Row => {
    const row = rows.get(key) ?? { queue: Promise.resolve(), next: Number.NEGATIVE_INFINITY };
    rows.set(key, row);
    return row;
  };
  return {
    acquire(key, perSecond, slots = 1) {
      const row = rowOf(key);
      const gap = 1000 / (RATE_SHARE * perSecond);
      // One after the other: when the process stalls, calls are delayed and not sent in a burst afterwards.
      row.queue = row.queue.then(async () => {
        for (;;) {
          const wait = row.next + (slots - 1) * gap - now();
          if (wait <= 0) break;
          await sleep(Math.min(wait, MAX_SLEEP_MS));
        }
        row.next = Math.max(row.next, now() + slots * gap);
      });
      return row.queue;
    },
    pause(key, ms) {
      const row = rowOf(key);
      row.next = Math.max(row.next, now() + ms);
    },
  };
}
