/** Slots by a simulated clock: evenly spaced, shared, and never in a burst. */
import { expect, test } from "vitest";
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
