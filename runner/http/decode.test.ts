/** Decoding of hostile responses. The tests of runner/check cover ordinary ones. */
import { expect, test } from "vitest";
import type { Envelope, HttpResponse } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { decodeResponse } from "./decode.ts";

const { services } = loadSpecs(builtInSpecs());
const envelopeOf = (service: string): Envelope => {
  const spec = services.get(service);
  if (!spec) throw new Error(service);
  return spec.envelope;
};
const cloud = envelopeOf("tencent/iai");
const aws = envelopeOf("aws/rekognition");

const response = (body: string, headers: HttpResponse["headers"] = [], status = 200): HttpResponse => ({
  status,
  headers,
  body: Buffer.from(body),
});
const refusal = (code: string) =>
  response(JSON.stringify({ Response: { Error: { Code: code, Message: "" }, RequestId: "r" } }));
const success = '{"Response":{"RequestId":"r"}}';

test("a code of a megabyte is cut, and its length is shown", () => {
  const outcome = decodeResponse(refusal("x".repeat(1 << 20)), cloud);
  expect(outcome).toMatchObject({ kind: "refusal", code: `${"x".repeat(200)}… (1048576 characters)` });
  expect(decodeResponse(refusal("x".repeat(200)), cloud)).toMatchObject({ code: "x".repeat(200) });
});

test("a surrogate pair at the cut is cut in half", () => {
  const outcome = decodeResponse(refusal(`${"x".repeat(199)}😀😀`), cloud);
  expect(outcome).toMatchObject({ code: `${"x".repeat(199)}\ud83d… (203 characters)` });
});

test("the code success is quoted, so that it does not pass for a success", () => {
  expect(decodeResponse(refusal("success"), cloud)).toMatchObject({ kind: "refusal", code: '"success"' });
});

test.each(["gzip", "br", "GZIP, deflate", "x".repeat(10_000)])(
  "a body with content encoding %.20s is not decoded",
  (encoding) => {
    const outcome = decodeResponse(response(success, [["content-encoding", encoding]]), cloud);
    expect(outcome).toMatchObject({
      kind: "unreadable",
      reason: expect.stringMatching(/^the body is encoded as .{2,250}/),
    });
    expect(JSON.stringify(outcome).length).toBeLessThan(500);
  },
);

test("a body with content encoding identity is read, and so is an empty body with any encoding", () => {
  for (const encoding of ["identity", " Identity ", ""])
    expect(decodeResponse(response(success, [["content-encoding", encoding]]), cloud).kind).toBe("success");
  expect(decodeResponse(response("", [["content-encoding", "gzip"]]), aws).kind).toBe("success");
});

test("a request id in two headers: equal values are one id, different values a list", () => {
  const decodeWithIds = (...ids: string[]) =>
    decodeResponse(
      response(
        "{}",
        ids.map((id) => ["x-amzn-requestid", id]),
      ),
      { ...aws, requestId: { header: "x-amzn-requestid" } },
    );
  expect(decodeWithIds("a")).toMatchObject({ requestId: "a" });
  expect(decodeWithIds("a", "a")).toMatchObject({ requestId: "a" });
  expect(decodeWithIds("a", "b")).toMatchObject({ requestId: ["a", "b"] });
  expect(decodeWithIds()).not.toHaveProperty("requestId");
});
