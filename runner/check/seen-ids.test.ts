/** The request ids of the last answers: repeats are told, and only so many are kept. */
import { expect, test } from "vitest";
import { seenIds } from "./seen-ids.ts";

test("an id that comes again is told, each time", () => {
  const ids = seenIds();
  expect(["a", "b", "a", "b", "c"].map((id) => ids.add(id))).toEqual([true, true, false, false, true]);
});

test("exactly the last ones are kept", () => {
  const ids = seenIds(3);
  for (const id of ["a", "b", "c", "d"]) ids.add(id);
  expect(["b", "c", "d"].map((id) => ids.add(id))).toEqual([false, false, false]);
  expect(ids.add("a")).toBe(true);
  expect(ids.add("b")).toBe(true);
});
