/** Signature version 1 against the known answers, and what its verifier refuses. */
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
  const form = v.method === "POST";
  return { method: v.method, path: form ? "/" : `/?${text}`, headers: [["Host", v.host]], body: form ? text : "" };
}

const verifying = (v: Vector, change: Partial<VerificationInput> = {}): VerificationInput => ({
  now: Number(v.params.Timestamp) * 1000,
  credentialScope: "",
  secretOf: (id) => (id === v.params.SecretId ? { id, key: v.secretKey } : undefined),
  leniency: { hostWithoutPort: false, scopeOfAddress: false },
  ...change,
});

function judge(request: HttpRequest, how: VerificationInput) {
  return tencentV1.verify(request, tencentV1.parseRequest(request) as ParsedRequest, how);
}

function signed(v: Vector): HttpRequest {
  const signing = { credentials: { id: "", key: v.secretKey }, host: "", now: 0, nonce: () => 0 };
  return tencentV1.sign(unsignedOf(v), { action, binding: "", members: {} }, signing);
}

describe.each(vectors.map((v) => [v.source, v] as const))("vector: %s", (_, v) => {
  test("string to sign and signature", () => {
    expect(stringToSign(v.method, v.host, "/", pairsOf(v))).toBe(v.stringToSign);
    expect(computeSignature(v.secretKey, v.kind, v.stringToSign)).toBe(v.signature);
    expect(v.signature).toBe(v.documentedSignature);
  });

  test("signing what stands in the request gives it, and the verifier believes it", () => {
    const request = signed(v);
    const received = tencentV1.parseRequest(request);
    expect(received?.common.get("Signature")).toBe(v.signature);
    expect(received?.binding).toBe(`v1-${v.method.toLowerCase()}-${v.kind.slice("Hmac".length).toLowerCase()}`);
    expect(judge(request, verifying(v))).toBeNull();
  });
});

describe("the verifier", () => {
  const v = vectors.find((one) => one.source.includes("HmacSHA256 GET")) as Vector;
  const request = signed(v);
  const changed = (from: string | RegExp, to: string) => ({ ...request, path: request.path.replace(from, to) });

  test.each([
    ["no Signature", changed(/&Signature=.*/, ""), "absent"],
    ["an empty Signature", changed(/&Signature=.*/, "&Signature="), "absent"],
    ["no SecretId", changed(/SecretId=[^&]*&/, ""), "absent"],
    ["an unknown SecretId", changed("AKIDz8", "AKIDz9"), "unknown-id"],
    ["a Timestamp that is no number", changed(/Timestamp=\d+/, "Timestamp=now"), "malformed"],
    ["another value", changed("GroupId=T", "GroupId=U"), "signature"],
    ["another method of signing", changed("HmacSHA256", "HmacSHA1"), "signature"],
    ["another host", { ...request, headers: [["Host", "127.0.0.1"] as const] }, "signature"],
    ["another path", changed("/?", "/x?"), "signature"],
  ])("refuses %s", (_, one, denial) => {
    expect(judge(one, verifying(v))).toBe(denial);
  });

  test.each([
    [-301, "expired"],
    [-300, null],
    [300, null],
    [301, "expired"],
  ])("a clock that is %i s off: %s", (off, denial) => {
    expect(judge(request, verifying(v, { now: (Number(v.params.Timestamp) + off) * 1000 }))).toBe(denial);
  });

  test("a blank may stand as %20 or as +, and hexadecimal digits in either case", () => {
    const spelled = changed(/%20/g, "+");
    expect(spelled.path).not.toBe(request.path);
    expect(judge(spelled, verifying(v))).toBeNull();
    expect(judge(changed(/%2F/g, "%2f"), verifying(v))).toBeNull();
  });

  test("a token counts where the key has one, and nowhere else", () => {
    const token = (key: string) => ({ secretOf: (id: string) => ({ id, key: v.secretKey, token: key }) });
    expect(judge(request, verifying(v, token("t")))).toBe("token");
    expect(judge(request, verifying(v))).toBeNull();
  });
});

test("names are sorted as ASCII, so .12 stands before .2", () => {
  const text = stringToSign("GET", "h", "/", [
    ["b.2", "2"],
    ["b.12", "12"],
    ["a", "+ &"],
    ["B", ""],
  ]);
  expect(text).toBe("GETh/?B=&a=+ &&b.12=12&b.2=2");
});

test("a nonce of 0 is sent as 1, for it must be positive", () => {
  const how: SigningInput = { credentials: { id: "i", key: "k" }, host: "h", now: 0, nonce: () => 0 };
  const call = { action, binding: "v1-get-sha1", members: {} };
  expect(tencentV1.parseRequest(tencentV1.encode(call, how))?.common.get("Nonce")).toBe("1");
});

test("values go out as RFC 3986 wants, in upper-case hexadecimal digits", () => {
  const how: SigningInput = { credentials: { id: "i", key: "k" }, host: "h", now: 0, nonce: () => 1 };
  const call = { action, binding: "v1-post-sha256", members: { Tag: "a!b'c(d)*~+/ é" } };
  expect(tencentV1.encode(call, how).body).toMatch(/^Tag=a%21b%27c%28d%29%2A~%2B%2F%20%C3%A9&Action=/);
  expect(() => tencentV1.encode({ ...call, members: { Tag: "\ud800" } }, how)).toThrow(/Tag.*surrogate/);
});

test("read tells version 1 by Action, SecretId or Signature, and nothing else", () => {
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
  // No header but Host is covered.
  signedParts: (binding) => ({ path: "all", body: binding.startsWith("v1-post"), headers: ["host"] }),
  // Decoded values are signed: another spelling of the same text is no change.
  signedContent: (request) => {
    const received = tencentV1.parseRequest(request);
    const pairs = received && [received.flat, [...received.common]];
    return [pairs, splitPath(request.path).path, findHeader(request.headers, "host")];
  },
});
