/** Spaces the calls of one action evenly over all lanes of a run, and over the shards of a run. */
import type { Shard } from "../model/index.ts";

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

/** How late within its turn a shard may still send: half of the 50 ms that RATE_SHARE spares in every second. */
const MAX_TURN_LATENESS_MS = 25;

/** More than the rounding error of times since the epoch, so that the begin of a turn belongs to it. */
const ROUNDING_MS = 0.01;

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

/**
 * The shards of a run take turns by the clock: of every `count` slots of an action, each shard uses its own one. Together they
 * keep the rate like a single run, also where it allows less than one call per second and shard. Where the clocks of their
 * machines differ, each shard still keeps its share of the rate.
 */
export function createRateLimiter(
  { now, sleep }: Clock,
  { index, count }: Shard = { index: 1, count: 1 },
): RateLimiter {
  const rows = new Map<string, Row>();
  const rowOf = (key: string): Row => {
    const row = rows.get(key) ?? { queue: Promise.resolve(), next: Number.NEGATIVE_INFINITY };
    rows.set(key, row);
    return row;
  };
  return {
    acquire(key, perSecond, slots = 1) {
      const row = rowOf(key);
      const slot = 1000 / (RATE_SHARE * perSecond);
      const gap = slot * count;
      /** The begin of this shard's turn at time `at`. Without other shards it is always the turn. */
      const turnAt = (at: number): number =>
        count === 1 ? at : Math.floor((at - (index - 1) * slot + ROUNDING_MS) / gap) * gap + (index - 1) * slot;
      const nextTurn = (at: number, lateness: number): number => (at - turnAt(at) <= lateness ? at : turnAt(at) + gap);
      // One after the other: when the process stalls, calls are delayed and not sent in a burst afterwards.
      row.queue = row.queue.then(async () => {
        let lateness = Math.min(MAX_TURN_LATENESS_MS, gap / 2);
        for (let dueTurn = Number.POSITIVE_INFINITY; ; ) {
          const turn = nextTurn(Math.max(now(), row.next + (slots - 1) * gap), lateness);
          const wait = turn - now();
          if (wait <= 0) break;
          // A process whose timers are always late would miss every turn.
          if (turn > dueTurn) lateness *= 2;
          dueTurn = turn;
          await sleep(Math.min(wait, MAX_SLEEP_MS));
        }
        row.next = Math.max(row.next, turnAt(now()) + slots * gap);
      });
      return row.queue;
    },
    pause(key, ms) {
      const row = rowOf(key);
      row.next = Math.max(row.next, now() + ms);
    },
  };
}
