/** A log on a full disk: the error is thrown by the call that needs the disk, never by the timer that writes the buffer. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Header, Verdict } from "../model/index.ts";
import { fileLog } from "./writer.ts";

/** A Linux device on which every write fails with ENOSPC. */
const fullDevice = "/dev/full";

test.runIf(existsSync(fullDevice))("a full disk", () => {
  vi.useFakeTimers();
  try {
    const log = fileLog(fullDevice);
    log.write({ type: "verdict", id: "a" } as unknown as Verdict);
    expect(() => vi.advanceTimersByTime(1000)).not.toThrow();
    expect(() => log.close()).toThrow("ENOSPC");
  } finally {
    vi.useRealTimers();
  }
});

test("after a line that could not be written nothing is written any more, also once it could be", () => {
  const path = join(mkdtempSync(join(tmpdir(), "assay-")), "run.ndjson");
  const log = fileLog(path);
  const line = { type: "header" } as Header;
  rmSync(path);
  expect(() => log.write(line)).toThrow("was deleted during the run");
  writeFileSync(path, "");
  expect(() => log.write(line)).toThrow("was deleted during the run");
  expect(() => log.close()).toThrow("was deleted during the run");
  expect(readFileSync(path, "utf8")).toBe("");
});
