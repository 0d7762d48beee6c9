/** The log in memory: what is written, without secrets, in the order of the plan. */
import { expect, test } from "vitest";
import { footerOf, makeHeader, verdictOf } from "../../reports/testing/laws.ts";
import { memoryLog } from "./memory-log.ts";

test("the recording has what a file would have, in the order of the plan", () => {
  const log = memoryLog((line) => JSON.stringify(line).replaceAll("hunter2", "[redacted]"));
  expect(() => log.recording()).toThrow("no header");
  const verdicts = [verdictOf(1, "passed"), verdictOf(0, "failed", { reason: "hunter2 was refused" })];
  const coverage = { type: "coverage", action: verdicts[0]?.action ?? "", elements: [] } as const;
  const footer = footerOf(verdicts);
  for (const line of [makeHeader({ target: "hunter2" }), ...verdicts, coverage, footer]) log.write(line);
  log.close();
  const recording = log.recording();
  expect(recording.header.target).toBe("[redacted]");
  expect([...recording.verdicts()].map(({ planIndex, reason }) => [planIndex, reason])).toEqual([
    [0, "[redacted] was refused"],
    [1, ""],
  ]);
  expect([...recording.coverage()]).toEqual([coverage]);
  expect(recording.footer).toEqual(footer);
});
