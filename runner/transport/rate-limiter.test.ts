/** Turns by a clock of the test: even, shared, and never in a heap. */
import { expect, test } from "vitest";
import { createRateLimiter } from "./rate-limiter.ts";

/** A clock that goes on only when somebody sleeps, and then by a little too much, as timers do. */
function clockwork(late = 0) {
  let at = 0;
  return {
    now: () => at,
    sleep: async (ms: number) => {
      at += ms + late;
    },
    skip: (ms: number) => {
      at += ms;
    },
  };
}

const most = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((t) => t >= from && t < from + 1000).length));

test("no second holds more calls than are allowed, however many ask at once", async () => {
  const clock = clockwork();
  const turns = createRateLimiter(clock);
  const times: number[] = [];
  await Promise.all(Array.from({ length: 300 }, () => turns.acquire("a", 50).then(() => times.push(clock.now()))));
  expect(times).toHaveLength(300);
  expect(most(times)).toBeLessThanOrEqual(50);
  expect(most(times)).toBeGreaterThan(45);
});

test("after a stall the calls that waited do not go in a heap", async () => {
  const clock = clockwork();
  const turns = createRateLimiter(clock);
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    if (i === 100) clock.skip(400);
    await turns.acquire("a", 50);
    times.push(clock.now());
  }
  expect(most(times)).toBeLessThanOrEqual(50);
});

test("calls that belong together go at once, and have their room before and after", async () => {
  const clock = clockwork();
  const turns = createRateLimiter(clock);
  const times: number[] = [];
  for (let i = 0; i < 120; i++) {
    const together = i % 40 === 20 ? 10 : 1;
    await turns.acquire("a", 50, together);
    for (let n = 0; n < together; n++) times.push(clock.now());
  }
  expect(times.filter((t) => t === times[20])).toHaveLength(10);
  expect(most(times)).toBeLessThanOrEqual(50);
});

test("each action has its own turns", async () => {
  const clock = clockwork();
  const turns = createRateLimiter(clock);
  await turns.acquire("a", 1);
  await turns.acquire("b", 1);
  expect(clock.now()).toBe(0);
  await turns.acquire("a", 1);
  expect(clock.now()).toBeGreaterThan(1000);
});

test("a rest that is asked for meanwhile is kept as well", async () => {
  const clock = clockwork();
  const turns = createRateLimiter(clock);
  await turns.acquire("a", 0.5);
  const second = turns.acquire("a", 0.5);
  turns.pause("a", 9000);
  await second;
  expect(clock.now()).toBe(9000);
});

test("a rest is kept", async () => {
  const clock = clockwork();
  const turns = createRateLimiter(clock);
  turns.pause("a", 5000);
  await turns.acquire("a", 50);
  expect(clock.now()).toBe(5000);
});
