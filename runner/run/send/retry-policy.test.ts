/** Which answers are asked for again, and whether the call may have done its work already. */
import { describe, expect, test } from "vitest";
import type { Action, ExchangeRole, HttpResponse, Outcome } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { createBackoff } from "./backoff.ts";
import { retryAdvice } from "./retry-policy.ts";

const { actions } = loadSpecs(builtInSpecs());
const action = (id: string): Action => {
  const found = actions.get(id);
  if (!found) throw new Error(id);
  return found;
};
const create = action("tencent/iai/CreateGroup");
const read = action("tencent/iai/GetGroupList");
const now = Date.UTC(2026, 10, 21, 12);

const response = (status: number, ...headers: [string, string][]): HttpResponse => ({
  status,
  headers,
  body: new Uint8Array(),
});
const refusal = (code: string): Outcome => ({ kind: "refusal", code, body: {} });
const unreadable: Outcome = { kind: "unreadable", reason: "html", body: undefined };

interface Asked {
  readonly of?: Action;
  readonly role?: ExchangeRole;
  readonly outcome: Outcome | null;
  readonly answer?: Parameters<typeof retryAdvice>[0]["response"];
  readonly expected?: string[];
}

const ask = ({ of = create, role = "judged", outcome, answer = response(200), expected = [] }: Asked) =>
  retryAdvice({
    call: { action: of, binding: "tc3-post", members: {} },
    role,
    expected,
    response: answer,
    outcome,
    now,
  });

describe("asked again", () => {
  test.each<[string, Asked, boolean]>([
    ["a throttled call did nothing", { outcome: refusal("RequestLimitExceeded") }, true],
    ["a throttled call by a code of no table", { outcome: refusal("RequestLimitExceeded.ActionLimitExceeded") }, true],
    ["429 with any code", { outcome: refusal("SlowDown"), answer: response(429) }, true],
    ["a busy one may have done its work", { outcome: refusal("FailedOperation.ConflictOperation") }, false],
    ["a busy one that only looks", { of: read, outcome: refusal("FailedOperation.ServerError") }, true],
    ["a delete that is busy", { role: "cleanup", outcome: refusal("FailedOperation.GroupInDeletedState") }, true],
    ["429 of a gateway", { outcome: unreadable, answer: response(429) }, true],
    ["503 of a gateway to a create", { outcome: unreadable, answer: response(503) }, false],
    ["503 of a gateway to one that only looks", { of: read, outcome: unreadable, answer: response(503) }, true],
    ["no connection", { outcome: null, answer: { reason: "refused", detail: "" } }, true],
    ["a reset of one that only looks", { of: read, outcome: null, answer: { reason: "reset", detail: "" } }, true],
  ])("%s", (_, asked, harmless) => {
    expect(ask(asked)?.safe).toBe(harmless);
  });

  test.each<[string, Asked]>([
    ["a success", { outcome: { kind: "success", body: {}, output: {} } }],
    ["a code that the case is about", { outcome: refusal("RequestLimitExceeded"), expected: ["RequestLimitExceeded"] }],
    ["a code that speaks of the request", { outcome: refusal("InvalidParameterValue.GroupIdTooLong") }],
    ["200 with HTML", { outcome: unreadable }],
    ["a reset create", { outcome: null, answer: { reason: "reset", detail: "" } }],
    ["a timeout", { of: read, outcome: null, answer: { reason: "timeout", detail: "" } }],
    ["what a guard kept back", { of: read, outcome: null, answer: { reason: "withheld", detail: "" } }],
  ])("not %s", (_, asked) => {
    expect(ask(asked)).toBeNull();
  });
});

describe("Retry-After", () => {
  test.each<[string, number]>([
    ["7", 7000],
    [new Date(now + 9000).toUTCString(), 9000],
    [new Date(now - 9000).toUTCString(), 0],
    ["-5", 0],
    ["soon", 0],
    ["", 0],
  ])("%s", (text, after) => {
    expect(ask({ outcome: unreadable, answer: response(429, ["retry-after", text]) })?.after).toBe(after);
  });
});

describe("patience", () => {
  function waiting(interrupted = false) {
    const slept: number[] = [];
    const sleep = async (ms: number) => void slept.push(ms);
    const wait = createBackoff({ sleep, nonce: () => 2 ** 31, interrupted: () => interrupted });
    return { wait, total: () => slept.reduce((a, b) => a + b, 0) };
  }
  const busy = { safe: true, after: 0, maxRetries: 3 };

  test("waits longer each time, and then no more", async () => {
    const { wait, total } = waiting();
    expect([await wait(1, busy, "judged"), total()]).toEqual([true, 250]);
    expect([await wait(2, busy, "judged"), total()]).toEqual([true, 1250]);
    expect([await wait(3, busy, "judged"), total()]).toEqual([true, 5250]);
    expect(await wait(4, busy, "judged")).toBe(false);
    expect(await wait(3, { ...busy, maxRetries: 2 }, "judged")).toBe(false);
  });

  test("waits as long as it is asked to, within reason", async () => {
    const { wait, total } = waiting();
    expect([await wait(1, { ...busy, after: 9000 }, "judged"), total()]).toEqual([true, 9000]);
    expect([await wait(1, { ...busy, after: 3_600_000 }, "judged"), total()]).toEqual([false, 9000]);
  });

  test("an interruption ends the waiting, but for clean-up", async () => {
    const { wait, total } = waiting(true);
    expect([await wait(1, busy, "judged"), total()]).toEqual([false, 0]);
    expect([await wait(1, busy, "cleanup"), total()]).toEqual([true, 250]);
  });
});
