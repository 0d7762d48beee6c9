/** Calls of one action, evenly spaced over all lanes. */

export interface RateLimiter {
  /**
   * Waits for its turn; several turns are taken at once, by calls that belong together, with as much room before and after
   * them as they would have had one by one.
   */
  acquire(key: string, perSecond: number, turns?: number): Promise<void>;
  /** Nothing of that key for so many milliseconds. */
  pause(key: string, ms: number): void;
}

/** Milliseconds. */
const slice = 1000;

/** Calls may bunch a little on their way: what is documented is not used up. */
const RATE_SHARE = 0.95;

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

interface Row {
  /** Resolved when the last that asked has had its turn. */
  queue: Promise<void>;
  /** When the next may go. */
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
    acquire(key, perSecond, turns = 1) {
      const row = rowOf(key);
      const gap = 1000 / (RATE_SHARE * perSecond);
      // One by one: a stall of this process delays calls, and never sends them in a heap afterwards.
      row.queue = row.queue.then(async () => {
        // A rest may be asked for meanwhile, and nobody sleeps for long in one piece.
        for (let wait = 1; ; ) {
          wait = row.next + (turns - 1) * gap - now();
          if (wait <= 0) break;
          await sleep(Math.min(wait, slice));
        }
        row.next = Math.max(row.next, now() + turns * gap);
      });
      return row.queue;
    },
    pause(key, ms) {
      const row = rowOf(key);
      row.next = Math.max(row.next, now() + ms);
    },
  };
}
