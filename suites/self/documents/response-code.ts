/** A response → `accepted` or the code of the refusal. @throws if the envelope differs from the documented one. */
import assert from "node:assert/strict";
import type { ReceivedResponse } from "./hand-signed-requests.ts";

type Parsed = Record<string, unknown>;

/** HTTP 200 for both outcomes; the only member is Response, with RequestId, and Error if the call is refused. */
export function cloudCode({ status, type, text }: ReceivedResponse): string {
  assert.equal(status, 200, text);
  assert.equal(type, "application/json");
  const { Response, ...extraMembers } = JSON.parse(text) as { Response: Parsed };
  assert.deepEqual(extraMembers, {});
  const { RequestId, Error: refusal } = Response as { RequestId: unknown; Error?: Parsed };
  assert.ok(typeof RequestId === "string" && RequestId !== "", text);
  if (!("Error" in Response)) return "accepted";
  assert.deepEqual(Object.keys(Response).sort(), ["Error", "RequestId"]);
  assert.deepEqual(Object.keys(refusal ?? {}).sort(), ["Code", "Message"]);
  assert.equal(typeof refusal?.["Message"], "string");
  return String(refusal?.["Code"]);
}

/** HTTP 200 for both outcomes; an integer ErrorCode, the ActionStatus that belongs to it, and ErrorInfo. */
export function imCode({ status, text }: ReceivedResponse): string {
  assert.equal(status, 200, text);
  const { ActionStatus, ErrorCode, ErrorInfo } = JSON.parse(text) as Parsed;
  assert.ok(Number.isInteger(ErrorCode), text);
  assert.equal(ActionStatus, ErrorCode === 0 ? "OK" : "FAIL");
  assert.equal(typeof ErrorInfo, "string");
  return ErrorCode === 0 ? "accepted" : String(ErrorCode);
}

/** HTTP 200, or 400 with the exception in the body; the request id is in a header. */
export function awsCode({ status, type, headers, text }: ReceivedResponse): string {
  assert.equal(type, "application/x-amz-json-1.1");
  assert.ok(headers.get("x-amzn-requestid"));
  if (status === 200) return "accepted";
  assert.equal(status, 400, text);
  const { __type, Message } = JSON.parse(text) as Parsed;
  assert.equal(typeof Message, "string", text);
  return String(__type);
}
