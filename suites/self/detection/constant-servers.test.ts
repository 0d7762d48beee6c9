/** Servers that refuse, or accept, without looking: not one case that expects a refusal passes there. */
import { afterAll, describe, expect, test } from "vitest";
import type { Case, Verdict } from "../../../runner/model/index.ts";
import type { Serving } from "../hostile/server.ts";
import { type Codes, startConstantServer } from "./constant-server.ts";
import { runCases } from "./run-cases.ts";

const negative = (c: Case): boolean => c.expect.outcome === "refused";

const counted = (verdicts: readonly Verdict[]) =>
  verdicts.reduce<Record<string, number>>((n, { status }) => {
    n[status] = (n[status] ?? 0) + 1;
    return n;
  }, {});

describe("accepts valid calls and refuses all else with an internal error", () => {
  test("each case that expects a refusal fails", async () => {
    const faults = [
      "internal-error-for-all",
      "zone-internal-error-for-all",
      "caller-internal-error-for-all",
      "im-internal-error-for-all",
      "aws-internal-failure-for-all",
    ];
    const { verdicts } = await runCases({ select: [], faults, only: negative });
    const other = verdicts.filter((v) => v.status !== "failed");
    expect(other.map((v) => `${v.id} ${v.status} ${v.reason}`)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(5000);
  });
});

describe("one answer for everything", () => {
  const servers: Serving[] = [];
  afterAll(() => Promise.all(servers.map((s) => s.close())));

  test.each<[string, Codes | null]>([
    ["refuses with the internal error", { cloud: "InternalError", im: 10002, aws: "InternalFailure" }],
    ["refuses with a documented code", { cloud: "InvalidParameter", im: 10004, aws: "InvalidParameterException" }],
    ["accepts", null],
  ])("%s: no negative case passes", async (_, codes) => {
    const server = await startConstantServer(codes);
    servers.push(server);
    const { verdicts } = await runCases({ select: [], endpoint: server.url, only: negative });
    const { failed = 0, indeterminate = 0, ...others } = counted(verdicts);
    expect(others).toEqual({});
    expect(failed + indeterminate).toBeGreaterThan(5000);
    // What refuses everything proves nothing either way; what accepts everything is wrong wherever it could be asked.
    if (codes) expect(failed).toBe(0);
    else expect(failed).toBeGreaterThan(1000);
  });
});
