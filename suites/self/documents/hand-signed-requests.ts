/** Sends requests that are written by hand and signed by the published formulas, without any code of the engine. */
import { createHash, createHmac } from "node:crypto";
import { deflateSync } from "node:zlib";

/** The clock of the tests with literal requests, in milliseconds since 1970. */
export const fixedTime = Date.UTC(2026, 10, 21, 12);

/** The vendors' published example keys, which the emulator accepts. */
export const cloudKey = { id: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE" };
export const awsKey = { id: "AKIDEXAMPLE", key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
export const imKey = {
  app: 1400000000,
  id: "administrator",
  key: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
};

export type Body = Readonly<Record<string, unknown>>;
export type Pairs = Readonly<Record<string, string>>;

/** A response; `type` is its content type. */
export interface ReceivedResponse {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
}

async function readResponse(response: Response): Promise<ReceivedResponse> {
  const { status, headers } = response;
  // response.text() would remove a byte order mark.
  const text = Buffer.from(await response.arrayBuffer()).toString();
  return { status, headers, type: headers.get("content-type") ?? "", text };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
/** Percent-encodes as RFC 3986: everything but letters, digits and -_.~ */
const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const queryOf = (pairs: Pairs): string =>
  Object.entries(pairs)
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join("&");

export interface Tc3Request {
  readonly method: "GET" | "POST";
  readonly host: string;
  readonly scope: string;
  readonly type: string;
  readonly query: string;
  readonly payload: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** The Authorization header of TC3-HMAC-SHA256, with content type and host signed. */
export function signTc3(
  { method, host, scope, type, query, payload, timestamp }: Tc3Request,
  { id, key } = cloudKey,
): string {
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const canonical = [
    method,
    "/",
    query,
    `content-type:${type}`,
    `host:${host}`,
    "",
    "content-type;host",
    sha256(payload),
  ];
  const credential = `${date}/${scope}/tc3_request`;
  const text = ["TC3-HMAC-SHA256", timestamp, credential, sha256(canonical.join("\n"))].join("\n");
  const signature = hmac(hmac(hmac(hmac(`TC3${key}`, date), scope), "tc3_request"), text).toString("hex");
  return `TC3-HMAC-SHA256 Credential=${id}/${credential}, SignedHeaders=content-type;host, Signature=${signature}`;
}

/** The Signature of version 1, in base64: an HMAC over the unencoded pairs, sorted by name in ASCII order. */
export function signV1(method: string, host: string, pairs: Pairs, { key } = cloudKey): string {
  const sorted = Object.keys(pairs).sort();
  const text = `${method}${host}/?${sorted.map((name) => `${name}=${pairs[name]}`).join("&")}`;
  const hash = pairs["SignatureMethod"] === "HmacSHA256" ? "sha256" : "sha1";
  return createHmac(hash, key).update(text).digest("base64");
}

/** A UserSig that is valid for a day from `timestamp`, in seconds: deflated JSON, in base64 with * - _ for + / = */
export function userSig(timestamp: number, { app, id, key } = imKey): string {
  const expire = 86400;
  const signedText = `TLS.identifier:${id}\nTLS.sdkappid:${app}\nTLS.time:${timestamp}\nTLS.expire:${expire}\n`;
  const json = JSON.stringify({
    "TLS.ver": "2.0",
    "TLS.identifier": id,
    "TLS.sdkappid": app,
    "TLS.time": timestamp,
    "TLS.expire": expire,
    "TLS.sig": hmac(key, signedText).toString("base64"),
  });
  const packed = deflateSync(json).toString("base64");
  return packed.replaceAll("+", "*").replaceAll("/", "-").replaceAll("=", "_");
}

/** The Authorization header of AWS Signature Version 4; `date` as in X-Amz-Date. */
export function signV4(host: string, target: string, payload: string, date: string, { id, key } = awsKey): string {
  const signed = "content-type;host;x-amz-date;x-amz-target";
  const headers = ["content-type:application/x-amz-json-1.1", `host:${host}`, `x-amz-date:${date}`];
  const canonical = ["POST", "/", "", ...headers, `x-amz-target:${target}`, "", signed, sha256(payload)].join("\n");
  const day = date.slice(0, 8);
  const scope = `${day}/us-east-1/rekognition/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const secret = hmac(hmac(hmac(hmac(`AWS4${key}`, day), "us-east-1"), "rekognition"), "aws4_request");
  return `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${signed}, Signature=${hmac(secret, text).toString("hex")}`;
}

/** A Tencent Cloud service at one address. `scope` is the service of the credential scope; `host` is signed in place of the URL's host. */
export interface TencentService {
  readonly url: string;
  readonly scope: string;
  readonly version: string;
  readonly host?: string;
}

async function sendTc3(
  service: TencentService,
  action: string,
  sent: Pick<Tc3Request, "method" | "type" | "query" | "payload">,
) {
  const timestamp = fixedTime / 1000;
  const { method, type, query, payload } = sent;
  const headers = {
    "Content-Type": type,
    "X-TC-Action": action,
    "X-TC-Version": service.version,
    "X-TC-Timestamp": String(timestamp),
    Authorization: signTc3({
      ...sent,
      host: service.host ?? new URL(service.url).host,
      scope: service.scope,
      timestamp,
    }),
  };
  const init = { method, headers, ...(method === "POST" ? { body: payload } : {}) };
  return readResponse(await fetch(`${service.url}/${query && `?${query}`}`, init));
}

export const tc3Post = (service: TencentService, action: string, body: Body): Promise<ReceivedResponse> =>
  sendTc3(service, action, { method: "POST", type: "application/json", query: "", payload: JSON.stringify(body) });

export const tc3Get = (service: TencentService, action: string, pairs: Pairs): Promise<ReceivedResponse> =>
  sendTc3(service, action, {
    method: "GET",
    type: "application/x-www-form-urlencoded",
    query: queryOf(pairs),
    payload: "",
  });

/** `pairs` as a page prints them, with Action and Version; HmacSHA1 unless they contain SignatureMethod. */
export async function v1Send(method: "GET" | "POST", url: string, pairs: Pairs): Promise<ReceivedResponse> {
  const common = { SecretId: cloudKey.id, Timestamp: String(fixedTime / 1000), Nonce: "11886" };
  const sent = { ...pairs, ...common };
  const query = queryOf({ ...sent, Signature: signV1(method, new URL(url).host, sent) });
  if (method === "GET") return readResponse(await fetch(`${url}/?${query}`));
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return readResponse(await fetch(`${url}/`, { method, headers, body: query }));
}

/** `command`: the path after /v4/. */
export async function imPost(url: string, command: string, body: Body, usersig = userSig(fixedTime / 1000)) {
  const query = { usersig, identifier: imKey.id, sdkappid: String(imKey.app), random: "99999999", contenttype: "json" };
  return readResponse(
    await fetch(`${url}/v4/${command}?${queryOf(query)}`, { method: "POST", body: JSON.stringify(body) }),
  );
}

export async function awsPost(url: string, operation: string, body: Body): Promise<ReceivedResponse> {
  const target = `RekognitionService.${operation}`;
  const date = new Date(fixedTime).toISOString().replace(/[-:]|\.\d+/g, "");
  const payload = JSON.stringify(body);
  const headers = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": target,
    "X-Amz-Date": date,
    Authorization: signV4(new URL(url).host, target, payload, date),
  };
  return readResponse(await fetch(`${url}/`, { method: "POST", headers, body: payload }));
}
