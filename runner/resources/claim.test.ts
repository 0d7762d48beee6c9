/** Whose a thing is: what is deleted must be ours beyond doubt. */
import { expect, test } from "vitest";
import type { Json } from "../model.ts";
import { oursOf } from "./claim.ts";
import type { OpenEntry } from "./ledger.ts";

const run = "1f0cxxv1lmqbn";
const entry = (more: Partial<OpenEntry>): OpenEntry => ({
  n: 0,
  service: "a/b",
  resource: "thing",
  action: "CreateThing",
  input: {},
  in: {},
  ...more,
});

test.each<[string, Json, boolean]>([
  ["what carries the run's id", `x-${run}x1`, true],
  ["also within a list", [`${run}x1`], true],
  ["what the server named for us", "g-0000000001", true],
  ["what another run made", "x-1f0cxxv1lmqbm", false],
  ["a short id that we chose for something else", "8", false],
  ["what begins with the run's id cut short", run.slice(0, -1), false],
  ["a number", 8, false],
])("%s", (_, value, ours) => {
  const told = [entry({ id: "g-0000000001", input: { Name: `${run}x2` } }), entry({ id: "8", input: { UserId: "8" } })];
  expect(oursOf(run, told)(value)).toBe(ours);
});
