/** Rate and remaining time, with a clock that the test controls. */
import { describe, expect, test } from "vitest";
import { estimateCosts } from "../../cases/cost.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { selectCases } from "../select-cases.ts";
import { duration, measureThroughput, perSecond, type Workload, workloadOf } from "./throughput.ts";

const withoutRateLimit = (cases: number): Workload => ({ cases, seconds: 0, secondsPerCase: new Map() });

/** A measured run. `judge`: finishes `n` cases, each after `ms` milliseconds; `wait`: lets time pass. */
function startRun(workload: Workload) {
  let now = 5_000_000;
  const throughput = measureThroughput(workload, () => now);
  const judge = (n: number, ms: number, action = "a"): void => {
    for (let i = 0; i < n; i++) {
      now += ms;
      throughput.recordCase(action);
    }
  };
  const wait = (ms: number): void => {
    now += ms;
  };
  return { ...throughput, judge, wait };
}

describe("without a rate limit", () => {
  test("rate and remaining time are undefined at the start", () => {
    const run = startRun(withoutRateLimit(100));
    expect([run.judgedCount(), run.rate(), run.remainingSeconds()]).toEqual([0, undefined, undefined]);
  });

  test("ten of a hundred cases in ten seconds: one per second, ninety seconds remain", () => {
    const run = startRun(withoutRateLimit(100));
    run.judge(10, 1000);
    expect([run.judgedCount(), run.rate(), run.remainingSeconds()]).toEqual([10, 1, 90]);
  });

  test("only the recent rate counts", () => {
    const run = startRun(withoutRateLimit(10_000));
    run.judge(100, 1000);
    run.judge(1000, 100);
    expect(run.rate()).toBeCloseTo(10);
    expect(run.remainingSeconds()).toBeCloseTo(890);
  });

  test("a target that hangs: the rate falls to zero, and the remaining time is undefined", () => {
    const run = startRun(withoutRateLimit(100));
    run.judge(10, 1000);
    run.wait(10_000);
    expect(run.rate()).toBeCloseTo(0.5);
    run.wait(120_000);
    expect([run.rate(), run.remainingSeconds()]).toEqual([0, undefined]);
  });

  test("all cases done: no time remains", () => {
    const run = startRun(withoutRateLimit(10));
    run.judge(10, 1000);
    expect(run.remainingSeconds()).toBe(0);
  });
});

describe("with a rate limit", () => {
  // Fifty cases of one second and fifty of three seconds.
  const workload: Workload = {
    cases: 100,
    seconds: 200,
    secondsPerCase: new Map([
      ["a", 1],
      ["b", 3],
    ]),
  };

  test("the remaining time is known from the plan before anything is sent", () => {
    expect(startRun(workload).remainingSeconds()).toBe(200);
  });

  test("the seconds of each action count, not the number of cases", () => {
    const run = startRun(workload);
    run.judge(50, 3000, "b");
    expect(run.remainingSeconds()).toBeCloseTo(50);
  });

  test("if the target takes twice the planned time, the remaining time doubles", () => {
    const run = startRun(workload);
    run.judge(50, 2000, "a");
    expect(run.remainingSeconds()).toBeCloseTo(300);
  });
});

describe("the workload of a plan", () => {
  const specs = loadSpecs(builtInSpecs());
  const cases = [...selectCases(specs, { depth: "quick", select: ["tencent/iai/CreateGroup/**"] })];
  const costs = estimateCosts(cases);

  test("half the rate limit takes twice the time, and secondsPerCase adds up to the total", () => {
    const [fast, slow] = [workloadOf(costs, () => 10), workloadOf(costs, () => 5)];
    expect(fast.cases).toBe(cases.length);
    expect(fast.seconds).toBeGreaterThan(1);
    expect(slow.seconds / fast.seconds).toBeCloseTo(2, 1);
    expect((slow.secondsPerCase.get("tencent/iai/CreateGroup") ?? 0) * slow.cases).toBeCloseTo(slow.seconds);
  });

  test("without a rate limit the seconds are 0", () => {
    const { seconds, secondsPerCase } = workloadOf(costs, () => undefined);
    expect([seconds, secondsPerCase.size]).toEqual([0, 0]);
  });
});

test("rate and duration as text", () => {
  expect([0, 0.052, 3.44, 41.2].map(perSecond)).toEqual(["0 cases/s", "0.052 cases/s", "3.4 cases/s", "41 cases/s"]);
  expect([0.4, 59.4, 59.6, 216, 3599.7, 7500].map(duration)).toEqual([
    "0 s",
    "59 s",
    "1 min 0 s",
    "3 min 36 s",
    "1 h 0 min",
    "2 h 5 min",
  ]);
});
