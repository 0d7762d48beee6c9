/** Rate and remaining time, by a clock that the test moves. */
import { describe, expect, test } from "vitest";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { selectCases } from "../select-cases.ts";
import { duration, measureThroughput, perSecond, type Workload, workloadOf } from "./throughput.ts";

const free = (cases: number): Workload => ({ cases, seconds: 0, secondsPerCase: new Map() });

/** Judges so many cases, each after so many milliseconds. */
function going(work: Workload) {
  let at = 5_000_000;
  const counted = measureThroughput(work, () => at);
  const judge = (n: number, ms: number, action = "a"): void => {
    for (let i = 0; i < n; i++) {
      at += ms;
      counted.recordCase(action);
    }
  };
  const wait = (ms: number): void => {
    at += ms;
  };
  return { ...counted, judge, wait };
}

describe("without a pace", () => {
  test("nothing is told before there is anything to tell from", () => {
    const run = going(free(100));
    expect([run.judgedCount(), run.rate(), run.remainingSeconds()]).toEqual([0, undefined, undefined]);
  });

  test("ten in ten seconds: one a second, and ninety seconds for the rest", () => {
    const run = going(free(100));
    run.judge(10, 1000);
    expect([run.judgedCount(), run.rate(), run.remainingSeconds()]).toEqual([10, 1, 90]);
  });

  test("what counts is how it goes of late", () => {
    const run = going(free(10_000));
    run.judge(100, 1000);
    run.judge(1000, 100);
    expect(run.rate()).toBeCloseTo(10);
    expect(run.remainingSeconds()).toBeCloseTo(890);
  });

  test("a target that hangs: the rate goes down to nothing, and nobody knows how long it takes", () => {
    const run = going(free(100));
    run.judge(10, 1000);
    run.wait(10_000);
    expect(run.rate()).toBeCloseTo(0.5);
    run.wait(120_000);
    expect([run.rate(), run.remainingSeconds()]).toEqual([0, undefined]);
  });

  test("all done: nothing is left", () => {
    const run = going(free(10));
    run.judge(10, 1000);
    expect(run.remainingSeconds()).toBe(0);
  });
});

describe("at a pace", () => {
  // Fifty cases of one second and fifty of three.
  const work: Workload = {
    cases: 100,
    seconds: 200,
    secondsPerCase: new Map([
      ["a", 1],
      ["b", 3],
    ]),
  };

  test("the plan knows how long it takes before anything is sent", () => {
    expect(going(work).remainingSeconds()).toBe(200);
  });

  test("what is slow is reckoned as slow: half of the cases are not half of the time", () => {
    const run = going(work);
    run.judge(50, 3000, "b");
    expect(run.remainingSeconds()).toBeCloseTo(50);
  });

  test("a target that takes twice as long as its pace takes twice as long to the end", () => {
    const run = going(work);
    run.judge(50, 2000, "a");
    expect(run.remainingSeconds()).toBeCloseTo(300);
  });
});

describe("the workload of a plan", () => {
  const specs = loadSpecs(builtInSpecs());
  const cases = () => selectCases(specs, { depth: "quick", select: ["tencent/iai/CreateGroup/**"] });

  test("half the pace is twice the time, and each case has its share", () => {
    const [fast, slow] = [workloadOf(cases(), () => 10), workloadOf(cases(), () => 5)];
    expect(fast.cases).toBe([...cases()].length);
    expect(fast.seconds).toBeGreaterThan(1);
    expect(slow.seconds / fast.seconds).toBeCloseTo(2, 1);
    expect((slow.secondsPerCase.get("tencent/iai/CreateGroup") ?? 0) * slow.cases).toBeCloseTo(slow.seconds);
  });

  test("without a pace there is none", () => {
    const { seconds, secondsPerCase } = workloadOf(cases(), () => undefined);
    expect([seconds, secondsPerCase.size]).toEqual([0, 0]);
  });
});

test("in words", () => {
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
