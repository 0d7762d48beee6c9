/** Whose a thing is: what is deleted must be ours beyond doubt. */
import { expect, test } from "vitest";
import type { Json } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { standaloneLease } from "./lease.ts";
import type { OpenEntry } from "./ledger.ts";
import { containerIsMissing, ownedByRun } from "./ownership.ts";
import type { ResourceContext } from "./resource-context.ts";

const run = "1f0cxxv1lmqbn";
const entry = (more: Partial<OpenEntry>): OpenEntry => ({
  number: 0,
  service: "a/b",
  resource: "thing",
  action: "CreateThing",
  input: {},
  containers: {},
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
  expect(ownedByRun(run, told)(value)).toBe(ours);
});

const service = loadSpecs(builtInSpecs()).actions.get("tencent/organization/AddUserToGroup")?.service;
const [member, group, zone] = ["member", "group", "zone"].map((name) => service?.resources.get(name));

test.each<[string, "member" | "zone", number, string, boolean]>([
  ["a group that the target does not take holds nobody", "member", 1, "InvalidParameter", true],
  ["a question that could not name the group proves nothing", "member", 0, "InvalidParameter", false],
  ["a code that speaks of the state is no such refusal", "member", 1, "FailedOperation.ZoneIdNotExist", false],
  ["what stands in nothing may be anywhere", "zone", 0, "InvalidParameter", false],
])("%s", (_, of, containers, code, nowhere) => {
  const resource = of === "member" ? member : zone;
  if (!service || !resource || !group) throw new Error("the specs have no such resource");
  const inside = Array.from({ length: containers }, () => standaloneLease(group, 7, {}, [], null));
  const lease = standaloneLease(resource, "u-1", {}, inside, 1);
  expect(containerIsMissing({ service } as ResourceContext, lease, "ListGroupMembers", code)).toBe(nowhere);
});
