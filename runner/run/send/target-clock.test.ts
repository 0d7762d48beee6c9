/** The target's clock, from headers that say whole seconds. */
import { describe, expect, test } from "vitest";
import { targetClock } from "./target-clock.ts";

const noon = Date.UTC(2026, 10, 21, 12);
/** What a server says whose clock is `ahead` of ours, asked at `own`. */
const says = (own: number, ahead: number) => new Date(own + ahead).toUTCString();

/** Asks at each of these milliseconds after noon; an answer takes 4. */
function told(ahead: number, at: readonly number[]) {
  const clock = targetClock();
  for (const ms of at) clock.observe(says(noon + ms + 2, ahead), noon + ms, noon + ms + 4);
  return clock;
}

const everySoOften = Array.from({ length: 200 }, (_, i) => i * 10);

describe("the target's clock", () => {
  test("is not that of a header which nobody could sign by", () => {
    const clock = told(86_400_000, everySoOften);
    expect([clock.at(noon), clock.uncertaintyMs]).toEqual([noon, 0]);
  });

  test("is ours, without a doubt to speak of, where no answer has told", () => {
    const clock = targetClock();
    clock.observe(undefined, noon, noon);
    clock.observe("nonsense", noon, noon);
    expect([clock.at(noon), clock.uncertaintyMs]).toEqual([noon, 0]);
  });

  test.each([0, 120, -730, 90_000, -240_250])("is found within milliseconds where it is %i ms ahead", (ahead) => {
    const clock = told(ahead, everySoOften);
    expect(Math.abs(clock.at(noon) - noon - ahead)).toBeLessThanOrEqual(clock.uncertaintyMs);
    expect(clock.uncertaintyMs).toBeLessThan(25);
  });

  test("one answer leaves a second of doubt at most, and the truth within it", () => {
    for (const ahead of [0, 400, -400, 5000]) {
      const clock = told(ahead, [300]);
      expect(Math.abs(clock.at(noon) - noon - ahead)).toBeLessThanOrEqual(clock.uncertaintyMs);
      expect(clock.uncertaintyMs).toBeLessThanOrEqual(1004);
    }
  });

  test("the last answer of a second tells as much as its first", () => {
    expect(told(0, [10, 900]).uncertaintyMs).toBeLessThan(told(0, [10]).uncertaintyMs);
  });

  test("a header that lags a little does not unsettle it", () => {
    const clock = told(0, everySoOften);
    clock.observe(says(noon + 1990, 0), noon + 2003, noon + 2007);
    expect(Math.abs(clock.at(noon) - noon)).toBeLessThan(25);
  });

  test("a clock that was set anew is believed", () => {
    const clock = told(0, everySoOften);
    clock.observe(says(noon + 3000, 60_000), noon + 2998, noon + 3002);
    expect(Math.abs(clock.at(noon) - noon - 60_000)).toBeLessThanOrEqual(clock.uncertaintyMs);
  });
});
