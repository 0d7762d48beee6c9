/** TC3 against test vectors, and the requests that its verifier refuses or accepts with leniency. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { HttpRequest, VerificationInput } from "../../model/index.ts";
import { createActionStub } from "../testing/action-stub.ts";
import { protocolLaws } from "../testing/laws.ts";
import { readAuthorization, writeAuthorization } from "./authorization.ts";
import { canonicalRequest, stringToSign } from "./canonical-request.ts";
import { tc3 } from "./protocol.ts";
import { computeSignature, deriveKeys } from "./signing-key.ts";
import { verify } from "./verify.ts";

type TextField =
  | "source"
  | "secretId"
  | "secretKey"
  | "method"
  | "host"
  | "contentType"
  | "query"
  | "payload"
  | "service"
  | "signedHeaders"
  | "canonicalRequest"
  | "hashedPayload"
  | "hashedCanonicalRequest"
  | "stringToSign"
  | "secretDate"
  | "secretService"
  | "secretSigning"
  | "signature"
  | "authorization"
  | "documentedSignature";
type Vector = { [key in TextField]: string } & { timestamp: number };

const vectors: Vector[] = parse(readFileSync(new URL("vectors.yaml", import.meta.url), "utf8"));

function requestOf(v: Vector): HttpRequest {
  return {
    method: v.method,
    path: v.query === "" ? "/" : `/?${v.query}`,
    headers: [
      ["HOST", v.host],
      ["Content-Type", v.contentType],
      ["X-TC-Action", "DescribeInstances"],
      ["X-TC-Timestamp", String(v.timestamp)],
      ["Authorization", v.authorization],
    ],
    body: v.payload,
  };
}

const strict = { hostWithoutPort: false, scopeOfAddress: false, unsignedPayload: false };
const verificationOf = (v: Vector, change: Partial<VerificationInput> = {}): VerificationInput => ({
  now: v.timestamp * 1000,
  credentialScope: v.service,
  secretOf: (id) => (id === v.secretId ? { id, key: v.secretKey } : undefined),
  leniency: strict,
  ...change,
});

describe.each(vectors.map((v) => [v.source, v] as const))("vector: %s", (_, v) => {
  const signed = v.signedHeaders.split(";");
  const canonical = canonicalRequest(requestOf(v), signed);

  test("canonical request and its hashes", () => {
    expect(canonical).toBe(v.canonicalRequest);
    expect(canonical.split("\n").at(-1)).toBe(v.hashedPayload);
  });

  test("string to sign", () => {
    const date = new Date(v.timestamp * 1000).toISOString().slice(0, 10);
    const text = stringToSign(String(v.timestamp), `${date}/${v.service}/tc3_request`, canonical);
    expect(text).toBe(v.stringToSign);
    expect(text.split("\n").at(-1)).toBe(v.hashedCanonicalRequest);
  });

  test("derived keys, signature and header", () => {
    const [, , scope] = v.stringToSign.split("\n") as [string, string, string];
    const date = scope.slice(0, 10);
    const keys = deriveKeys(v.secretKey, date, v.service);
    expect(keys.date.toString("hex")).toBe(v.secretDate);
    expect(keys.service.toString("hex")).toBe(v.secretService);
    expect(keys.signing.toString("hex")).toBe(v.secretSigning);
    const signature = computeSignature(v.secretKey, date, v.service, v.stringToSign);
    expect(signature).toBe(v.signature);
    expect(signature).toBe(v.documentedSignature);
    expect(writeAuthorization(v.secretId, scope, signed, signature)).toBe(v.authorization);
  });

  test("the verifier accepts it, but not with another key", () => {
    expect(verify(requestOf(v), verificationOf(v))).toBeNull();
    const otherKey = verificationOf(v, { secretOf: (id) => ({ id, key: `${v.secretKey}x` }) });
    expect(verify(requestOf(v), otherKey)).toBe("signature");
  });
});

describe("the verifier", () => {
  const v = vectors.find((vector) => vector.source.includes("iai.tencentcloudapi.com")) as Vector;
  const request = requestOf(v);
  const withHeader = (name: string, value: string | null): HttpRequest => ({
    ...request,
    headers: request.headers.flatMap(([key, oldValue]) =>
      key.toLowerCase() !== name ? [[key, oldValue] as const] : value === null ? [] : [[key, value] as const],
    ),
  });
  const withAuthorization = (from: string | RegExp, to: string) =>
    withHeader("authorization", v.authorization.replace(from, to));

  test.each([
    ["no Authorization", withHeader("authorization", null), "absent"],
    ["an empty Authorization", withHeader("authorization", ""), "absent"],
    ["SKIP", withHeader("authorization", "SKIP"), "malformed"],
    ["no Signature", withAuthorization(/, Signature=.*/, ""), "malformed"],
    ["a credential of three parts", withAuthorization("/tc3_request", ""), "malformed"],
    ["no timestamp", withHeader("x-tc-timestamp", null), "malformed"],
    ["a timestamp that is not a number", withHeader("x-tc-timestamp", "now"), "malformed"],
    ["a scope of another date", withAuthorization("2026-11-21", "2026-11-20"), "scope"],
    ["a scope of another service", withAuthorization("/iai/", "/cvm/"), "scope"],
    ["another terminator", withAuthorization("tc3_request", "tc4_request"), "scope"],
    ["an unknown SecretId", withAuthorization("AKIDz8", "AKIDz9"), "unknown-id"],
    ["a host that is not signed", withAuthorization("content-type;host", "content-type"), "malformed"],
    ["a content type that is not signed", withAuthorization("content-type;host", "host"), "malformed"],
    ["another host", withHeader("host", "iai.tencentcloudapi.org"), "signature"],
    ["another body", { ...request, body: `${v.payload} ` }, "signature"],
    ["another path", { ...request, path: "/x" }, "signature"],
  ])("refuses %s", (_, refusedRequest, failure) => {
    expect(verify(refusedRequest, verificationOf(v))).toBe(failure);
  });

  test.each([
    [-301, "expired"],
    [-300, null],
    [300, null],
    [301, "expired"],
  ])("a clock that differs by %i s: %s", (seconds, failure) => {
    expect(verify(request, verificationOf(v, { now: (v.timestamp + seconds) * 1000 }))).toBe(failure);
  });

  test("the token must be that of the key, and must be missing if the key has none", () => {
    const withToken = { ...request, headers: [...request.headers, ["X-TC-Token", "t"] as const] };
    const secretOf = (id: string) => ({ id, key: v.secretKey, token: "t" });
    expect(verify(withToken, verificationOf(v, { secretOf }))).toBeNull();
    expect(verify(request, verificationOf(v, { secretOf }))).toBe("token");
    expect(verify(withToken, verificationOf(v))).toBe("token");
  });

  test("a host signed without its port is accepted only with leniency", () => {
    const withPort = withHeader("host", `${v.host}:8080`);
    expect(verify(withPort, verificationOf(v))).toBe("signature");
    expect(verify(withPort, verificationOf(v, { leniency: { ...strict, hostWithoutPort: true } }))).toBeNull();
  });

  test("an address instead of the service is accepted only with leniency, and only if the host is an address", () => {
    const localVector = vectors.find((vector) => vector.service === "127" && vector.method === "POST") as Vector;
    const leniency = { ...strict, scopeOfAddress: true };
    expect(verify(requestOf(localVector), verificationOf(localVector, { credentialScope: "iai" }))).toBe("scope");
    expect(
      verify(requestOf(localVector), verificationOf(localVector, { credentialScope: "iai", leniency })),
    ).toBeNull();
    expect(verify(request, verificationOf(v, { credentialScope: "cvm", leniency }))).toBe("scope");
  });

  test.each([
    ["localhost:39559", "localhost:39559"],
    ["localhost:39559", "localhost"],
    ["127.0.0.1:39559", "127"],
    ["[::1]:39559", "[::1]:39559"],
  ])("for host %s the scope may name the service %s", (host, service) => {
    const verification = verificationOf(v, { credentialScope: "iai", leniency: { ...strict, scopeOfAddress: true } });
    const scoped = withAuthorization("/iai/", `/${service}/`);
    const headers = scoped.headers.map(([name, value]) => [name, name === "HOST" ? host : value] as const);
    expect(verify({ ...scoped, headers }, verification)).toBe("signature");
  });
});

test("an Authorization header may have any spacing, but no missing, empty or repeated parts", () => {
  const text = (vectors[0] as Vector).authorization;
  expect(readAuthorization(text.replaceAll(", ", ","))).toEqual(readAuthorization(text));
  expect(readAuthorization(text)?.signedHeaders).toEqual(["content-type", "host"]);
  for (const invalid of [
    `${text}, X=y`,
    `${text}, Signature=0`,
    text.replace("AKID", "/"),
    `${text},`,
    "TC3-HMAC-SHA256",
  ]) {
    expect(readAuthorization(invalid), invalid).toBeNull();
  }
});

test("parseRequest recognises TC3 by its authorization or its action header only", () => {
  const base: HttpRequest = { method: "POST", path: "/", headers: [["Host", "h"]], body: "{}" };
  expect(tc3.parseRequest(base)).toBeNull();
  expect(tc3.parseRequest({ ...base, headers: [["Authorization", "AWS4-HMAC-SHA256 x"]] })).toBeNull();
  expect(tc3.parseRequest({ ...base, headers: [["authorization", "TC3-HMAC-SHA256 x"]] })?.binding).toBe("tc3-post");
  const get = tc3.parseRequest({ ...base, method: "GET", path: "/?a=b+c&d=%20%zz&e", headers: [["x-tc-action", "A"]] });
  expect(get?.binding).toBe("tc3-get");
  expect(get?.action).toBe("A");
  expect(get?.common.get("X-TC-Action")).toBe("A");
  expect(get?.flat).toEqual([
    ["a", "b c"],
    ["d", " %zz"],
    ["e", ""],
  ]);
});

protocolLaws(tc3, {
  action: createActionStub({ name: "CreateGroup", version: "2018-03-01", scope: "iai" }),
  credentials: { id: "AKIDlaws", key: "the-tc3-secret-of-the-laws", token: "a token" },
  host: "iai.tencentcloudapi.com:8443",
  region: "ap-guangzhou",
  sendsNonce: false,
  // Other X-TC- headers are not signed; the timestamp is part of the string to sign.
  signedParts: (binding) => ({
    path: "all",
    body: binding === "tc3-post",
    headers: ["content-type", "host", "x-tc-timestamp"],
  }),
  signedContent: ({ path, headers, body }) => [
    path,
    headers.map(([name, value]) => [name, value.trim().toLowerCase()]),
    body,
  ],
});
