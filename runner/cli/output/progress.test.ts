/** Progress on a terminal, off one, and where quiet is asked for; clock, timer and stream are the test's. */
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { verdictOf } from "../../../reports/testing/laws.ts";
import type { Case, Status } from "../../model/index.ts";
import { progress } from "./progress.ts";
import type { ProgressOptions } from "./progress-types.ts";

const casesOf = (...actions: string[]): Case[] => actions.map((id) => ({ action: { id } }) as Case);

function showing(isTTY: boolean, cases: Iterable<Case>) {
  let text = "";
  let at = 0;
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
  const how: ProgressOptions = {
    cases,
    workload: { cases: [...cases].length, seconds: 0, secondsPerCase: new Map() },
    stream,
    now: () => at,
    repeat: (ms, act) => {
      expect(ms).toBe(30_000);
      ticks.add(act);
      return () => void ticks.delete(act);
    },
    formatVerdict: ({ status, id }) => (status === "failed" ? `failed ${id}\n  ${"why ".repeat(30)}\n` : ""),
  };
  return {
    how,
    text: () => text,
    wait: (ms: number) => {
      at += ms;
    },
    tick: () => {
      for (const act of ticks) act();
    },
    ticking: () => ticks.size,
  };
}

const verdict = (action: string, status: Status = "passed", n = 0) => verdictOf(n, status, { action });

describe("off a terminal", () => {
  test("each finished action is a line, what fails is told as it comes, and no control character with it", () => {
    const cases = casesOf("p/s/A", "p/s/A", "p/s/B", "p/s/C");
    const seen = showing(false, cases);
    const shown = progress(seen.how);
    const taken = [...shown.cases].map(({ action }) => action.id);
    expect(taken).toEqual(cases.map(({ action }) => action.id));
    shown.onVerdict(verdict("p/s/B"));
    shown.onVerdict(verdict("p/s/A", "failed", 7));
    shown.onVerdict(verdict("p/s/A"));
    shown.onVerdict(verdict("p/s/C", "observed"));
    shown.done();
    const lines = seen.text().split("\n");
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      "p/s/B: 1 passed",
      "failed p/s/Act/valid/case-7@tc3-post",
      "p/s/A: 1 failed, 1 passed",
      "p/s/C: 1 observed",
      "",
    ]);
    expect(seen.text()).not.toMatch(/[^\P{Cc}\n]/u);
  });

  test("an action is finished only when the plan has gone on and all of it is judged", () => {
    const seen = showing(false, casesOf("p/s/A", "p/s/A", "p/s/B"));
    const shown = progress(seen.how);
    const cases = shown.cases[Symbol.iterator]();
    cases.next();
    shown.onVerdict(verdict("p/s/A"));
    expect(seen.text()).toBe("");
    cases.next();
    cases.next();
    expect(seen.text()).toBe("");
    shown.onVerdict(verdict("p/s/A"));
    expect(seen.text()).toBe("p/s/A: 2 passed\n");
  });

  test("on a long run a line says now and then how far it is, and none once it is done", () => {
    const seen = showing(false, casesOf(...Array.from({ length: 100 }, () => "p/s/A")));
    const shown = progress(seen.how);
    for (const _ of shown.cases);
    for (let i = 0; i < 30; i++) {
      seen.wait(1000);
      shown.onVerdict(verdict("p/s/A", i === 3 ? "errored" : "passed"));
    }
    seen.tick();
    expect(seen.text()).toBe("30 of 100 (30 %), 1 failed, 1.0 cases/s, about 1 min 10 s left\n");
    shown.done();
    expect(seen.ticking()).toBe(0);
  });

  test("a target that says nothing: the line comes all the same", () => {
    const seen = showing(false, casesOf("p/s/A", "p/s/A"));
    progress(seen.how);
    seen.wait(30_000);
    seen.tick();
    expect(seen.text()).toBe("0 of 2 (0 %), 0 failed, 0 cases/s\n");
  });
});

describe("on a terminal", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** The lines that stand on the screen: what is written over is gone. */
  function screen(text: string): string[] {
    const lines = [""];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is driven by them.
    for (const [part] of text.matchAll(/\u001b\[[\d?]*[A-Za-z]|\r|\n|[^\u001b\r\n]+/g)) {
      if (part === "\n") lines.push("");
      else if (part === "\r" || /\[1?G$|\[2?K$|\[0?J$/.test(part)) {
        if (!part.endsWith("K") || part.endsWith("2K")) lines[lines.length - 1] = "";
      } else if (!part.startsWith("\u001b")) lines[lines.length - 1] += part;
    }
    return lines;
  }

  test("value, total, failed, rate and remaining time stand in one line no wider than the terminal", () => {
    const cases = casesOf(...Array.from({ length: 100 }, () => "p/s/A"));
    const seen = showing(true, cases);
    const shown = progress(seen.how);
    expect([...shown.cases]).toHaveLength(100);
    for (let i = 0; i < 10; i++) {
      seen.wait(1000);
      shown.onVerdict(verdict("p/s/A", i === 9 ? "errored" : "passed"));
    }
    vi.advanceTimersByTime(200);
    const [line, ...others] = screen(seen.text());
    expect(line).toMatch(/^=+-+ 10\/100 {2}failed 1 {2}1\.0 cases\/s/);
    expect(line?.length).toBeLessThanOrEqual(60);
    expect(others).toEqual([]);
    shown.done();
  });

  test("what fails stands above the bar, whole, and the bar below it is drawn again", () => {
    const seen = showing(true, casesOf("p/s/A", "p/s/B"));
    const shown = progress(seen.how);
    vi.advanceTimersByTime(200);
    shown.onVerdict(verdict("p/s/A", "failed"));
    vi.advanceTimersByTime(200);
    const [first, second, third] = screen(seen.text());
    expect(first).toBe("failed p/s/Act/valid/case-0@tc3-post");
    expect(second).toBe(`  ${"why ".repeat(30)}`);
    expect(third).toMatch(/^=+-+ 1\/2 {2}failed 1/);
    // A line longer than the terminal is wide has to go on in the next.
    expect(seen.text()).not.toContain("\u001b[?7l");
    shown.done();
  });

  test("done: what was told last is there, the bar is gone, and the cursor is back; once more does nothing", () => {
    const seen = showing(true, casesOf("p/s/A"));
    const shown = progress(seen.how);
    shown.onVerdict(verdict("p/s/A", "failed"));
    shown.done();
    expect(screen(seen.text())[0]).toBe("failed p/s/Act/valid/case-0@tc3-post");
    expect(seen.text().lastIndexOf("\u001b[?25h")).toBeGreaterThan(seen.text().lastIndexOf("\u001b[?25l"));
    expect(seen.text().endsWith("\u001b[0J")).toBe(true);
    const before = seen.text();
    shown.done();
    vi.advanceTimersByTime(1000);
    expect(seen.text()).toBe(before);
  });
});

test.each([true, false])("quiet: nothing is written, whether it is a terminal or not (%s)", (isTTY) => {
  const seen = showing(isTTY, casesOf("p/s/A", "p/s/B"));
  const shown = progress(seen.how, true);
  for (const { action } of shown.cases) shown.onVerdict(verdict(action.id, "failed"));
  shown.done();
  expect([seen.text(), seen.ticking()]).toEqual(["", 0]);
});
