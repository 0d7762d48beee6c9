/** Servers whose response does not depend on the request: no case that expects a refusal passes. */
import { describe, expect, test } from "vitest";
import type { Case, Verdict } from "../../../runner/model/index.ts";
import { createConstantTransport, type RefusalCodes } from "./constant-transport.ts";
import { runCases } from "./run-cases.ts";
import { globsWithFewCharsets } from "./selections.ts";

const select = globsWithFewCharsets("**");
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
    // Every refusal with an internal error is asked for again, so only the first breach of each rule is sent.
    const { verdicts } = await runCases({
      select: [],
      depth: "quick",
      faults,
      only: expectsRefusal,
      fakeClock: true,
      workers: 64,
    });
    const notFailed = verdicts.filter((v) => v.status !== "failed");
    expect(notFailed.map((v) => `${v.id} ${v.status} ${v.reason}`)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(900);
  });
});

describe("the same response for every call", () => {
  test.each<[string, RefusalCodes | null]>([
    ["a refusal with the internal error", { cloud: "InternalError", im: 10002, aws: "InternalFailure" }],
    ["a refusal with a documented code", { cloud: "InvalidParameter", im: 10004, aws: "InvalidParameterException" }],
    ["a success", null],
  ])("%s: no case that expects a refusal passes", async (_, codes) => {
    const { verdicts } = await runCases({
      select,
      fakeClock: true,
      workers: 64,
      wrapTransport: () => createConstantTransport(codes),
      only: expectsRefusal,
    });
    const { failed = 0, indeterminate = 0, ...others } = countByStatus(verdicts);
    expect(others).toEqual({});
    expect(failed + indeterminate).toBeGreaterThan(2000);
    // If every call is refused, the controls fail too, so cases are indeterminate. If every call is accepted, cases whose control works fail.
    if (codes) expect(failed).toBe(0);
    else expect(failed).toBeGreaterThan(1000);
  });
});
