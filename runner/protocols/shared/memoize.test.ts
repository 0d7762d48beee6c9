/** The bounded lookup. */
import { expect, test } from "vitest";
import { memoize } from "./memoize.ts";

test("a value is made once, and again after two newer ones took its place", () => {
  const made: string[] = [];
  const kept = memoize<string>(2);
  const get = (key: string) =>
    kept(key, () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect(["a", "a", "b", "a"].map(get)).toEqual(["A", "A", "B", "A"]);
  expect(made).toEqual(["a", "b"]);
  for (const key of ["c", "b", "a"]) get(key);
  expect(made).toEqual(["a", "b", "c", "a"]);
});
