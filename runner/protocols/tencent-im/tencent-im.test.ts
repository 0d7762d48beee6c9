/** Tencent IM against test vectors and the vendor's package, and the requests that its verifier refuses. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import type { HttpRequest, ParsedRequest, SigningInput, VerificationInput } from "../../model/index.ts";
import { findHeader } from "../shared/header.ts";
import { decodeQuery, splitPath } from "../shared/query.ts";
import { createActionStub } from "../testing/action-stub.ts";
import { protocolLaws } from "../testing/laws.ts";
import { tencentIm } from "./protocol.ts";
import { computeSignature, inflateUserSig, readUserSig, textToSign, writeUserSig } from "./usersig.ts";

interface Vector {
  readonly sdkappid: number;
  readonly key: string;
  readonly userid: string;
  readonly time: number;
  readonly expire: number;
  readonly toSign: string;
  readonly hmacB64: string;
  readonly userSig: string;
  readonly userSigLength: number;
  readonly zlibHeaderHex: string;
  readonly inflatedJson: string;
  readonly sigMatches: boolean;
  readonly privateMapKey: string;
}

const vectors: Vector[] = parse(readFileSync(new URL("vectors.yaml", import.meta.url), "utf8")).cases;
const fieldsOf = (v: Vector) => ({ identifier: v.userid, sdkappid: v.sdkappid, time: v.time, expire: v.expire });
const bytesOf = (userSig: string) =>
  Buffer.from(userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "="), "base64");

describe.each(vectors.map((v) => [v.userid, v] as const))("vector: %s", (_, v) => {
  test("text to sign and signature", () => {
    expect(textToSign(fieldsOf(v))).toBe(v.toSign);
    expect(computeSignature(v.key, v.toSign)).toBe(v.hmacB64);
  });

  test("the UserSig inflates to the expected JSON, and so does one from writeUserSig", () => {
    expect(v.userSig).toHaveLength(v.userSigLength);
    expect(inflateUserSig(v.userSig)).toBe(v.inflatedJson);
    const userSig = writeUserSig(v.key, fieldsOf(v));
    expect(inflateUserSig(userSig)).toBe(v.inflatedJson);
    expect(bytesOf(userSig).subarray(0, 2).toString("hex")).toBe(v.zlibHeaderHex);
    expect(readUserSig(v.userSig)).toEqual({ ...fieldsOf(v), sig: v.hmacB64 });
    expect(readUserSig(v.userSig)?.sig === computeSignature(v.key, v.toSign)).toBe(v.sigMatches);
  });

  test("a UserSig with a userbuf is parsed, and its signature covers the userbuf", () => {
    const { sig, ...fields } = readUserSig(v.privateMapKey) ?? { sig: "" };
    expect(fields).toMatchObject({ identifier: v.userid, sdkappid: v.sdkappid, userbuf: expect.any(String) });
    expect(computeSignature(v.key, textToSign(fields as Parameters<typeof textToSign>[0]))).toBe(sig);
  });
});

describe("the vendor's package", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("gives the same JSON for the same fields", () => {
    const { Api } = createRequire(import.meta.url)("tls-sig-api-v2");
    vi.useFakeTimers({ toFake: ["Date"] });
    const userid = fc.stringMatching(/^[\w-]{1,32}$/);
    const check = (app: number, key: string, identifier: string, time: number, expire: number) => {
      vi.setSystemTime(time * 1000);
      const expected: string = new Api(app, key).genUserSig(identifier, expire);
      const userSig = writeUserSig(key, { identifier, sdkappid: app, time, expire });
      expect(inflateUserSig(userSig)).toBe(inflateUserSig(expected));
      expect(userSig).toMatch(/^[\w*-]+$/);
    };
    const time = fc.integer({ min: 1, max: 4_000_000_000 });
    fc.assert(fc.property(fc.integer({ min: 1 }), fc.string(), userid, time, fc.nat(), check), {
      seed: 1,
      numRuns: 200,
    });
  });
});

const action = createActionStub({
  name: "delete_group_member",
  version: "v4",
  scope: "im",
  path: "/v4/group_open_http_svc/delete_group_member",
});
const credentials = { app: "1400000000", id: "administrator", key: "the-im-secret-of-the-laws" };
const now = 1_700_000_000_000;
const signing: SigningInput = { credentials, host: "console.tim.qq.com", now, nonce: () => 5 };
const call = { action, binding: "tim-post", members: { GroupId: "g" } };
const request = tencentIm.sign(tencentIm.encode(call, signing), call, signing);

const verification: VerificationInput = {
  now,
  credentialScope: "im",
  secretOf: (id) => (id === credentials.id ? credentials : undefined),
  leniency: { hostWithoutPort: false, scopeOfAddress: false, unsignedPayload: false },
};

function verify(request: HttpRequest, change: Partial<VerificationInput> = {}) {
  return tencentIm.verify(request, tencentIm.parseRequest(request) as ParsedRequest, { ...verification, ...change });
}

test("the query has the five parameters in the documented order", () => {
  const names = decodeQuery(splitPath(request.path).query).map(([name]) => name);
  expect(names).toEqual(["sdkappid", "identifier", "usersig", "random", "contenttype"]);
  expect(tencentIm.parseRequest(request)).toMatchObject({
    service: "group_open_http_svc",
    action: "delete_group_member",
    version: "v4",
  });
});

test("the UserSig is for the identifier and app of the path, not those of the credentials", () => {
  const otherUser = { ...tencentIm.encode(call, signing), path: `${action.path}?identifier=user7&sdkappid=77` };
  const pairs = decodeQuery(splitPath(tencentIm.sign(otherUser, call, signing).path).query);
  const userSig = pairs.find(([name]) => name === "usersig")?.[1] ?? "";
  expect(readUserSig(userSig)).toMatchObject({ identifier: "user7", sdkappid: 77 });
});

test("a UserSig is used for an hour and is valid for 24 more hours", () => {
  const userSigAt = (ms: number) => {
    const path = tencentIm.sign(tencentIm.encode(call, signing), call, { ...signing, now: ms }).path;
    return readUserSig(decodeQuery(path).find(([name]) => name === "usersig")?.[1] ?? "");
  };
  const hour = now - (now % 3_600_000);
  expect(userSigAt(hour + 3_599_999)).toEqual(userSigAt(hour));
  expect(userSigAt(hour + 3_600_000)).not.toEqual(userSigAt(hour));
  const { time, expire } = userSigAt(hour) ?? { time: 0, expire: 0 };
  expect(time + expire - (hour / 1000 + 3600)).toBe(24 * 3600);
});

test("another key gives another UserSig for the same identifier", () => {
  const otherKey = { ...signing, credentials: { ...credentials, key: "another" } };
  expect(verify(tencentIm.sign(tencentIm.encode(call, otherKey), call, otherKey))).toBe("signature");
});

test("unused bits of base64 must be 0", () => {
  const { userSig } = vectors[0] as Vector;
  expect(userSig).toMatch(/I_$/);
  expect(inflateUserSig(userSig.replace(/I_$/, "J_"))).toBeNull();
});

test("the error for a missing path or an invalid app names the remedy", () => {
  const { path: _, ...withoutPath } = action;
  expect(() => tencentIm.encode({ ...call, action: withoutPath }, signing)).toThrow(/add `path`/);
  for (const app of [undefined, "", "x1"]) {
    const { app: __, ...rest } = credentials;
    const invalid = { ...signing, credentials: app === undefined ? rest : { ...rest, app } };
    expect(() => tencentIm.encode(call, invalid)).toThrow(/set `app`/);
  }
});

describe("the verifier", () => {
  const fields = { identifier: credentials.id, sdkappid: 1400000000, time: now / 1000, expire: 100 };
  const withSig = (userSig: string) => ({
    ...request,
    path: request.path.replace(/usersig=[^&]*/, `usersig=${userSig}`),
  });
  const deflated = (value: unknown) =>
    deflateSync(JSON.stringify(value))
      .toString("base64")
      .replaceAll("+", "*")
      .replaceAll("/", "-")
      .replaceAll("=", "_");
  const json = JSON.parse(inflateUserSig(writeUserSig(credentials.key, fields)) ?? "");

  test.each([
    ["no usersig", { ...request, path: request.path.replace(/usersig=[^&]*&/, "") }, "absent"],
    ["an empty usersig", withSig(""), "absent"],
    ["a usersig that is not base64", withSig("a.b"), "malformed"],
    ["a usersig that does not inflate", withSig("AAAA"), "malformed"],
    ["a usersig that does not inflate to an object", withSig(deflated("x")), "malformed"],
    ["a usersig without a time", withSig(deflated({ ...json, "TLS.time": undefined })), "malformed"],
    ["a usersig of another version", withSig(deflated({ ...json, "TLS.ver": "1.0" })), "malformed"],
    ["a usersig that inflates to too many bytes", withSig(deflated({ ...json, x: "x".repeat(1e6) })), "malformed"],
    [
      "a usersig for another user",
      withSig(writeUserSig(credentials.key, { ...fields, identifier: "user7" })),
      "identifier",
    ],
    ["a usersig for another app", withSig(writeUserSig(credentials.key, { ...fields, sdkappid: 14 })), "app"],
    ["a usersig signed with another key", withSig(writeUserSig("x", fields)), "signature"],
    ["a usersig whose validity was extended", withSig(deflated({ ...json, "TLS.expire": 1e6 })), "signature"],
    ["an expired usersig", withSig(writeUserSig(credentials.key, { ...fields, expire: 0, time: 1 })), "expired"],
  ])("refuses %s", (_, refusedRequest, failure) => {
    expect(verify(refusedRequest)).toBe(failure);
  });

  test("refuses an identifier or an app that does not belong to the key", () => {
    const userSig = writeUserSig(credentials.key, { ...fields, identifier: "user7" });
    const asUser = { ...request, path: withSig(userSig).path.replace("administrator", "user7") };
    expect(verify(asUser)).toBe("identifier");
    const otherApp = writeUserSig(credentials.key, { ...fields, sdkappid: 14 });
    expect(verify({ ...request, path: withSig(otherApp).path.replace("1400000000", "14") })).toBe("app");
  });

  test.each([
    [100, null],
    [101, "expired"],
  ])("%i s after the creation of a UserSig valid for 100 s: %s", (seconds, failure) => {
    expect(verify(withSig(writeUserSig(credentials.key, fields)), { now: now + seconds * 1000 })).toBe(failure);
  });

  test("accepts a changed body and a changed random, because they are not signed", () => {
    expect(
      verify({ ...request, body: '{"GroupId":"another"}', path: request.path.replace("random=5", "random=6") }),
    ).toBeNull();
  });
});

protocolLaws(tencentIm, {
  action,
  credentials,
  host: "console.tim.qq.com",
  sendsNonce: true,
  // The UserSig covers the identifier and the app, but no header, no body and no other parameter.
  signedParts: () => ({ path: ["sdkappid", "identifier", "usersig"], body: false, headers: [] }),
  // The compressed form has unused bits: only the JSON in it counts.
  signedContent: (request) => {
    const parsed = tencentIm.parseRequest(request);
    const common = (name: string) => parsed?.common.get(name) ?? "";
    return [
      common("sdkappid"),
      common("identifier"),
      inflateUserSig(common("usersig")) ?? common("usersig"),
      findHeader(request.headers, "host"),
    ];
  },
});
