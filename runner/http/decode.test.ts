/** What an answer says, where the answer is hostile; the judge's own tests speak of the others. */
import { expect, test } from "vitest";
import type { Envelope, HttpResponse } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { decodeResponse } from "./decode.ts";

const { services } = loadSpecs(builtInSpecs());
const envelopeOf = (service: string): Envelope => {
  const found = services.get(service);
  if (!found) throw new Error(service);
  return found.envelope;
};
const cloud = envelopeOf("tencent/iai");
const aws = envelopeOf("aws/rekognition");

const answer = (body: string, headers: HttpResponse["headers"] = [], status = 200): HttpResponse => ({
  status,
  headers,
  body: Buffer.from(body),
});
const refusal = (code: string) =>
  answer(JSON.stringify({ Response: { Error: { Code: code, Message: "" }, RequestId: "r" } }));
const good = '{"Response":{"RequestId":"r"}}';

test("a code of a megabyte is cut, and says so", () => {
  const outcome = decodeResponse(refusal("x".repeat(1 << 20)), cloud);
  expect(outcome).toMatchObject({ kind: "refusal", code: `${"x".repeat(200)}… (1048576 characters)` });
  expect(decodeResponse(refusal("x".repeat(200)), cloud)).toMatchObject({ code: "x".repeat(200) });
});

test("half a character at the cut stays half a character", () => {
  const outcome = decodeResponse(refusal(`${"x".repeat(199)}😀😀`), cloud);
  expect(outcome).toMatchObject({ code: `${"x".repeat(199)}\ud83d… (203 characters)` });
});

test("a code that reads success is not one", () => {
  expect(decodeResponse(refusal("success"), cloud)).toMatchObject({ kind: "refusal", code: '"success"' });
});

test.each(["gzip", "br", "GZIP, deflate", "x".repeat(10_000)])(
  "a body that is encoded as %.20s is not decoded",
  (how) => {
    const outcome = decodeResponse(answer(good, [["content-encoding", how]]), cloud);
    expect(outcome).toMatchObject({
      kind: "unreadable",
      reason: expect.stringMatching(/^the body is encoded as .{2,250}/),
    });
    expect(JSON.stringify(outcome).length).toBeLessThan(500);
  },
);

test("a body that is encoded as itself is read, and so is none", () => {
  for (const how of ["identity", " Identity ", ""])
    expect(decodeResponse(answer(good, [["content-encoding", how]]), cloud).kind).toBe("success");
  expect(decodeResponse(answer("", [["content-encoding", "gzip"]]), aws).kind).toBe("success");
});

test("a request id in two headers: the same is one, two are no text", () => {
  const told = (...ids: string[]) =>
    decodeResponse(
      answer(
        "{}",
        ids.map((id) => ["x-amzn-requestid", id]),
      ),
      aws,
    );
  expect(told("a")).toMatchObject({ requestId: "a" });
  expect(told("a", "a")).toMatchObject({ requestId: "a" });
  expect(told("a", "b")).toMatchObject({ requestId: ["a", "b"] });
  expect(told()).not.toHaveProperty("requestId");
});
