/** TC3 against the known answers, and what its verifier forgives and refuses. */
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

type Text =
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
type Vector = { [key in Text]: string } & { timestamp: number };

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

const strict = { hostWithoutPort: false, scopeOfAddress: false };
const verifying = (v: Vector, change: Partial<VerificationInput> = {}): VerificationInput => ({
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
    const made = computeSignature(v.secretKey, date, v.service, v.stringToSign);
    expect(made).toBe(v.signature);
    expect(made).toBe(v.documentedSignature);
    expect(writeAuthorization(v.secretId, scope, signed, made)).toBe(v.authorization);
  });

  test("the verifier believes it, and not with another key", () => {
    expect(verify(requestOf(v), verifying(v))).toBeNull();
    const other = verifying(v, { secretOf: (id) => ({ id, key: `${v.secretKey}x` }) });
    expect(verify(requestOf(v), other)).toBe("signature");
  });
});

describe("the verifier", () => {
  const v = vectors.find((one) => one.source.includes("iai.tencentcloudapi.com")) as Vector;
  const request = requestOf(v);
  const changed = (name: string, value: string | null): HttpRequest => ({
    ...request,
    headers: request.headers.flatMap(([key, old]) =>
      key.toLowerCase() !== name ? [[key, old] as const] : value === null ? [] : [[key, value] as const],
    ),
  });
  const authorization = (from: string | RegExp, to: string) =>
    changed("authorization", v.authorization.replace(from, to));

  test.each([
    ["no Authorization", changed("authorization", null), "absent"],
    ["an empty Authorization", changed("authorization", ""), "absent"],
    ["SKIP", changed("authorization", "SKIP"), "malformed"],
    ["no Signature", authorization(/, Signature=.*/, ""), "malformed"],
    ["a credential of three parts", authorization("/tc3_request", ""), "malformed"],
    ["no timestamp", changed("x-tc-timestamp", null), "malformed"],
    ["a timestamp that is no number", changed("x-tc-timestamp", "now"), "malformed"],
    ["a scope of another date", authorization("2026-11-21", "2026-11-20"), "scope"],
    ["a scope of another service", authorization("/iai/", "/cvm/"), "scope"],
    ["another terminator", authorization("tc3_request", "tc4_request"), "scope"],
    ["an unknown SecretId", authorization("AKIDz8", "AKIDz9"), "unknown-id"],
    ["a host that is not signed", authorization("content-type;host", "content-type"), "malformed"],
    ["a content type that is not signed", authorization("content-type;host", "host"), "malformed"],
    ["another host", changed("host", "iai.tencentcloudapi.org"), "signature"],
    ["another body", { ...request, body: `${v.payload} ` }, "signature"],
    ["another path", { ...request, path: "/x" }, "signature"],
  ])("refuses %s", (_, one, denial) => {
    expect(verify(one, verifying(v))).toBe(denial);
  });

  test.each([
    [-301, "expired"],
    [-300, null],
    [300, null],
    [301, "expired"],
  ])("a clock that is %i s off: %s", (off, denial) => {
    expect(verify(request, verifying(v, { now: (v.timestamp + off) * 1000 }))).toBe(denial);
  });

  test("a token counts where the key has one, and nowhere else", () => {
    const withToken = { ...request, headers: [...request.headers, ["X-TC-Token", "t"] as const] };
    const secretOf = (id: string) => ({ id, key: v.secretKey, token: "t" });
    expect(verify(withToken, verifying(v, { secretOf }))).toBeNull();
    expect(verify(request, verifying(v, { secretOf }))).toBe("token");
    expect(verify(withToken, verifying(v))).toBe("token");
  });

  test("a host signed without its port is forgiven only on request", () => {
    const ported = changed("host", `${v.host}:8080`);
    expect(verify(ported, verifying(v))).toBe("signature");
    expect(verify(ported, verifying(v, { leniency: { ...strict, hostWithoutPort: true } }))).toBeNull();
  });

  test("an address in place of the service is forgiven only on request, and only for an address", () => {
    const local = vectors.find((one) => one.service === "127" && one.method === "POST") as Vector;
    const leniency = { ...strict, scopeOfAddress: true };
    expect(verify(requestOf(local), verifying(local, { credentialScope: "iai" }))).toBe("scope");
    expect(verify(requestOf(local), verifying(local, { credentialScope: "iai", leniency }))).toBeNull();
    expect(verify(request, verifying(v, { credentialScope: "cvm", leniency: leniency }))).toBe("scope");
  });

  test.each([
    ["localhost:39559", "localhost:39559"],
    ["localhost:39559", "localhost"],
    ["127.0.0.1:39559", "127"],
    ["[::1]:39559", "[::1]:39559"],
  ])("of %s the service may be %s", (host, service) => {
    const how = verifying(v, { credentialScope: "iai", leniency: { ...strict, scopeOfAddress: true } });
    const scoped = authorization("/iai/", `/${service}/`);
    const headers = scoped.headers.map(([k, val]) => (k === "HOST" ? ([k, host] as const) : ([k, val] as const)));
    expect(verify({ ...scoped, headers }, how)).toBe("signature");
  });
});

test("an Authorization header is read whatever the blanks, and not with parts missing, empty or repeated", () => {
  const text = (vectors[0] as Vector).authorization;
  expect(readAuthorization(text.replaceAll(", ", ","))).toEqual(readAuthorization(text));
  expect(readAuthorization(text)?.signedHeaders).toEqual(["content-type", "host"]);
  for (const bad of [
    `${text}, X=y`,
    `${text}, Signature=0`,
    text.replace("AKID", "/"),
    `${text},`,
    "TC3-HMAC-SHA256",
  ]) {
    expect(readAuthorization(bad), bad).toBeNull();
  }
});

test("read tells TC3 by its header or its action, and nothing else", () => {
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
  // X-TC-Action and its like are not covered; the timestamp is, by the string to sign.
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
