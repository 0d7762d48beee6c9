/** The verdict on identical concurrent calls: decided by their responses, and indeterminate if a call was retried after a busy response. */
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
const existsCode = "InvalidParameterValue.GroupIdAlreadyExist";
const concurrency: ConcurrencyPlan = { copies: 3, codes: [existsCode], level: "must" };
const testCase = {
  id: `${id}/concurrency/x@tc3-post`,
  action,
  level: "must",
  expect: { outcome: "success" },
  acceptableCauses: [],
  concurrency: concurrency,
};
let responseCount = 0;

/** A response in the tencent-cloud envelope: a success for null, else a refusal with the code. */
function sendResult(code: string | null, extra: Partial<SendResult> = {}): SendResult {
  const RequestId = `r-${responseCount++}`;
  const body = { Response: code === null ? { RequestId } : { Error: { Code: code, Message: "" }, RequestId } };
  const response = { status: 200, headers: [["content-type", "application/json"]], body: Buffer.from("{}") } as const;
  const exchange = { role: "judged", action: id, binding: "tc3-post", response, durationMs: 1 } as unknown as Exchange;
  const outcome: Outcome =
    code === null
      ? { kind: "success", body, output: body.Response, requestId: RequestId }
      : { kind: "refusal", code, body, requestId: RequestId };
  return { exchange, outcome, ...extra };
}

async function statusFor(...responses: SendResult[]): Promise<string> {
  const remaining = [...responses];
  const context = {
    ids: createRequestIdHistory(),
    checks,
    sendContext: { acquire: () => undefined },
  } as unknown as EvaluationContext;
  const sendNext = async () => remaining.shift() ?? sendResult(existsCode);
  return (await evaluateConcurrency(context, testCase as unknown as Case, concurrency, {}, sendNext)).status;
}

describe("of three equal creates", () => {
  test.each([
    ["one is accepted", [sendResult(null), sendResult(existsCode), sendResult(existsCode)], "passed"],
    ["two are accepted", [sendResult(null), sendResult(null), sendResult(existsCode)], "failed"],
    ["none is accepted", [sendResult(existsCode), sendResult(existsCode), sendResult(existsCode)], "failed"],
    [
      "a refused call gets the code of another problem",
      [sendResult(null), sendResult(existsCode), sendResult("InvalidParameterValue.GroupIdTooLong")],
      "failed",
    ],
    [
      "a refused call gets the code of a busy target",
      [sendResult(null), sendResult(existsCode), sendResult("FailedOperation.ServerError")],
      "passed",
    ],
    [
      "none is accepted, but one was retried after a busy response",
      [sendResult(existsCode, { unsafeRetry: true }), sendResult(existsCode), sendResult(existsCode)],
      "indeterminate",
    ],
    ["two are accepted and one gets no response", [sendResult(null), sendResult(null), noResponse()], "failed"],
    ["one gets no response", [sendResult(null), sendResult(existsCode), noResponse()], "indeterminate"],
  ])("%s", async (_, responses, expected) => {
    expect(await statusFor(...responses)).toBe(expected);
  });
});

function noResponse(): SendResult {
  const { exchange } = sendResult(null);
  return { exchange: { ...exchange, response: { reason: "timeout", detail: "" } }, outcome: null };
}
