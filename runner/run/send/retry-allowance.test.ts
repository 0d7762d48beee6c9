/** Temporary problems are retried while enough of them pass. */
import { expect, test } from "vitest";
import { createRetryAllowance, type RetryAllowance } from "./retry-allowance.ts";

const recordTwenty = (retries: RetryAllowance, isSameAgain: boolean): void => {
  for (let n = 0; n < 20; n++) retries.record(isSameAgain);
};

test("problems that always come twice are not retried any more", () => {
  const retries = createRetryAllowance(20);
  expect(retries.allowed).toBe(true);
  recordTwenty(retries, true);
  expect(retries.allowed).toBe(false);
});

test("one that passes allows further retries", () => {
  const retries = createRetryAllowance(20);
  retries.record(false);
  recordTwenty(retries, true);
  expect(retries.allowed).toBe(true);
  recordTwenty(retries, true);
  expect(retries.allowed).toBe(false);
});
