/** Progress on a terminal, without one, and with --quiet. The test controls clock, timer and stream. */
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { verdictOf } from "../../../reports/testing/laws.ts";
import type { Case, Status } from "../../model/index.ts";
import { progress } from "./progress.ts";
import type { ProgressOptions } from "./progress-types.ts";

const casesOf = (...actions: string[]): Case[] => actions.map((id) => ({ action: { id } }) as Case);

/** A stream that records its text, and a clock and a timer that the test moves. */
function createFixture(isTTY: boolean, cases: Iterable<Case>) {
  let text = "";
  let now = 0;
  const ticks = new Set<() => void>();
  const stream = Object.assign(
    new Writable({
      write(chunk, _, done) {
        text += String(chunk);
        done();
      },
    }),
    { isTTY, columns: 60 },
  );
  const options: ProgressOptions = {
    cases,
    workload: { cases: [...cases].length, seconds: 0, secondsPerCase: new Map() },
    stream,
    now: () => now,
    repeat: (ms, callback) => {
      expect(ms).toBe(30_000);
      ticks.add(callback);
      return () => void ticks.delete(callback);
    },
    formatVerdict: ({ status, id }) => (status === "failed" ? `failed ${id}\n  ${"why ".repeat(30)}\n` : ""),
  };
  return {
    options,
    text: () => text,
    wait: (ms: number) => {
      now += ms;
    },
    tick: () => {
      for (const callback of ticks) callback();
    },
    activeTimers: () => ticks.size,
  };
}

const verdict = (action: string, status: Status = "passed", n = 0) => verdictOf(n, status, { action });

describe("without a terminal", () => {
  test("each finished action gets a line, failures are printed at once, and there are no control characters", () => {
    const cases = casesOf("p/s/A", "p/s/A", "p/s/B", "p/s/C");
    const fixture = createFixture(false, cases);
    const shown = progress(fixture.options);
    const yieldedIds = [...shown.cases].map(({ action }) => action.id);
    expect(yieldedIds).toEqual(cases.map(({ action }) => action.id));
    shown.onVerdict(verdict("p/s/B"));
    shown.onVerdict(verdict("p/s/A", "failed", 7));
    shown.onVerdict(verdict("p/s/A"));
    shown.onVerdict(verdict("p/s/C", "observed"));
    shown.done();
    const lines = fixture.text().split("\n");
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      "p/s/B: 1 passed",
      "failed p/s/Act/valid/case-7@tc3-post",
      "p/s/A: 1 failed, 1 passed",
      "p/s/C: 1 observed",
      "",
    ]);
    expect(fixture.text()).not.toMatch(/[^\P{Cc}\n]/u);
  });

  test("an action is finished only when the plan has moved on and all its cases are judged", () => {
    const fixture = createFixture(false, casesOf("p/s/A", "p/s/A", "p/s/B"));
    const shown = progress(fixture.options);
    const cases = shown.cases[Symbol.iterator]();
    cases.next();
    shown.onVerdict(verdict("p/s/A"));
    expect(fixture.text()).toBe("");
    cases.next();
    cases.next();
    expect(fixture.text()).toBe("");
    shown.onVerdict(verdict("p/s/A"));
    expect(fixture.text()).toBe("p/s/A: 2 passed\n");
  });

  test("a status line is printed at each interval, and none after the end", () => {
    const fixture = createFixture(false, casesOf(...Array.from({ length: 100 }, () => "p/s/A")));
    const shown = progress(fixture.options);
    for (const _ of shown.cases);
    for (let i = 0; i < 30; i++) {
      fixture.wait(1000);
      shown.onVerdict(verdict("p/s/A", i === 3 ? "errored" : "passed"));
    }
    fixture.tick();
    expect(fixture.text()).toBe("30 of 100 (30 %), 1 failed, 1.0 cases/s, about 1 min 10 s left\n");
    shown.done();
    expect(fixture.activeTimers()).toBe(0);
  });

  test("the status line is printed even if the target does not respond", () => {
    const fixture = createFixture(false, casesOf("p/s/A", "p/s/A"));
    progress(fixture.options);
    fixture.wait(30_000);
    fixture.tick();
    expect(fixture.text()).toBe("0 of 2 (0 %), 0 failed, 0 cases/s\n");
  });
});

describe("on a terminal", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** The lines that are visible on the terminal after all overwriting. */
  function screen(text: string): string[] {
    const lines = [""];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences start with ESC.
    for (const [part] of text.matchAll(/\u001b\[[\d?]*[A-Za-z]|\r|\n|[^\u001b\r\n]+/g)) {
      if (part === "\n") lines.push("");
      else if (part === "\r" || /\[1?G$|\[2?K$|\[0?J$/.test(part)) {
        if (!part.endsWith("K") || part.endsWith("2K")) lines[lines.length - 1] = "";
      } else if (!part.startsWith("\u001b")) lines[lines.length - 1] += part;
    }
    return lines;
  }

  test("value, total, failed cases and rate are in one line no wider than the terminal", () => {
    const cases = casesOf(...Array.from({ length: 100 }, () => "p/s/A"));
    const fixture = createFixture(true, cases);
    const shown = progress(fixture.options);
    expect([...shown.cases]).toHaveLength(100);
    for (let i = 0; i < 10; i++) {
      fixture.wait(1000);
      shown.onVerdict(verdict("p/s/A", i === 9 ? "errored" : "passed"));
    }
    vi.advanceTimersByTime(200);
    const [line, ...others] = screen(fixture.text());
    expect(line).toMatch(/^=+-+ 10\/100 {2}failed 1 {2}1\.0 cases\/s/);
    expect(line?.length).toBeLessThanOrEqual(60);
    expect(others).toEqual([]);
    shown.done();
  });

  test("a failure is printed in full above the bar, and the bar is drawn again below it", () => {
    const fixture = createFixture(true, casesOf("p/s/A", "p/s/B"));
    const shown = progress(fixture.options);
    vi.advanceTimersByTime(200);
    shown.onVerdict(verdict("p/s/A", "failed"));
    vi.advanceTimersByTime(200);
    const [first, second, third] = screen(fixture.text());
    expect(first).toBe("failed p/s/Act/valid/case-0@tc3-post");
    expect(second).toBe(`  ${"why ".repeat(30)}`);
    expect(third).toMatch(/^=+-+ 1\/2 {2}failed 1/);
    // Line wrapping must not be switched off: lines longer than the terminal width have to wrap.
    expect(fixture.text()).not.toContain("\u001b[?7l");
    shown.done();
  });

  test("done: the last failure stays, the bar is removed and the cursor visible; a second call does nothing", () => {
    const fixture = createFixture(true, casesOf("p/s/A"));
    const shown = progress(fixture.options);
    shown.onVerdict(verdict("p/s/A", "failed"));
    shown.done();
    expect(screen(fixture.text())[0]).toBe("failed p/s/Act/valid/case-0@tc3-post");
    expect(fixture.text().lastIndexOf("\u001b[?25h")).toBeGreaterThan(fixture.text().lastIndexOf("\u001b[?25l"));
    expect(fixture.text().endsWith("\u001b[0J")).toBe(true);
    const before = fixture.text();
    shown.done();
    vi.advanceTimersByTime(1000);
    expect(fixture.text()).toBe(before);
  });
});

test.each([true, false])("quiet: nothing is written (terminal: %s)", (isTTY) => {
  const fixture = createFixture(isTTY, casesOf("p/s/A", "p/s/B"));
  const shown = progress(fixture.options, true);
  for (const { action } of shown.cases) shown.onVerdict(verdict(action.id, "failed"));
  shown.done();
  expect([fixture.text(), fixture.activeTimers()]).toEqual(["", 0]);
});
