/** Cases at the limit of the time window, against simulated targets with any skew, late headers and slow connections. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../model/index.ts";
import { createTargetClock, mayHaveCrossedSecond, secondOf } from "../send/target-clock.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";
import { evaluateOverSecond } from "./time-window.ts";

interface SimulatedTarget {
  /** Milliseconds by which its clock is ahead of the client's. */
  readonly skewMs: number;
  /** Milliseconds by which each `Date` header is late. */
  readonly lagMs: number;
  /** Milliseconds by which a header is late in addition, different in each second. */
  readonly jitterMs: number;
  /** Milliseconds from sending to receiving. */
  readonly roundTripMs: number;
  /** Seconds by which a time may deviate from the target's. */
  readonly window: number;
  /** Milliseconds by which its clock is set forwards or back after two seconds. */
  readonly leapMs?: number;
}

const WINDOW = 300;
const noon = Date.UTC(2026, 10, 21, 12);

/** Status of the case with a time `shift` seconds from the target's, after `startMs` of other calls. */
async function statusOf(target: SimulatedTarget, shift: number, startMs: number): Promise<CaseResult["status"]> {
  const clock = createTargetClock();
  let now = noon;
  const targetNow = () => now + target.skewMs + (now - noon > 2000 ? (target.leapMs ?? 0) : 0);
  const call = (signedFor: number): { accepted: boolean; crossed: boolean; sentAtMs: number } => {
    const sentAtMs = now;
    const secondOfSignature = secondOf(clock, sentAtMs);
    now += target.roundTripMs / 2;
    const accepted = Math.abs(Math.floor(targetNow() / 1000) - signedFor) <= target.window;
    const second = Math.floor(targetNow() / 1000);
    const lagMs = target.lagMs + ((second * 7919) % (target.jitterMs + 1));
    const date = new Date(targetNow() - lagMs).toUTCString();
    now += target.roundTripMs / 2;
    clock.observe(date, sentAtMs, now);
    return { accepted, crossed: mayHaveCrossedSecond(clock, secondOfSignature, sentAtMs, now), sentAtMs };
  };
  while (now < noon + startMs) {
    call(0);
    now += 10;
  }
  const { status } = await evaluateOverSecond({
    clock,
    attempt: () => {
      const { accepted, crossed, sentAtMs } = call(Math.floor(clock.at(now) / 1000) + shift);
      const status = accepted === Math.abs(shift) <= WINDOW ? "passed" : "failed";
      const exchanges = [{ role: "judged", sentAtMs } as Exchange];
      return Promise.resolve({ ...resultWithoutResponse(status, ""), exchanges, crossedSecond: crossed });
    },
    dependsOnTime: () => true,
    pause: (ms) => {
      now += ms;
      return Promise.resolve(true);
    },
  });
  return status;
}

const shifts = [299, 301, -299, -301];
const anyTarget = {
  skewMs: fc.integer({ min: -200_000, max: 200_000 }),
  jitterMs: fc.integer({ min: 0, max: 30 }),
  roundTripMs: fc.integer({ min: 2, max: 150 }),
};
const startMs = fc.integer({ min: 0, max: 4000 });

describe("a case at the limit of the time window", () => {
  test("never fails on a right target, also with headers that are late by up to 400 ms", () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ ...anyTarget, lagMs: fc.integer({ min: 0, max: 400 }), window: fc.constant(WINDOW) }),
        fc.constantFrom(...shifts),
        startMs,
        async (target, shift, start) => {
          expect(await statusOf(target, shift, start)).not.toBe("failed");
        },
      ),
      { seed: 1, numRuns: 2000 },
    ));

  test("never fails on a right target whose clock is set during the run", () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          ...anyTarget,
          lagMs: fc.integer({ min: 0, max: 50 }),
          window: fc.constant(WINDOW),
          leapMs: fc.integer({ min: -5000, max: 5000 }),
        }),
        fc.constantFrom(...shifts),
        startMs,
        async (target, shift, start) => {
          expect(await statusOf(target, shift, start)).not.toBe("failed");
        },
      ),
      { seed: 1, numRuns: 2000 },
    ));

  test("passes on a right target with exact headers", () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ ...anyTarget, lagMs: fc.constant(0), window: fc.constant(WINDOW) }),
        fc.constantFrom(...shifts),
        async (target, shift) => {
          expect(await statusOf(target, shift, 2000)).toBe("passed");
        },
      ),
      { seed: 1, numRuns: 500 },
    ));

  test.each([
    ["a second too wide", 301, [301, -301]],
    ["two seconds too narrow", 298, [299, -299]],
  ])("fails on a window that is %s", (_, window, failing) =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          ...anyTarget,
          roundTripMs: fc.integer({ min: 2, max: 100 }),
          // Where headers are late, a wrong target may pass in the part of a second by which they are late.
          jitterMs: fc.constant(0),
          lagMs: fc.constant(0),
          window: fc.constant(window),
        }),
        fc.constantFrom(...failing),
        async (target, shift) => {
          expect(await statusOf(target, shift, 2000)).toBe("failed");
        },
      ),
      { seed: 1, numRuns: 500 },
    ),
  );

  test("never passes on a window that is a second too wide, also while the clock is not known exactly", () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          skewMs: anyTarget.skewMs,
          roundTripMs: fc.integer({ min: 2, max: 100 }),
          jitterMs: fc.constant(0),
          lagMs: fc.constant(0),
          window: fc.constant(301),
        }),
        fc.constantFrom(301, -301),
        fc.integer({ min: 0, max: 2000 }),
        async (target, shift, start) => {
          expect(await statusOf(target, shift, start)).not.toBe("passed");
        },
      ),
      { seed: 1, numRuns: 1000 },
    ));

  test("is judged by its first response where that does not depend on the time", async () => {
    const failed = resultWithoutResponse("failed", "");
    let attempts = 0;
    const attempt = () => Promise.resolve(attempts++ === 0 ? failed : resultWithoutResponse("passed", ""));
    const clock = createTargetClock();
    const pause = () => Promise.resolve(true);
    expect(await evaluateOverSecond({ clock, attempt, pause, dependsOnTime: () => false })).toBe(failed);
  });

  test("is undecided where no response has a usable header", async () => {
    const target = { skewMs: 400_000, lagMs: 0, jitterMs: 0, roundTripMs: 4, window: WINDOW };
    expect(await statusOf(target, 301, 100)).toBe("indeterminate");
  });
});
