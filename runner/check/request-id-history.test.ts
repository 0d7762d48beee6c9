/** The request ids of the last answers: repeats are told, and only so many are kept. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createRequestIdHistory } from "./request-id-history.ts";

test("an id that comes again is told, each time", () => {
  const ids = createRequestIdHistory();
  expect(["a", "b", "a", "b", "c"].map((id) => ids.add(id))).toEqual([true, true, false, false, true]);
});

test("exactly the last ones are kept", () => {
  const ids = createRequestIdHistory(3);
  for (const id of ["a", "b", "c", "d"]) ids.add(id);
  expect(["b", "c", "d"].map((id) => ids.add(id))).toEqual([false, false, false]);
  expect(ids.add("a")).toBe(true);
  expect(ids.add("b")).toBe(true);
});

test("ids of a megabyte are told apart by all of it", () => {
  const ids = createRequestIdHistory();
  const long = "x".repeat(1 << 20);
  expect([ids.add(`${long}a`), ids.add(`${long}b`), ids.add(`${long}a`)]).toEqual([true, true, false]);
});

test("ids of a megabyte are not kept whole", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const room = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const ids = createRequestIdHistory();
  const before = room();
  for (let i = 0; i < 200; i++) ids.add(Buffer.alloc(1 << 20, 0x78).toString("latin1") + i);
  expect(room() - before).toBeLessThan(20 << 20);
  expect(ids.add("another")).toBe(true);
});
