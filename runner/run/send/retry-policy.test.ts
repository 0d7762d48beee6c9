/** Which responses lead to a retry, and whether the call may already have had an effect. */
import { describe, expect, test } from "vitest";
import type { Action, ExchangeRole, HttpResponse, Outcome } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { createBackoff } from "./backoff.ts";
import { retryAdvice } from "./retry-policy.ts";

const { actions } = loadSpecs(builtInSpecs());
const action = (id: string): Action => {
  const loaded = actions.get(id);
  if (!loaded) throw new Error(id);
  return loaded;
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

interface Attempt {
  readonly called?: Action;
  readonly role?: ExchangeRole;
  readonly outcome: Outcome | null;
  readonly received?: Parameters<typeof retryAdvice>[0]["response"];
  readonly expected?: string[];
}

const adviceFor = ({ called = create, role = "judged", outcome, received = response(200), expected = [] }: Attempt) =>
  retryAdvice({
    call: { action: called, binding: "tc3-post", members: {} },
    role,
    expected,
    response: received,
    outcome,
    now,
  });

describe("retried, with a possible effect of the first attempt or without", () => {
  test.each<[string, Attempt, boolean]>([
    ["a throttled call: no effect", { outcome: refusal("RequestLimitExceeded") }, true],
    [
      "a throttled call with an undocumented code: no effect",
      { outcome: refusal("RequestLimitExceeded.ActionLimitExceeded") },
      true,
    ],
    ["status 429 with any code: no effect", { outcome: refusal("SlowDown"), received: response(429) }, true],
    ["a busy response to a create: possible effect", { outcome: refusal("FailedOperation.ConflictOperation") }, false],
    ["a busy response to a read: no effect", { called: read, outcome: refusal("FailedOperation.ServerError") }, true],
    [
      "a busy response to a delete: repeatable",
      { role: "cleanup", outcome: refusal("FailedOperation.GroupInDeletedState") },
      true,
    ],
    ["status 429 of a gateway: no effect", { outcome: unreadable, received: response(429) }, true],
    ["status 503 of a gateway to a create: possible effect", { outcome: unreadable, received: response(503) }, false],
    [
      "status 503 of a gateway to a read: no effect",
      { called: read, outcome: unreadable, received: response(503) },
      true,
    ],
    [
      "an internal fault of a read: no effect",
      { called: read, role: "probe", outcome: refusal("InternalError") },
      true,
    ],
    ["an internal fault of a delete: repeatable", { role: "cleanup", outcome: refusal("InternalError") }, true],
    ["a refused connection: no effect", { outcome: null, received: { reason: "refused", detail: "" } }, true],
    [
      "a reset connection of a read: no effect",
      { called: read, outcome: null, received: { reason: "reset", detail: "" } },
      true,
    ],
  ])("%s", (_, attempt, safe) => {
    expect(adviceFor(attempt)?.safe).toBe(safe);
  });

  test.each<[string, Attempt]>([
    ["a success", { outcome: { kind: "success", body: {}, output: {} } }],
    ["an expected code", { outcome: refusal("RequestLimitExceeded"), expected: ["RequestLimitExceeded"] }],
    ["a code whose cause is the request", { outcome: refusal("InvalidParameterValue.GroupIdTooLong") }],
    ["an internal fault of a create", { role: "setup", outcome: refusal("InternalError") }],
    ["an internal fault of a judged call", { called: read, outcome: refusal("InternalError") }],
    ["status 200 with HTML", { outcome: unreadable }],
    ["a reset connection of a create", { outcome: null, received: { reason: "reset", detail: "" } }],
    ["a timeout", { called: read, outcome: null, received: { reason: "timeout", detail: "" } }],
    ["a call that a guard withheld", { called: read, outcome: null, received: { reason: "withheld", detail: "" } }],
  ])("not %s", (_, attempt) => {
    expect(adviceFor(attempt)).toBeNull();
  });
});

test("a read whose connection was idle before it was reset is retried without a pause, a create is not retried", () => {
  const attempt = { called: read, outcome: null, received: { reason: "reset", detail: "" } } as const;
  const received = { ...attempt.received, reused: true } as const;
  expect(adviceFor(attempt)?.atOnce).toBe(false);
  expect(adviceFor({ ...attempt, received })).toMatchObject({ atOnce: true, safe: true });
  expect(adviceFor({ ...attempt, received, called: create })).toBeNull();
});

test("an internal fault is retried once, a busy response three times", () => {
  expect(adviceFor({ role: "cleanup", outcome: refusal("InternalError") })?.maxRetries).toBe(1);
  expect(adviceFor({ called: read, outcome: refusal("FailedOperation.ServerError") })?.maxRetries).toBe(3);
});

describe("Retry-After", () => {
  test.each<[string, number]>([
    ["7", 7000],
    [new Date(now + 9000).toUTCString(), 9000],
    [new Date(now - 9000).toUTCString(), 0],
    ["-5", 0],
    ["soon", 0],
    ["", 0],
  ])("%s", (text, ms) => {
    expect(adviceFor({ outcome: unreadable, received: response(429, ["retry-after", text]) })?.retryAfterMs).toBe(ms);
  });
});

describe("backoff", () => {
  function recordedBackoff(interrupted = false) {
    const slept: number[] = [];
    const sleep = async (ms: number) => void slept.push(ms);
    const backoff = createBackoff({ sleep, nonce: () => 2 ** 31, interrupted: () => interrupted });
    return { backoff, total: () => slept.reduce((a, b) => a + b, 0) };
  }
  const busy = { safe: true, retryAfterMs: 0, maxRetries: 3 };

  test("pauses longer before each retry, up to the maximum number of retries", async () => {
    const { backoff, total } = recordedBackoff();
    expect([await backoff(1, busy, "judged"), total()]).toEqual([true, 250]);
    expect([await backoff(2, busy, "judged"), total()]).toEqual([true, 1250]);
    expect([await backoff(3, busy, "judged"), total()]).toEqual([true, 5250]);
    expect(await backoff(4, busy, "judged")).toBe(false);
    expect(await backoff(3, { ...busy, maxRetries: 2 }, "judged")).toBe(false);
  });

  test("does not pause before the first retry where it may be at once", async () => {
    const { backoff, total } = recordedBackoff();
    expect([await backoff(1, { ...busy, atOnce: true }, "judged"), total()]).toEqual([true, 0]);
    expect([await backoff(2, { ...busy, atOnce: true }, "judged"), total()]).toEqual([true, 1000]);
    expect(await recordedBackoff(true).backoff(1, { ...busy, atOnce: true }, "judged")).toBe(false);
  });

  test("pauses as long as Retry-After requests, up to 30 s", async () => {
    const { backoff, total } = recordedBackoff();
    expect([await backoff(1, { ...busy, retryAfterMs: 9000 }, "judged"), total()]).toEqual([true, 9000]);
    expect([await backoff(1, { ...busy, retryAfterMs: 3_600_000 }, "judged"), total()]).toEqual([false, 9000]);
  });

  test("an interruption ends the pause, except for clean-up", async () => {
    const { backoff, total } = recordedBackoff(true);
    expect([await backoff(1, busy, "judged"), total()]).toEqual([false, 0]);
    expect([await backoff(1, busy, "cleanup"), total()]).toEqual([true, 250]);
  });
});
