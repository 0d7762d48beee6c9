/** The verdict of `guard` on pairs of measurements. */
import { expect, test } from "vitest";
import { guardVerdict, medianRatio, type RoundPair } from "./verdict.ts";

const pairsOf = (ratios: readonly number[]): RoundPair[] =>
  ratios.map((ratio, n) => ({ before: n + 1, after: (n + 1) * ratio }));

test("the ratio is the median of the ratios of the rounds", () => {
  expect(medianRatio(pairsOf([1.5, 0.9, 1.2, 1.1, 4]))).toBeCloseTo(1.2);
  // Not the ratio of the medians (2 / 2), nor of the sums.
  expect(
    medianRatio([
      { before: 1, after: 2 },
      { before: 2, after: 4 },
      { before: 8, after: 1 },
    ]),
  ).toBe(2);
});

test.each([
  { name: "noise", ratios: [0.9, 1.2, 1, 1.02, 0.97], first: "as before", final: "as before" },
  { name: "one disturbed round", ratios: [1, 1, 3, 1, 1], first: "as before", final: "as before" },
  { name: "a tenth", ratios: [1.1, 1.09, 1.1, 1.08, 1.12], first: "undecided", final: "as before" },
  { name: "a fifth", ratios: [1.2, 1.25, 1.19, 1.2, 0.9], first: "undecided", final: "worse" },
  { name: "a fifth in every round", ratios: [1.2, 1.25, 1.12, 1.2, 1.3], first: "worse", final: "worse" },
  { name: "less", ratios: [0.5, 0.4, 0.6, 0.5, 0.5], first: "as before", final: "as before" },
])("$name: first $first, finally $final", ({ ratios, first, final }) => {
  expect(guardVerdict(pairsOf(ratios), false)).toBe(first);
  expect(guardVerdict(pairsOf(ratios), true)).toBe(final);
});
