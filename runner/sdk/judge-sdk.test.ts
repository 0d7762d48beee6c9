/** What decides nothing about an SDK: its own refusals, a driver that fails, a call that never reached the server. */
import { expect, test } from "vitest";
import type { Action, CallMembers } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import type { CallEnd } from "./driver/driver.ts";
import { judgeSdk } from "./judge-sdk.ts";
import { plainRefusal, plainSuccess } from "./plain-answer.ts";
import { type SdkTemplate, toSdkCase } from "./sdk-case.ts";
import type { ReceivedCall } from "./server/received-call.ts";

const action = loadSpecs(builtInSpecs()).actions.get("tencent/iai/DeleteGroup") as Action;
const members: CallMembers = { GroupId: "a" };
const caseOf = (changes: Partial<SdkTemplate>) =>
  toSdkCase(
    { place: "call", slug: "x", title: "", source: {}, ...plainSuccess(action), ...changes },
    action,
    "sdk-x",
    "tc3-post",
  );
const body = '{"Response":{"Error":{"Code":"A","Message":""},"RequestId":"r"}}';
const answered = {
  response: { status: 200, headers: [], body: Buffer.from(body) },
  atMs: 0,
} as unknown as ReceivedCall;
const error = (kind: "api" | "client" | "network", code = "E"): CallEnd => ({
  kind: "error",
  error: { kind, code, message: "m", requestId: "r" },
});

test.each<[string, Partial<SdkTemplate>, readonly ReceivedCall[], CallEnd, string, string]>([
  ["a refusal by the SDK itself", {}, [], error("client"), "observed", "refused locally: E"],
  [
    "a call that is sent to no server",
    {},
    [],
    error("network"),
    "indeterminate",
    "no request came to ASSAY_ENDPOINT (network error: m)",
  ],
  ["a driver that fails", {}, [answered], { kind: "driver-failure", reason: "it ended" }, "indeterminate", "it ended"],
  [
    "a driver that hangs although the server answered",
    {},
    [answered],
    { kind: "no-result", reason: "no result within 1 s" },
    "indeterminate",
    "the driver gave no result within 1 s although the server answered",
  ],
  [
    "a call that the driver cannot make",
    {},
    [],
    { kind: "unsupported", reason: "no client" },
    "skipped",
    "the driver cannot make the call: no client",
  ],
  [
    "a call of which no document decides the outcome",
    { level: "may" },
    [answered],
    error("network"),
    "observed",
    "1 request",
  ],
])("%s", (_, changes, received, end, status, reason) => {
  expect(judgeSdk({ sdkCase: caseOf(changes), members, received }, end)).toMatchObject({
    status,
    reason,
    findings: [],
  });
});

test("no result is a failure of the SDK where the server did not answer completely", () => {
  const sdkCase = caseOf({ sdkExpects: { result: "error" }, mayHang: true });
  const end: CallEnd = { kind: "no-result", reason: "no result within 1 s" };
  expect(judgeSdk({ sdkCase, members, received: [answered] }, end)).toMatchObject({
    status: "failed",
    actual: "none",
    findings: [{ check: "in-time", level: "must" }],
  });
});

test("of a spelling that is only a warning, a success in place of the refusal is a failure, and another error is none", () => {
  const sdkCase = caseOf({ ...plainRefusal("A"), level: "should" });
  const judge = (end: CallEnd) => judgeSdk({ sdkCase, members, received: [answered] }, end);
  expect(judge({ kind: "ok", output: {}, requestId: "r" })).toMatchObject({ status: "failed", actual: "success" });
  expect(judge(error("network"))).toMatchObject({ status: "passed", findings: [{ check: "code", level: "should" }] });
});
