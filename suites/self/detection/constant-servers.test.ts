/** Servers whose response does not depend on the request: no case that expects a refusal passes. */
import { afterAll, describe, expect, test } from "vitest";
import type { Case, Verdict } from "../../../runner/model/index.ts";
import type { TestServer } from "../hostile/server.ts";
import { type RefusalCodes, startConstantServer } from "./constant-server.ts";
import { runCases } from "./run-cases.ts";

const expectsRefusal = (c: Case): boolean => c.expect.outcome === "refused";

const countByStatus = (verdicts: readonly Verdict[]) =>
  verdicts.reduce<Record<string, number>>((n, { status }) => {
    n[status] = (n[status] ?? 0) + 1;
    return n;
  }, {});

describe("valid calls are accepted, all others refused with an internal error", () => {
  test("each case that expects a refusal fails", async () => {
    const faults = [
      "internal-error-for-all",
      "zone-internal-error-for-all",
      "caller-internal-error-for-all",
      "im-internal-error-for-all",
      "aws-internal-failure-for-all",
    ];
    const { verdicts } = await runCases({ select: [], faults, only: expectsRefusal });
    const notFailed = verdicts.filter((v) => v.status !== "failed");
    expect(notFailed.map((v) => `${v.id} ${v.status} ${v.reason}`)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(5000);
  });
});

describe("the same response for every call", () => {
  const servers: TestServer[] = [];
  afterAll(() => Promise.all(servers.map((s) => s.close())));

  test.each<[string, RefusalCodes | null]>([
    ["a refusal with the internal error", { cloud: "InternalError", im: 10002, aws: "InternalFailure" }],
    ["a refusal with a documented code", { cloud: "InvalidParameter", im: 10004, aws: "InvalidParameterException" }],
    ["a success", null],
  ])("%s: no case that expects a refusal passes", async (_, codes) => {
    const server = await startConstantServer(codes);
    servers.push(server);
    const { verdicts } = await runCases({ select: [], endpoint: server.url, only: expectsRefusal });
    const { failed = 0, indeterminate = 0, ...others } = countByStatus(verdicts);
    expect(others).toEqual({});
    expect(failed + indeterminate).toBeGreaterThan(5000);
    // If every call is refused, the controls fail too, so cases are indeterminate. If every call is accepted, cases whose control works fail.
    if (codes) expect(failed).toBe(0);
    else expect(failed).toBeGreaterThan(1000);
  });
});
