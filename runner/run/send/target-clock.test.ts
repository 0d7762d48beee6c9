/** The time of the target's clock, from headers with whole seconds. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTargetClock } from "./target-clock.ts";

const noon = Date.UTC(2026, 10, 21, 12);
/** The `Date` header at `clientMs` of a server whose clock is `aheadMs` ahead of the client's. */
const dateHeader = (clientMs: number, aheadMs: number) => new Date(clientMs + aheadMs).toUTCString();

/** A clock after one request at each of these milliseconds after noon; each response takes 4 ms. */
function clockAfter(aheadMs: number, sentMs: readonly number[]) {
  const clock = createTargetClock();
  for (const ms of sentMs) clock.observe(dateHeader(noon + ms + 2, aheadMs), noon + ms, noon + ms + 4);
  return clock;
}

const every10Ms = Array.from({ length: 200 }, (_, i) => i * 10);

describe("the target's clock", () => {
  test("ignores a header that is too far off for any signature to be valid", () => {
    const clock = clockAfter(86_400_000, every10Ms);
    expect([clock.at(noon), clock.uncertaintyMs]).toEqual([noon, 0]);
  });

  test.each([
    [240_000, ""],
    [-240_000, ""],
    [301_000, "5 min 1 s behind"],
    [-4_200_000, "1 h 10 min ahead of"],
  ])(
    "explains a refused signature only where it is %i ms off by the shortest time window or more: %s",
    (ahead, text) => {
      const skew = clockAfter(ahead, [0]).describeSkew();
      expect(/ is (.*) the clock of the target/.exec(skew)?.[1] ?? skew).toBe(text);
    },
  );

  test.each([0, 120, -730, 90_000, -240_250])("is known within milliseconds where it is %i ms ahead", (ahead) => {
    const clock = clockAfter(ahead, every10Ms);
    expect(Math.abs(clock.at(noon) - noon - ahead)).toBeLessThanOrEqual(clock.uncertaintyMs);
    expect(clock.uncertaintyMs).toBeLessThan(25);
  });

  test("has an uncertainty of at most a second after one response, which includes the true time", () => {
    for (const ahead of [0, 400, -400, 5000]) {
      const clock = clockAfter(ahead, [300]);
      expect(Math.abs(clock.at(noon) - noon - ahead)).toBeLessThanOrEqual(clock.uncertaintyMs);
      expect(clock.uncertaintyMs).toBeLessThanOrEqual(1004);
    }
  });

  test("becomes more exact by the last response of a second as well as by the first", () => {
    expect(clockAfter(0, [10, 900]).uncertaintyMs).toBeLessThan(clockAfter(0, [10]).uncertaintyMs);
  });

  test("is not changed by a header that lags a few milliseconds", () => {
    const clock = clockAfter(0, every10Ms);
    clock.observe(dateHeader(noon + 1990, 0), noon + 2003, noon + 2007);
    expect(Math.abs(clock.at(noon) - noon)).toBeLessThan(25);
  });

  test("has an uncertainty that includes the true time, also where every second header is late", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -200_000, max: 200_000 }),
        fc.integer({ min: 50, max: 900 }),
        fc.integer({ min: 0, max: 999 }),
        (ahead, lag, start) => {
          const clock = createTargetClock();
          for (const [i, ms] of every10Ms.entries()) {
            const sent = noon + start + ms;
            clock.observe(dateHeader(sent + 2 - (i % 2) * lag, ahead), sent, sent + 4);
          }
          expect(Math.abs(clock.at(noon) - noon - ahead)).toBeLessThanOrEqual(clock.uncertaintyMs);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test("follows a clock that was reset", () => {
    const clock = clockAfter(0, every10Ms);
    clock.observe(dateHeader(noon + 3000, 60_000), noon + 2998, noon + 3002);
    expect(Math.abs(clock.at(noon) - noon - 60_000)).toBeLessThanOrEqual(clock.uncertaintyMs);
  });
});
