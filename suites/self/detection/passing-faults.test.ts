/** A target that answers every fiftieth call with an internal fault, before or after the call had its effect: no case fails. */
import { describe, expect, test } from "vitest";
import type { Transport } from "../../../runner/transport/transport.ts";
import { createConstantTransport } from "./constant-transport.ts";
import { runCases } from "./run-cases.ts";
import { globsWithFewCharsets } from "./selections.ts";

const EVERY = 50;

/** `afterEffect`: the call is executed, and only its response is replaced. */
function withFaults(transport: Transport, afterEffect: boolean): Transport {
  const faulty = createConstantTransport({ cloud: "InternalError", im: 10002, aws: "InternalServerError" });
  let requests = 0;
  return {
    ...transport,
    send: async (...request) => {
      requests++;
      if (requests % EVERY !== 0) return transport.send(...request);
      if (afterEffect) await transport.send(...request);
      return faulty.send(...request);
    },
  };
}

describe.each([
  ["before", false],
  ["after", true],
])("every fiftieth call: an internal fault %s its effect", (_, afterEffect) => {
  test("no case fails, and each has a verdict", async () => {
    const actions = ["tencent/iai/CreateGroup", "tencent/organization/RemoveUserFromGroup", "tencent/im/*"];
    const { verdicts, leftovers, extraResources, runProblems } = await runCases({
      select: [...actions.flatMap(globsWithFewCharsets), ...actions.map((action) => `${action}/concurrency/**`)],
      // One case at a time, so that a case that is evaluated again does not meet the next fault.
      workers: 1,
      fakeClock: true,
      wrapTransport: (transport) => withFaults(transport, afterEffect),
    });
    const others = verdicts.filter((v) => v.status !== "passed" && v.status !== "observed");
    expect(others.map((v) => `${v.id} ${v.status} ${v.actual} ${v.reason}`)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(600);
    // A resource that may be left has an id too short for the id of the run, and is named.
    expect(runProblems.filter((problem) => !problem.includes("does not contain the run id"))).toEqual([]);
    expect(leftovers).toBe(runProblems.length);
    expect(extraResources).toBeLessThanOrEqual(leftovers);
  });
});
