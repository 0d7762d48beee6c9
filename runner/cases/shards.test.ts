/** The division of a plan: whole actions, every case in exactly one shard, even by calls, always the same. */
import { describe, expect, test } from "vitest";
import { selectCases } from "../cli/select-cases.ts";
import type { SelectionOptions } from "../cli/shared-options.ts";
import type { Shard } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { estimateCosts } from "./cost.ts";
import { assignActions, ownMutations, planShard } from "./shards.ts";

const specs = loadSpecs(builtInSpecs());
const select = (...globs: string[]) => ({ depth: "quick" as const, select: globs });
const partOf = (selection: SelectionOptions, shard: Shard) => {
  const cases = [...selectCases(specs, selection)];
  return planShard(cases, shard, estimateCosts(cases));
};
const shardsOf = (count: number) => Array.from({ length: count }, (_, i) => partOf(select(), { index: i + 1, count }));

describe.each([1, 2, 5, 34])("%i shards", (count) => {
  const whole = [...selectCases(specs, select())].map((c) => c.id);
  const shards = shardsOf(count);

  test("have every case once, at its place in the whole plan", () => {
    const merged: string[] = [];
    for (const { actions, firstIndexes, cases } of shards) {
      const own = [...selectCases({ actions }, select())];
      expect(own).toHaveLength(cases);
      const next = new Map(firstIndexes);
      for (const c of own) {
        const index = next.get(c.action.id) ?? -1;
        next.set(c.action.id, index + 1);
        merged[index] = c.id;
      }
    }
    expect(merged).toEqual(whole);
  });

  test("have equal plans, which differ from those of another selection", () => {
    const [first, ...others] = shards.map((shard) => shard.whole);
    for (const plan of others) expect(plan).toEqual(first);
    const other = partOf(select("aws/**"), { index: 1, count });
    expect(other.whole.digest).not.toBe(first?.digest);
  });
});

test("no shard has more calls than the average and the longest action", () => {
  const calls = new Map(
    [...estimateCosts(selectCases(specs, select()))].map(([action, cost]) => [action.id, cost.calls]),
  );
  const total = [...calls.values()].reduce((a, b) => a + b);
  for (const count of [2, 3, 5, 8]) {
    const loads = assignActions(calls, count).map((actions) =>
      [...actions].reduce((sum, action) => sum + (calls.get(action) ?? 0), 0),
    );
    expect(loads.reduce((a, b) => a + b)).toBe(total);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...calls.values()));
  }
});

test("the limit of calls that change state is divided: the sum keeps it, and each shard has enough for its plan", () => {
  const shards = shardsOf(5);
  const planned = shards[0]?.whole.mutating ?? 0;
  expect(planned).toBeGreaterThan(1000);
  for (const limit of [planned, planned + 7, 3 * planned]) {
    const own = shards.map((shard) => ownMutations(limit, shard));
    expect(own.reduce((a, b) => a + b)).toBeLessThanOrEqual(limit);
    for (const [i, shard] of shards.entries()) expect(own[i]).toBeGreaterThanOrEqual(shard.mutating);
  }
  const readOnly = partOf({ ...select(), readOnly: true }, { index: 1, count: 2 });
  expect(ownMutations(3, readOnly)).toBe(3);
});

test("the longest action comes first; equal ones keep their order, and the first shard is filled first", () => {
  const calls = new Map(Object.entries({ a: 1, b: 5, c: 3, d: 3, e: 2 }));
  expect(assignActions(calls, 2).map((actions) => [...actions])).toEqual([
    ["b", "e"],
    ["c", "d", "a"],
  ]);
  expect(assignActions(new Map([["a", 1]]), 3).map(({ size }) => size)).toEqual([1, 0, 0]);
});
