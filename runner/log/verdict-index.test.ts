/** Rows of a log → plan order, with few and with many gaps. */
import { describe, expect, test } from "vitest";
import { addToIndex, emptyIndex, sortByPlan } from "./verdict-index.ts";

const orderOf = (planIndexes: readonly number[]) => {
  const index = emptyIndex();
  for (const [row, planIndex] of planIndexes.entries()) addToIndex(index, planIndex, row * 10, 9, row % 2);
  const { all, byAction } = sortByPlan(index, ["a", "b"]);
  return { all: [...all], a: [...(byAction.get("a") ?? [])], b: [...(byAction.get("b") ?? [])] };
};

describe.each([
  ["without gaps", 1],
  ["with few gaps", 3],
  ["with many gaps", 1000],
])("a log %s", (_, step) => {
  const shuffled = [4, 0, 3, 1, 2].map((n) => n * step);

  test("has its rows in plan order", () => {
    expect(orderOf(shuffled)).toEqual({ all: [1, 3, 4, 2, 0], a: [4, 2, 0], b: [1, 3] });
  });

  test("with two verdicts of one plan index is an error", () => {
    expect(() => orderOf([...shuffled, 3 * step])).toThrow(`two verdicts have the plan index ${3 * step}`);
  });
});

test("an empty log has no rows", () => {
  expect(orderOf([])).toEqual({ all: [], a: [], b: [] });
});
