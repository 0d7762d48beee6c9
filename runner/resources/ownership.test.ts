/** Only resources that certainly belong to the run count as owned. */
import { expect, test } from "vitest";
import type { Json } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { standaloneLease } from "./lease.ts";
import type { OpenEntry } from "./ledger.ts";
import { containerIsMissing, ownedByRun } from "./ownership.ts";
import type { ResourceContext } from "./resource-context.ts";

const run = "1f0cxxv1lmqbn";
const entry = (overrides: Partial<OpenEntry>): OpenEntry => ({
  number: 0,
  service: "a/b",
  resource: "thing",
  action: "CreateThing",
  input: {},
  containers: {},
  ...overrides,
});

test.each<[string, Json, boolean]>([
  ["an id that contains the run id", `x-${run}x1`, true],
  ["a list with such an id", [`${run}x1`], true],
  ["an id that the target chose for a resource of the run", "g-0000000001", true],
  ["an id that contains another run id", "x-1f0cxxv1lmqbm", false],
  ["a short id that the run chose for another resource", "8", false],
  ["an id that contains the run id without its last character", run.slice(0, -1), false],
  ["a number", 8, false],
])("owned or not: %s", (_, value, isOwned) => {
  const entries = [
    entry({ id: "g-0000000001", input: { Name: `${run}x2` } }),
    entry({ id: "8", input: { UserId: "8" } }),
  ];
  expect(ownedByRun(run, entries)(value)).toBe(isOwned);
});

const service = loadSpecs(builtInSpecs()).actions.get("tencent/organization/AddUserToGroup")?.service;
const [member, group, zone] = ["member", "group", "zone"].map((name) => service?.resources.get(name));

test.each<[string, "member" | "zone", number, string, boolean]>([
  ["the target refuses the id of the group", "member", 1, "InvalidParameter", true],
  ["the probe has no id for the group", "member", 0, "InvalidParameter", false],
  ["the code is about the state, not the request", "member", 1, "FailedOperation.ZoneIdNotExist", false],
  ["the resource has no container", "zone", 0, "InvalidParameter", false],
])("container missing or not: %s", (_, resourceName, containers, code, isMissing) => {
  const resource = resourceName === "member" ? member : zone;
  if (!service || !resource || !group) throw new Error("the specs have no such resource");
  const containerLeases = Array.from({ length: containers }, () => standaloneLease(group, 7, {}, [], null));
  const lease = standaloneLease(resource, "u-1", {}, containerLeases, 1);
  expect(containerIsMissing({ service } as ResourceContext, lease, "ListGroupMembers", code)).toBe(isMissing);
});
