/** Slots by a simulated clock: evenly spaced, shared, and never in a burst. */
import { describe, expect, test } from "vitest";
import { random } from "../values/random.ts";
import { createRateLimiter } from "./rate-limiter.ts";

/** A clock that advances only by sleeping; `lateMs` is added to each sleep, as timers are late. */
function simulatedClock(lateMs = 0) {
  let at = 0;
  return {
    now: () => at,
    sleep: async (ms: number) => {
      at += ms + lateMs;
    },
    skip: (ms: number) => {
      at += ms;
    },
  };
}

const maxPerSecond = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((t) => t >= from && t < from + 1000).length));

test("no second has more calls than allowed, however many are waiting", async () => {
  const clock = simulatedClock();
  const limiter = createRateLimiter(clock);
  const times: number[] = [];
  await Promise.all(Array.from({ length: 300 }, () => limiter.acquire("a", 50).then(() => times.push(clock.now()))));
  expect(times).toHaveLength(300);
  expect(maxPerSecond(times)).toBeLessThanOrEqual(50);
  expect(maxPerSecond(times)).toBeGreaterThan(45);
});

test("after a stall the waiting calls are not sent in a burst", async () => {
  const clock = simulatedClock();
  const limiter = createRateLimiter(clock);
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    if (i === 100) clock.skip(400);
    await limiter.acquire("a", 50);
    times.push(clock.now());
  }
  expect(maxPerSecond(times)).toBeLessThanOrEqual(50);
});

test("calls that belong together are sent at once, with a longer pause before and after", async () => {
  const clock = simulatedClock();
  const limiter = createRateLimiter(clock);
  const times: number[] = [];
  for (let i = 0; i < 120; i++) {
    const slots = i % 40 === 20 ? 10 : 1;
    await limiter.acquire("a", 50, slots);
    for (let n = 0; n < slots; n++) times.push(clock.now());
  }
  expect(times.filter((t) => t === times[20])).toHaveLength(10);
  expect(maxPerSecond(times)).toBeLessThanOrEqual(50);
});

test("each action has its own slots", async () => {
  const clock = simulatedClock();
  const limiter = createRateLimiter(clock);
  await limiter.acquire("a", 1);
  await limiter.acquire("b", 1);
  expect(clock.now()).toBe(0);
  await limiter.acquire("a", 1);
  expect(clock.now()).toBeGreaterThan(1000);
});

test("a pause that begins while a call waits delays that call", async () => {
  const clock = simulatedClock();
  const limiter = createRateLimiter(clock);
  await limiter.acquire("a", 0.5);
  const second = limiter.acquire("a", 0.5);
  limiter.pause("a", 9000);
  await second;
  expect(clock.now()).toBe(9000);
});

test("a pause delays the next call", async () => {
  const clock = simulatedClock();
  const limiter = createRateLimiter(clock);
  limiter.pause("a", 5000);
  await limiter.acquire("a", 50);
  expect(clock.now()).toBe(5000);
});

describe("shards", () => {
  /** Times at which the shards together send, each with its own timers, which are late by up to `maxLateMs`. */
  async function timesOf(count: number, perSecond: number, calls: number, maxLateMs = 20, slotsOf = (_: number) => 1) {
    const times: number[] = [];
    const ends: number[] = [];
    for (let index = 1; index <= count; index++) {
      const next = random(index);
      // The shards start at different moments.
      let at = 1_764_500_000_000 + next.int(5000);
      const clock = {
        now: () => at,
        sleep: async (ms: number) => {
          at += ms + next.int(maxLateMs + 1);
        },
      };
      const limiter = createRateLimiter(clock, { index, count });
      for (let i = 0; i < calls; i++) {
        await limiter.acquire("a", perSecond, slotsOf(i));
        for (let n = 0; n < slotsOf(i); n++) times.push(clock.now());
      }
      ends.push(at);
    }
    return { times, seconds: (Math.min(...ends) - Math.min(...times)) / 1000 };
  }

  test.each([
    [5, 20],
    [3, 20],
    [7, 50],
    [5, 200],
    [5, 10],
    [5, 3],
    [5, 1],
    [20, 2],
  ])("%i shards at %i calls per second: no second has more, and no shard waits for long", async (count, perSecond) => {
    const { times, seconds } = await timesOf(count, perSecond, 60);
    expect(maxPerSecond(times)).toBeLessThanOrEqual(perSecond);
    // 60 turns of each shard at 95 % of the rate, and a tenth more where timers are late.
    expect(seconds).toBeLessThan(((60 * count) / perSecond / 0.95) * 1.1 + 1);
  });

  test("calls that belong together are sent at once, also where a shard may send less than one call per second", async () => {
    const { times } = await timesOf(5, 4, 20, 20, (i) => (i === 10 ? 4 : 1));
    expect(times).toHaveLength(5 * 23);
    const { times: faster } = await timesOf(5, 20, 60, 20, (i) => (i === 30 ? 4 : 1));
    expect(maxPerSecond(faster)).toBeLessThanOrEqual(20);
  });

  test("a shard whose timers are always late still sends", async () => {
    const clock = simulatedClock(60);
    const limiter = createRateLimiter(clock, { index: 2, count: 5 });
    for (let i = 0; i < 20; i++) await limiter.acquire("a", 1);
    expect(clock.now()).toBeLessThan(20 * 6000 * 3);
  });
});
