/** Internal faults are retried while enough of them pass. */
import { expect, test } from "vitest";
import { createFaultRetries } from "./fault-retries.ts";

const recordTwenty = (retries: ReturnType<typeof createFaultRetries>, isFaultAgain: boolean): void => {
  for (let n = 0; n < 20; n++) retries.record(isFaultAgain);
};

test("faults that always come twice are not retried any more", () => {
  const retries = createFaultRetries();
  expect(retries.allowed).toBe(true);
  recordTwenty(retries, true);
  expect(retries.allowed).toBe(false);
});

test("one that passes allows further retries", () => {
  const retries = createFaultRetries();
  retries.record(false);
  recordTwenty(retries, true);
  expect(retries.allowed).toBe(true);
  recordTwenty(retries, true);
  expect(retries.allowed).toBe(false);
});
