/** The cache of limited size. */
import { expect, test } from "vitest";
import { memoize } from "./memoize.ts";

test("a value is created once, and again after it was removed for a newer one", () => {
  const createdKeys: string[] = [];
  const cached = memoize<string>(2);
  const get = (key: string) =>
    cached(key, () => {
      createdKeys.push(key);
      return key.toUpperCase();
    });
  expect(["a", "a", "b", "a"].map(get)).toEqual(["A", "A", "B", "A"]);
  expect(createdKeys).toEqual(["a", "b"]);
  for (const key of ["c", "b", "a"]) get(key);
  expect(createdKeys).toEqual(["a", "b", "c", "a"]);
});
