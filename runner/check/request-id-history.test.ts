/** The request ids of the latest responses: repeated ids are found, and a limited number is kept. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createRequestIdHistory } from "./request-id-history.ts";

test("every repetition of an id is found", () => {
  const ids = createRequestIdHistory();
  expect(["a", "b", "a", "b", "c"].map((id) => ids.add(id))).toEqual([true, true, false, false, true]);
});

test("exactly the latest ids are kept", () => {
  const ids = createRequestIdHistory(3);
  for (const id of ["a", "b", "c", "d"]) ids.add(id);
  expect(["b", "c", "d"].map((id) => ids.add(id))).toEqual([false, false, false]);
  expect(ids.add("a")).toBe(true);
  expect(ids.add("b")).toBe(true);
});

test("ids of a megabyte are distinguished by their last character", () => {
  const ids = createRequestIdHistory();
  const long = "x".repeat(1 << 20);
  expect([ids.add(`${long}a`), ids.add(`${long}b`), ids.add(`${long}a`)]).toEqual([true, true, false]);
});

test("ids of a megabyte are not stored in full", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heapAfterGc = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const ids = createRequestIdHistory();
  const before = heapAfterGc();
  for (let i = 0; i < 200; i++) ids.add(Buffer.alloc(1 << 20, 0x78).toString("latin1") + i);
  expect(heapAfterGc() - before).toBeLessThan(20 << 20);
  expect(ids.add("another")).toBe(true);
});
