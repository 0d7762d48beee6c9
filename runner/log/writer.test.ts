/** A log on a full disk: the error is thrown by the call that needs the disk, never by the timer that writes the buffer. */
import { existsSync } from "node:fs";
import { expect, test, vi } from "vitest";
import type { Verdict } from "../model/index.ts";
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
