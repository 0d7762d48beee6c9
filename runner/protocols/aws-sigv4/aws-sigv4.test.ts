/** Signature Version 4 against test vectors and @smithy/signature-v4, and the reasons for which its verifier refuses requests. */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Call, HttpRequest, SigningInput, UnsignedRequest, VerificationInput } from "../../model/index.ts";
import { findHeader } from "../shared/header.ts";
import { encodeQuery } from "../shared/query.ts";
import { createActionStub } from "../testing/action-stub.ts";
import { protocolLaws } from "../testing/laws.ts";
import { readAuthorization } from "./authorization.ts";
import { canonicalRequest, stringToSign } from "./canonical-request.ts";
import { amzDate, readAmzDate } from "./date.ts";
import { awsSigv4 } from "./protocol.ts";
import { computeSignature, signingKey } from "./signing-key.ts";
import { verify } from "./verify.ts";

interface Variant {
  readonly creq: string;
  readonly sts: string;
  readonly signingKeyHex: string;
  readonly signature: string;
  readonly signed: string;
}
interface Vectors {
  readonly body: string;
  readonly payloadHash: string;
  readonly A: Variant;
  readonly B: Variant;
  readonly smithyNoChecksum: string;
  readonly smithyChecksum: string;
  readonly aws4: string;
  readonly aws4headers: { readonly [name: string]: string | number };
}

const vectors: Vectors = parse(readFileSync(new URL("vectors.yaml", import.meta.url), "utf8"));
const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const credentials = { id: "AKIDEXAMPLE", key: secret };
const date = "20150830T123600Z";
const now = Date.UTC(2015, 7, 30, 12, 36);
const scope = "20150830/us-east-1/rekognition/aws4_request";
const action = createActionStub({
  name: "DeleteUser",
  version: "",
  scope: "rekognition",
  target: "RekognitionService",
});
const host = "rekognition.us-east-1.amazonaws.com";
const signing: SigningInput = { credentials, host, region: "us-east-1", now, nonce: () => 0 };
const call: Call = { action, binding: "awsjson11", members: JSON.parse(vectors.body) };
const unsigned = awsSigv4.encode(call, signing);
const unsignedWithHash: UnsignedRequest = {
  ...unsigned,
  headers: [...unsigned.headers, ["X-Amz-Content-Sha256", vectors.payloadHash]],
};
const request = awsSigv4.sign(unsigned, call, signing);

const verification: VerificationInput = {
  now,
  credentialScope: "rekognition",
  secretOf: (id) => (id === credentials.id ? credentials : undefined),
  leniency: { hostWithoutPort: false, scopeOfAddress: false, unsignedPayload: false },
};

test("encode gives the body of the vectors", () => {
  expect(unsigned.body).toBe(vectors.body);
  expect(hash("sha256", unsigned.body as string, "hex")).toBe(vectors.payloadHash);
});

describe.each([
  ["A: the required headers", vectors.A, unsigned, vectors.smithyNoChecksum],
  ["B: also the payload hash", vectors.B, unsignedWithHash, vectors.smithyChecksum],
])("vector %s", (_, v, vectorRequest, authorization) => {
  test("canonical request, string to sign, key and signature", () => {
    const canonical = canonicalRequest(vectorRequest, v.signed.split(";"));
    expect(canonical).toBe(v.creq);
    expect(stringToSign(date, scope, canonical)).toBe(v.sts);
    expect(signingKey(secret, "20150830", "us-east-1", "rekognition").toString("hex")).toBe(v.signingKeyHex);
    expect(computeSignature(secret, "20150830", "us-east-1", "rekognition", v.sts)).toBe(v.signature);
  });

  test("sign gives the complete header", () => {
    expect(findHeader(awsSigv4.sign(vectorRequest, call, signing).headers, "authorization")).toBe(authorization);
  });
});

test("vector aws4: a request that also signs its content length is accepted", () => {
  const headers = Object.entries(vectors.aws4headers).map(([name, value]) => [name, String(value)] as const);
  const vectorRequest: HttpRequest = { method: "POST", path: "/", headers, body: vectors.body };
  expect(findHeader(headers, "authorization")).toBe(vectors.aws4);
  expect(readAuthorization(vectors.aws4)).toMatchObject({ signedHeaders: expect.arrayContaining(["content-length"]) });
  expect(verify(vectorRequest, verification)).toBeNull();
});

test("signing keys are cached per region", () => {
  const [first, second] = ["us-east-1", "eu-west-3"].map((region) =>
    computeSignature(secret, "20150830", region, "x", "text"),
  );
  expect(first).not.toBe(second);
});

test("values of repeated headers are joined with a comma, and sequences of spaces become one", () => {
  const headers = [...unsigned.headers, ["X-Amz-Z", " a  b"], ["x-amz-z", "c "]] as const;
  expect(canonicalRequest({ ...unsigned, headers }, ["x-amz-z"])).toContain("\nx-amz-z:a b,c\n");
});

test("@smithy/signature-v4 gives the same signatures for random requests", async () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/);
  const printable = fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/);
  const anyText = fc.string({ unit: "binary", maxLength: 20 });
  const path = fc.array(fc.stringMatching(/^[\w~!$'()*%:@-]{1,6}$/), { maxLength: 3 });
  const arbitrary = fc.record({
    key: fc.string({ minLength: 1 }),
    token: fc.option(word, { nil: undefined }),
    region: fc.constantFrom("us-east-1", "eu-west-3"),
    at: fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => s * 1000),
    path: path.map((parts) => `/${parts.join("/")}`),
    query: fc.dictionary(anyText, anyText, { maxKeys: 3, noNullPrototype: true }),
    extra: fc.dictionary(word, printable, { maxKeys: 3, noNullPrototype: true }),
    body: anyText,
  });
  const check = async ({
    key,
    token,
    region,
    at,
    path,
    query,
    extra,
    body,
  }: typeof arbitrary extends fc.Arbitrary<infer T> ? T : never) => {
    const pair = { accessKeyId: "AK", secretAccessKey: key, ...(token !== undefined && { sessionToken: token }) };
    const base = { host, "content-type": "application/x-amz-json-1.1", "x-amz-target": "T.A" };
    const extraHeaders = Object.entries(extra).map(([name, value]) => [`x-amz-z-${name}`, value] as const);
    const expected = await new SignatureV4({
      credentials: pair,
      region,
      service: "rekognition",
      sha256: Sha256,
      applyChecksum: false,
    }).sign(
      {
        method: "POST",
        protocol: "https:",
        hostname: host,
        path,
        query,
        headers: { ...base, ...Object.fromEntries(extraHeaders) },
        body,
      },
      { signingDate: new Date(at) },
    );
    const pairs = Object.entries(query);
    const headers: [string, string][] = [
      ...Object.entries(base),
      ["X-Amz-Date", amzDate(at)],
      ...extraHeaders.map((header) => [...header] as [string, string]),
    ];
    if (token !== undefined) headers.push(["x-amz-security-token", token]);
    const randomRequest = {
      method: "POST",
      path: pairs.length === 0 ? path : `${path}?${encodeQuery(pairs)}`,
      headers,
      body,
    };
    const signed = awsSigv4.sign(randomRequest, call, { ...signing, credentials: { id: "AK", key }, region, now: at });
    expect(findHeader(signed.headers, "authorization")).toBe(expected.headers.authorization);
  };
  await fc.assert(fc.asyncProperty(arbitrary, check), { seed: 4, numRuns: 150 });
});

describe("the verifier", () => {
  const withHeader = (name: string, value: string | null): HttpRequest => ({
    ...request,
    headers: request.headers.flatMap(([key, oldValue]) =>
      key.toLowerCase() !== name ? [[key, oldValue] as const] : value === null ? [] : [[key, value] as const],
    ),
  });
  const withAuthorization = (from: string | RegExp, to: string) =>
    withHeader("authorization", (findHeader(request.headers, "authorization") ?? "").replace(from, to));

  test.each([
    ["no Authorization", withHeader("authorization", null), "absent"],
    ["another scheme", withHeader("authorization", "Bearer x"), "absent"],
    ["another algorithm", withAuthorization("SHA256", "SHA512"), "incomplete"],
    ["no Credential", withAuthorization(/Credential=[^,]*, /, ""), "incomplete"],
    ["no SignedHeaders", withAuthorization(/SignedHeaders=[^,]*, /, ""), "incomplete"],
    ["no Signature", withAuthorization(/, Signature=.*/, ""), "incomplete"],
    ["a credential of four parts", withAuthorization("/aws4_request", ""), "incomplete"],
    ["no date", withHeader("x-amz-date", null), "incomplete"],
    ["a date in another form", withHeader("x-amz-date", "2015-08-30T12:36:00Z"), "incomplete"],
    ["a 13th month", withHeader("x-amz-date", "20151330T123600Z"), "incomplete"],
    ["a host that is not signed", withAuthorization("content-type;host;", "content-type;"), "signature"],
    ["a scope of another day", withAuthorization("20150830", "20150829"), "scope"],
    ["a scope of another service", withAuthorization("/rekognition/", "/dynamodb/"), "scope"],
    ["another terminator", withAuthorization("aws4_request", "aws5_request"), "scope"],
    ["an unknown access key", withAuthorization("AKIDEXAMPLE", "AKIDEXAMPLF"), "unknown-id"],
    ["another region than was signed", withAuthorization("us-east-1", "us-east-2"), "signature"],
    ["another target", withHeader("x-amz-target", "RekognitionService.DeleteFaces"), "signature"],
    ["another body", { ...request, body: `${vectors.body} ` }, "signature"],
  ])("refuses %s", (_, refusedRequest, failure) => {
    expect(verify(refusedRequest, verification)).toBe(failure);
  });

  test.each([
    [-901, "expired"],
    [-900, null],
    [900, null],
    [901, "expired"],
  ])("a clock that differs by %i s: %s", (seconds, failure) => {
    expect(verify(request, { ...verification, now: now + seconds * 1000 })).toBe(failure);
  });

  test("a correct signature that does not cover the host is refused", () => {
    const withoutHost = { ...unsigned, headers: unsigned.headers.filter(([name]) => name !== "Host") };
    const signed = awsSigv4.sign(withoutHost, call, signing);
    expect(verify({ ...signed, headers: [["Host", host], ...signed.headers] }, verification)).toBe("signature");
  });

  test.each([
    ["x-amz-date", "signature"],
    ["x-amz-target", "signature"],
    ["content-type", null],
  ])("a correct signature that does not cover %s: %s", (name, failure) => {
    const overrides = { unsigned: [name] };
    expect(verify(awsSigv4.sign(unsigned, call, { ...signing, overrides }), verification)).toBe(failure);
  });

  test("a session token must belong to the key", () => {
    const secretOf = () => ({ ...credentials, token: "t" });
    expect(verify(request, { ...verification, secretOf })).toBe("unknown-id");
    expect(verify({ ...request, headers: [...request.headers, ["X-Amz-Security-Token", "t"]] }, verification)).toBe(
      "unknown-id",
    );
  });
});

test("only dates in the exact form are parsed", () => {
  expect(amzDate(now)).toBe(date);
  expect(readAmzDate(date)).toBe(now / 1000);
  for (const invalid of ["", "20150830", "20150230T000000Z", "20150830T240000Z", "20150830T123660Z", ` ${date}`]) {
    expect(readAmzDate(invalid), invalid).toBeNull();
  }
});

test("the error for a missing region or target prefix names the remedy", () => {
  const { region: _, ...withoutRegion } = signing;
  expect(() => awsSigv4.sign(unsigned, call, withoutRegion)).toThrow(/set `region`/);
  const withoutTarget = createActionStub({ name: "DeleteUser", version: "", scope: "rekognition" });
  expect(() => awsSigv4.encode({ ...call, action: withoutTarget }, signing)).toThrow(/add `targetPrefix`/);
});

test("parseRequest recognises AWS JSON by target, authorization or content type only", () => {
  const base: HttpRequest = { method: "POST", path: "/", headers: [["Content-Type", "application/json"]], body: "" };
  expect(awsSigv4.parseRequest(base)).toBeNull();
  expect(
    awsSigv4.parseRequest({ ...base, headers: [["content-type", "application/x-amz-json-1.0; charset=utf-8"]] }),
  ).not.toBeNull();
  expect(awsSigv4.parseRequest({ ...base, headers: [["authorization", "AWS4-HMAC-SHA256"]] })).not.toBeNull();
  expect(awsSigv4.parseRequest({ ...base, headers: [["x-amz-target", "A.B.C"]] })?.action).toBe("C");
});

protocolLaws(awsSigv4, {
  action,
  credentials: { ...credentials, token: "a/token+of==" },
  host: `${host}:8443`,
  region: "us-east-1",
  sendsNonce: false,
  signedParts: () => ({
    path: "all",
    body: true,
    headers: ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"],
  }),
  signedContent: ({ path, headers, body }) => [
    path,
    headers.map(([name, value]) => [name, value.trim().replace(/\s+/g, " ")]),
    body,
  ],
});
