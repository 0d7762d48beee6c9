/** Signatures by the published rules: TC3-HMAC-SHA256, signature v1, UserSig and AWS Signature Version 4. */
import { createHash, createHmac } from "node:crypto";
import { inflateSync } from "node:zlib";
import type { Credentials } from "../../../runner/model/index.ts";
import { refuseWith } from "./call.ts";
import type { ServerHooks } from "./hooks.ts";
import { type PlainRequest, rawPairs } from "./requests.ts";

const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** `NAME Credential=a/b/c/d, SignedHeaders=x;y, Signature=hex` → its parts; undefined for any other text. */
function readAuthorization(algorithm: string, header: string) {
  const match = /^(\S+) Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/.exec(header);
  if (match?.[1] !== algorithm) return undefined;
  const [id = "", ...scope] = (match[2] as string).split("/");
  return { id, scope, signedHeaders: (match[3] as string).split(";"), signature: match[4] as string };
}

/** Headers `name:value\n` in the order of the signed ones; undefined where one is missing. */
function canonicalHeaders(request: PlainRequest, names: readonly string[], fold: (value: string) => string) {
  const lines = names.map((name) => {
    const value = request.headers.get(name);
    return value === undefined ? undefined : `${name}:${fold(value.trim())}\n`;
  });
  return lines.includes(undefined) ? undefined : lines.join("");
}

/** @throws RefusedCall for a signature that is not right */
export function verifyTc3(
  request: PlainRequest,
  { id, key }: Credentials,
  service: string,
  nowSeconds: number,
  hooks: ServerHooks,
): void {
  const header = request.headers.get("authorization") ?? refuseWith("AuthFailure.InvalidAuthorization");
  const parts = readAuthorization("TC3-HMAC-SHA256", header) ?? refuseWith("AuthFailure.InvalidAuthorization");
  if (!hooks.matches("tc3/id", id, parts.id)) refuseWith("AuthFailure.SecretIdNotFound");
  const timestamp = request.headers.get("x-tc-timestamp") ?? refuseWith("MissingParameter");
  if (!/^\d{1,12}$/.test(timestamp)) refuseWith("InvalidParameter");
  if (hooks.isOutside("tc3", Number(timestamp), nowSeconds)) refuseWith("AuthFailure.SignatureExpire");
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const [sentDate = "", sentService = "", terminator = "", ...rest] = parts.scope;
  const inScope =
    hooks.matches("tc3/scope-date", date, sentDate) &&
    hooks.matches("tc3/scope-service", service, sentService) &&
    hooks.matches("tc3/scope-terminator", "tc3_request", terminator);
  if (!inScope || rest.length > 0) refuseWith("AuthFailure.InvalidAuthorization");
  for (const name of ["content-type", "host"])
    if (!hooks.matches(`tc3/signed-${name}`, "true", String(parts.signedHeaders.includes(name))))
      refuseWith("AuthFailure.InvalidAuthorization");
  const signingKey = hmac(hmac(hmac(`TC3${key}`, sentDate), sentService), terminator);
  const signatureFor = (host: string): string => {
    const signed = { ...request, headers: new Map([...request.headers, ["host", host]]) };
    const headers = canonicalHeaders(signed, parts.signedHeaders, (value) => value.toLowerCase());
    const query = request.method === "GET" ? request.query : "";
    const payload = sha256(request.method === "GET" ? "" : request.body);
    const canonical = [request.method, "/", query, headers, parts.signedHeaders.join(";"), payload].join("\n");
    const text = ["TC3-HMAC-SHA256", timestamp, parts.scope.join("/"), sha256(canonical)].join("\n");
    return hmac(signingKey, text).toString("hex");
  };
  if (!hostsOf(request).some((host) => hooks.matches("tc3/signature", signatureFor(host), parts.signature)))
    refuseWith("AuthFailure.SignatureFailure");
}

/** SDKs sign the host with its port or without it. */
const hostsOf = ({ headers }: PlainRequest): string[] => {
  const host = headers.get("host") ?? "";
  return [host, host.replace(/:\d+$/, "")];
};

/** @throws RefusedCall for a signature that is not right */
export function verifyV1(
  request: PlainRequest,
  pairs: readonly (readonly [string, string])[],
  { id, key }: Credentials,
  nowSeconds: number,
  hooks: ServerHooks,
): void {
  const values = new Map(pairs);
  const value = (name: string): string => values.get(name) ?? refuseWith("MissingParameter");
  const secretId = value("SecretId");
  const signature = value("Signature");
  const nonce = value("Nonce");
  const timestamp = value("Timestamp");
  if (!hooks.matches("v1/id", id, secretId)) refuseWith("AuthFailure.SecretIdNotFound");
  if (!/^\d{1,12}$/.test(timestamp) || !/^\d+$/.test(nonce) || Number(nonce) < 1) refuseWith("InvalidParameter");
  if (hooks.isOutside("v1", Number(timestamp), nowSeconds)) refuseWith("AuthFailure.SignatureExpire");
  const algorithm = values.get("SignatureMethod") === "HmacSHA256" ? "sha256" : "sha1";
  const sorted = [...values].filter(([name]) => name !== "Signature").sort(([a], [b]) => (a < b ? -1 : 1));
  const query = sorted.map(([name, text]) => `${name}=${text}`).join("&");
  const signatureFor = (host: string): string =>
    createHmac(algorithm, key).update(`${request.method}${host}/?${query}`).digest("base64");
  if (!hostsOf(request).some((host) => hooks.matches("v1/signature", signatureFor(host), signature)))
    refuseWith("AuthFailure.SignatureFailure");
}

/** @throws RefusedCall for a signature that is not right */
export function verifySigV4(
  request: PlainRequest,
  { id, key }: Credentials,
  region: string,
  nowSeconds: number,
  hooks: ServerHooks,
): void {
  const header = request.headers.get("authorization") ?? refuseWith("MissingAuthenticationTokenException");
  const parts = readAuthorization("AWS4-HMAC-SHA256", header) ?? refuseWith("IncompleteSignatureException");
  const time = request.headers.get("x-amz-date") ?? refuseWith("IncompleteSignatureException");
  const digits = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? refuseWith("IncompleteSignatureException");
  const [year, month, day, hour, minute, second] = digits.slice(1).map(Number) as [number, ...number[]];
  const seconds = Date.UTC(year, (month ?? 0) - 1, day, hour, minute, second) / 1000;
  if (hooks.isOutside("sigv4", seconds, nowSeconds)) refuseWith("InvalidSignatureException");
  const [date = "", sentRegion = "", service = "", terminator = "", ...rest] = parts.scope;
  const inScope =
    hooks.matches("sigv4/scope-date", time.slice(0, 8), date) &&
    hooks.matches("sigv4/scope-region", region, sentRegion) &&
    hooks.matches("sigv4/scope-service", "rekognition", service) &&
    hooks.matches("sigv4/scope-terminator", "aws4_request", terminator);
  if (!inScope || rest.length > 0) refuseWith("InvalidSignatureException");
  if (!hooks.matches("sigv4/id", id, parts.id)) refuseWith("UnrecognizedClientException");
  // The keys of the configuration are permanent, so no token belongs to them.
  if (request.headers.has("x-amz-security-token")) refuseWith("UnrecognizedClientException");
  // The rules of the signature demand the host and every header that begins with x-amz-.
  for (const name of ["host", "content-type", ...[...request.headers.keys()].filter((n) => n.startsWith("x-amz-"))])
    if (!hooks.matches(`sigv4/signed-${name}`, "true", String(parts.signedHeaders.includes(name))))
      refuseWith("InvalidSignatureException");
  const headers = canonicalHeaders(request, parts.signedHeaders, (value) => value.replace(/ +/g, " "));
  const query = rawPairs(request.query)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("&");
  const names = parts.signedHeaders.join(";");
  const canonical = [request.method, request.path, query, headers, names, sha256(request.body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, parts.scope.join("/"), sha256(canonical)].join("\n");
  const signingKey = hmac(hmac(hmac(hmac(`AWS4${key}`, date), sentRegion), service), terminator);
  if (!hooks.matches("sigv4/signature", hmac(signingKey, text).toString("hex"), parts.signature))
    refuseWith("InvalidSignatureException");
}

/** @throws RefusedCall for a signature that is not right */
export function verifyUserSig(
  { sdkappid, identifier, usersig }: { sdkappid: string; identifier: string; usersig: string },
  { app, key }: Credentials,
  nowSeconds: number,
  hooks: ServerHooks,
): void {
  if (!hooks.matches("usersig/application", app ?? "", sdkappid)) refuseWith("70020");
  const sig = readUserSig(usersig) ?? refuseWith("70003");
  const field = (name: string): string => String(sig[`TLS.${name}`]);
  if (!hooks.matches("usersig/identifier", identifier, field("identifier"))) refuseWith("70013");
  if (!hooks.matches("usersig/sdkappid", sdkappid, field("sdkappid"))) refuseWith("70014");
  const names = ["identifier", "sdkappid", "time", "expire"];
  const signed = names.map((name) => `TLS.${name}:${field(name)}\n`).join("");
  if (!hooks.matches("usersig/signature", hmac(key, signed).toString("base64"), field("sig"))) refuseWith("70009");
  if (Number(field("time")) + Number(field("expire")) < nowSeconds) refuseWith("70001");
}

function readUserSig(usersig: string): Record<string, unknown> | undefined {
  try {
    const base64 = usersig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
    const value: unknown = JSON.parse(inflateSync(Buffer.from(base64, "base64")).toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
