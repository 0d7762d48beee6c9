/** A literal answer → `accepted` or its code; throws where the envelope is not the one that the pages print. */
import assert from "node:assert/strict";
import type { SignedCallResponse } from "./hand-signed-requests.ts";

type Parsed = Record<string, unknown>;

/** Status 200 either way, and Response alone; in it RequestId, and Error where the call is refused. */
export function cloudCode({ status, type, text }: SignedCallResponse): string {
  assert.equal(status, 200, text);
  assert.equal(type, "application/json");
  const { Response, ...beside } = JSON.parse(text) as { Response: Parsed };
  assert.deepEqual(beside, {});
  const { RequestId, Error: refusal } = Response as { RequestId: unknown; Error?: Parsed };
  assert.ok(typeof RequestId === "string" && RequestId !== "", text);
  if (!("Error" in Response)) return "accepted";
  assert.deepEqual(Object.keys(Response).sort(), ["Error", "RequestId"]);
  assert.deepEqual(Object.keys(refusal ?? {}).sort(), ["Code", "Message"]);
  assert.equal(typeof refusal?.["Message"], "string");
  return String(refusal?.["Code"]);
}

/** Status 200 either way; an integer ErrorCode that ActionStatus agrees with, and ErrorInfo. */
export function imCode({ status, text }: SignedCallResponse): string {
  assert.equal(status, 200, text);
  const { ActionStatus, ErrorCode, ErrorInfo } = JSON.parse(text) as Parsed;
  assert.ok(Number.isInteger(ErrorCode), text);
  assert.equal(ActionStatus, ErrorCode === 0 ? "OK" : "FAIL");
  assert.equal(typeof ErrorInfo, "string");
  return ErrorCode === 0 ? "accepted" : String(ErrorCode);
}

/** 200, or 400 with the exception in the body; the request id stands in a header. */
export function awsCode({ status, type, headers, text }: SignedCallResponse): string {
  assert.equal(type, "application/x-amz-json-1.1");
  assert.ok(headers.get("x-amzn-requestid"));
  if (status === 200) return "accepted";
  assert.equal(status, 400, text);
  const { __type, Message } = JSON.parse(text) as Parsed;
  assert.equal(typeof Message, "string", text);
  return String(__type);
}
