/** Signature version 1 against test vectors, and the requests that its verifier refuses. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { HttpRequest, ParsedRequest, SigningInput, VerificationInput } from "../../model/index.ts";
import { findHeader } from "../shared/header.ts";
import { encodeQuery, splitPath } from "../shared/query.ts";
import { createActionStub } from "../testing/action-stub.ts";
import { protocolLaws } from "../testing/laws.ts";
import { computeSignature, stringToSign } from "./canonical-request.ts";
import { tencentV1 } from "./protocol.ts";

interface Vector {
  readonly kind: "HmacSHA1" | "HmacSHA256";
  readonly source: string;
  readonly secretKey: string;
  readonly method: string;
  readonly host: string;
  readonly params: { readonly [name: string]: string | number };
  readonly stringToSign: string;
  readonly signature: string;
  readonly documentedSignature: string;
}

const vectors: Vector[] = parse(readFileSync(new URL("vectors.yaml", import.meta.url), "utf8"));
const pairsOf = (v: Vector) => Object.entries(v.params).map(([name, value]) => [name, String(value)] as const);
const action = createActionStub({ name: "CreateGroup", version: "2018-03-01", scope: "iai" });

function unsignedOf(v: Vector): HttpRequest {
  const text = encodeQuery(pairsOf(v));
  const isForm = v.method === "POST";
  return { method: v.method, path: isForm ? "/" : `/?${text}`, headers: [["Host", v.host]], body: isForm ? text : "" };
}

const verificationOf = (v: Vector, change: Partial<VerificationInput> = {}): VerificationInput => ({
  now: Number(v.params.Timestamp) * 1000,
  credentialScope: "",
  secretOf: (id) => (id === v.params.SecretId ? { id, key: v.secretKey } : undefined),
  leniency: { hostWithoutPort: false, scopeOfAddress: false, unsignedPayload: false },
  ...change,
});

function verify(request: HttpRequest, input: VerificationInput) {
  return tencentV1.verify(request, tencentV1.parseRequest(request) as ParsedRequest, input);
}

function signedOf(v: Vector): HttpRequest {
  const signing = { credentials: { id: "", key: v.secretKey }, host: "", now: 0, nonce: () => 0 };
  return tencentV1.sign(unsignedOf(v), { action, binding: "", members: {} }, signing);
}

describe.each(vectors.map((v) => [v.source, v] as const))("vector: %s", (_, v) => {
  test("string to sign and signature", () => {
    expect(stringToSign(v.method, v.host, "/", pairsOf(v))).toBe(v.stringToSign);
    expect(computeSignature(v.secretKey, v.kind, v.stringToSign)).toBe(v.signature);
    expect(v.signature).toBe(v.documentedSignature);
  });

  test("sign gives the same signature, and the verifier accepts it", () => {
    const request = signedOf(v);
    const parsed = tencentV1.parseRequest(request);
    expect(parsed?.common.get("Signature")).toBe(v.signature);
    expect(parsed?.binding).toBe(`v1-${v.method.toLowerCase()}-${v.kind.slice("Hmac".length).toLowerCase()}`);
    expect(verify(request, verificationOf(v))).toBeNull();
  });
});

describe("the verifier", () => {
  const v = vectors.find((vector) => vector.source.includes("HmacSHA256 GET")) as Vector;
  const request = signedOf(v);
  const withPath = (from: string | RegExp, to: string) => ({ ...request, path: request.path.replace(from, to) });

  test.each([
    ["no Signature", withPath(/&Signature=.*/, ""), "absent"],
    ["an empty Signature", withPath(/&Signature=.*/, "&Signature="), "absent"],
    ["no SecretId", withPath(/SecretId=[^&]*&/, ""), "absent"],
    ["an unknown SecretId", withPath("AKIDz8", "AKIDz9"), "unknown-id"],
    ["a Timestamp that is not a number", withPath(/Timestamp=\d+/, "Timestamp=now"), "malformed"],
    ["another value", withPath("GroupId=T", "GroupId=U"), "signature"],
    ["another SignatureMethod", withPath("HmacSHA256", "HmacSHA1"), "signature"],
    ["another host", { ...request, headers: [["Host", "127.0.0.1"] as const] }, "signature"],
    ["another path", withPath("/?", "/x?"), "signature"],
  ])("refuses %s", (_, refusedRequest, failure) => {
    expect(verify(refusedRequest, verificationOf(v))).toBe(failure);
  });

  test.each([
    [-301, "expired"],
    [-300, null],
    [300, null],
    [301, "expired"],
  ])("a clock that differs by %i s: %s", (seconds, failure) => {
    expect(verify(request, verificationOf(v, { now: (Number(v.params.Timestamp) + seconds) * 1000 }))).toBe(failure);
  });

  test("a space may be sent as %20 or as +, and hexadecimal digits in either case", () => {
    const withPlus = withPath(/%20/g, "+");
    expect(withPlus.path).not.toBe(request.path);
    expect(verify(withPlus, verificationOf(v))).toBeNull();
    expect(verify(withPath(/%2F/g, "%2f"), verificationOf(v))).toBeNull();
  });

  test("the token must be that of the key, and must be missing if the key has none", () => {
    const withToken = (token: string) => ({ secretOf: (id: string) => ({ id, key: v.secretKey, token }) });
    expect(verify(request, verificationOf(v, withToken("t")))).toBe("token");
    expect(verify(request, verificationOf(v))).toBeNull();
  });
});

test("names are sorted in ASCII order, so .12 comes before .2", () => {
  const text = stringToSign("GET", "h", "/", [
    ["b.2", "2"],
    ["b.12", "12"],
    ["a", "+ &"],
    ["B", ""],
  ]);
  expect(text).toBe("GETh/?B=&a=+ &&b.12=12&b.2=2");
});

test("a nonce of 0 is sent as 1, because it must be positive", () => {
  const signing: SigningInput = { credentials: { id: "i", key: "k" }, host: "h", now: 0, nonce: () => 0 };
  const call = { action, binding: "v1-get-sha1", members: {} };
  expect(tencentV1.parseRequest(tencentV1.encode(call, signing))?.common.get("Nonce")).toBe("1");
});

test("values are percent-encoded by RFC 3986, with upper-case hexadecimal digits", () => {
  const signing: SigningInput = { credentials: { id: "i", key: "k" }, host: "h", now: 0, nonce: () => 1 };
  const call = { action, binding: "v1-post-sha256", members: { Tag: "a!b'c(d)*~+/ é" } };
  expect(tencentV1.encode(call, signing).body).toMatch(/^Tag=a%21b%27c%28d%29%2A~%2B%2F%20%C3%A9&Action=/);
  expect(() => tencentV1.encode({ ...call, members: { Tag: "\ud800" } }, signing)).toThrow(/Tag.*surrogate/);
});

test("parseRequest recognises version 1 by Action, SecretId or Signature only", () => {
  const base: HttpRequest = { method: "POST", path: "/", headers: [], body: '{"Action":"x"}' };
  expect(tencentV1.parseRequest(base)).toBeNull();
  for (const name of ["Action", "SecretId", "Signature"]) {
    expect(tencentV1.parseRequest({ ...base, body: `a=b&${name}=` })?.flat).toEqual([["a", "b"]]);
    expect(tencentV1.parseRequest({ ...base, method: "GET", path: `/?${name}=x` })?.common.get(name)).toBe("x");
  }
});

protocolLaws(tencentV1, {
  action,
  credentials: { id: "AKIDlaws", key: "the-v1-secret-of-the-laws", token: "a token" },
  host: "iai.tencentcloudapi.com:8443",
  region: "ap-guangzhou",
  sendsNonce: true,
  // Host is the only signed header.
  signedParts: (binding) => ({ path: "all", body: binding.startsWith("v1-post"), headers: ["host"] }),
  // Decoded values are signed: another encoding of the same text does not change the signature.
  signedContent: (request) => {
    const parsed = tencentV1.parseRequest(request);
    const pairs = parsed && [parsed.flat, [...parsed.common]];
    return [pairs, splitPath(request.path).path, findHeader(request.headers, "host")];
  },
});
