/** Equal calls at once: what the copies got decides, and a copy that was busy first decides nothing. */
import { describe, expect, test } from "vitest";
import { checks } from "../../../runner/check/checks/index.ts";
import { createRequestIdHistory } from "../../../runner/check/request-id-history.ts";
import type { Case, ConcurrencyPlan, Exchange, Outcome } from "../../../runner/model/index.ts";
import { evaluateConcurrency } from "../../../runner/run/evaluate/concurrency.ts";
import type { EvaluationContext } from "../../../runner/run/evaluate/context.ts";
import type { SendResult } from "../../../runner/run/send/send.ts";
import { specsOf } from "../../vitest.ts";

const id = "tencent/iai/CreateGroup";
const action = specsOf().actions.get(id);
if (!action) throw new Error(`no ${id}`);
const taken = "InvalidParameterValue.GroupIdAlreadyExist";
const race: ConcurrencyPlan = { copies: 3, codes: [taken], level: "must" };
const c = { id: `${id}/concurrency/x@tc3-post`, action, level: "must", expect: { outcome: "success" }, fits: [], race };
let n = 0;

/** An answer of the tencent-cloud envelope: accepted, or refused with a code. */
function got(code: string | null, more: Partial<SendResult> = {}): SendResult {
  const RequestId = `r-${n++}`;
  const body = { Response: code === null ? { RequestId } : { Error: { Code: code, Message: "" }, RequestId } };
  const response = { status: 200, headers: [["content-type", "application/json"]], body: Buffer.from("{}") } as const;
  const exchange = { role: "judged", action: id, binding: "tc3-post", response, ms: 1 } as unknown as Exchange;
  const outcome: Outcome =
    code === null
      ? { kind: "success", body, output: body.Response, requestId: RequestId }
      : { kind: "refusal", code, body, requestId: RequestId };
  return { exchange, outcome, ...more };
}

async function status(...answers: SendResult[]): Promise<string> {
  const left = [...answers];
  const j = {
    ids: createRequestIdHistory(),
    checks,
    sending: { turn: () => undefined },
  } as unknown as EvaluationContext;
  const once = async () => left.shift() ?? got(taken);
  return (await evaluateConcurrency(j, c as unknown as Case, race, {}, once)).status;
}

describe("of three equal creates", () => {
  test.each([
    ["one is accepted", [got(null), got(taken), got(taken)], "passed"],
    ["two are accepted", [got(null), got(null), got(taken)], "failed"],
    ["none is accepted", [got(taken), got(taken), got(taken)], "failed"],
    [
      "a loser gets a code of another thing",
      [got(null), got(taken), got("InvalidParameterValue.GroupIdTooLong")],
      "failed",
    ],
    ["a loser is told that the target is busy", [got(null), got(taken), got("FailedOperation.ServerError")], "passed"],
    [
      "none is accepted, but one was busy first",
      [got(taken, { repeated: true }), got(taken), got(taken)],
      "indeterminate",
    ],
    ["two are accepted and one is not answered", [got(null), got(null), silent()], "failed"],
    ["one is not answered", [got(null), got(taken), silent()], "indeterminate"],
  ])("%s", async (_, answers, expected) => {
    expect(await status(...answers)).toBe(expected);
  });
});

function silent(): SendResult {
  const { exchange } = got(null);
  return { exchange: { ...exchange, response: { reason: "timeout", detail: "" } }, outcome: null };
}
