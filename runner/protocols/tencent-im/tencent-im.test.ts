/** Tencent IM against the known UserSigs and the vendor's own package, and what its verifier refuses. */
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

  test("the UserSig inflates to the known JSON, and so does ours", () => {
    expect(v.userSig).toHaveLength(v.userSigLength);
    expect(inflateUserSig(v.userSig)).toBe(v.inflatedJson);
    const ours = writeUserSig(v.key, fieldsOf(v));
    expect(inflateUserSig(ours)).toBe(v.inflatedJson);
    expect(bytesOf(ours).subarray(0, 2).toString("hex")).toBe(v.zlibHeaderHex);
    expect(readUserSig(v.userSig)).toEqual({ ...fieldsOf(v), sig: v.hmacB64 });
    expect(readUserSig(v.userSig)?.sig === computeSignature(v.key, v.toSign)).toBe(v.sigMatches);
  });

  test("a UserSig with a userbuf is read, and its userbuf is signed", () => {
    const { sig, ...fields } = readUserSig(v.privateMapKey) ?? { sig: "" };
    expect(fields).toMatchObject({ identifier: v.userid, sdkappid: v.sdkappid, userbuf: expect.any(String) });
    expect(computeSignature(v.key, textToSign(fields as Parameters<typeof textToSign>[0]))).toBe(sig);
  });
});

describe("the vendor's package", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("makes the same of the same", () => {
    const { Api } = createRequire(import.meta.url)("tls-sig-api-v2");
    vi.useFakeTimers({ toFake: ["Date"] });
    const userid = fc.stringMatching(/^[\w-]{1,32}$/);
    const check = (app: number, key: string, identifier: string, time: number, expire: number) => {
      vi.setSystemTime(time * 1000);
      const theirs: string = new Api(app, key).genUserSig(identifier, expire);
      const ours = writeUserSig(key, { identifier, sdkappid: app, time, expire });
      expect(inflateUserSig(ours)).toBe(inflateUserSig(theirs));
      expect(ours).toMatch(/^[\w*-]+$/);
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

const verifying: VerificationInput = {
  now,
  credentialScope: "im",
  secretOf: (id) => (id === credentials.id ? credentials : undefined),
  leniency: { hostWithoutPort: false, scopeOfAddress: false },
};

function judge(one: HttpRequest, how: Partial<VerificationInput> = {}) {
  return tencentIm.verify(one, tencentIm.parseRequest(one) as ParsedRequest, { ...verifying, ...how });
}

test("the query has the five parameters in the pages' order", () => {
  const names = decodeQuery(splitPath(request.path).query).map(([name]) => name);
  expect(names).toEqual(["sdkappid", "identifier", "usersig", "random", "contenttype"]);
  expect(tencentIm.parseRequest(request)).toMatchObject({
    service: "group_open_http_svc",
    action: "delete_group_member",
    version: "v4",
  });
});

test("what stands in the path is signed, not what the credentials say", () => {
  const other = { ...tencentIm.encode(call, signing), path: `${action.path}?identifier=user7&sdkappid=77` };
  const sent = decodeQuery(splitPath(tencentIm.sign(other, call, signing).path).query);
  const userSig = sent.find(([name]) => name === "usersig")?.[1] ?? "";
  expect(readUserSig(userSig)).toMatchObject({ identifier: "user7", sdkappid: 77 });
});

test("a UserSig serves for an hour and then has 24 left", () => {
  const at = (ms: number) => {
    const path = tencentIm.sign(tencentIm.encode(call, signing), call, { ...signing, now: ms }).path;
    return readUserSig(decodeQuery(path).find(([name]) => name === "usersig")?.[1] ?? "");
  };
  const hour = now - (now % 3_600_000);
  expect(at(hour + 3_599_999)).toEqual(at(hour));
  expect(at(hour + 3_600_000)).not.toEqual(at(hour));
  const { time, expire } = at(hour) ?? { time: 0, expire: 0 };
  expect(time + expire - (hour / 1000 + 3600)).toBe(24 * 3600);
});

test("another key makes another UserSig of the same identifier", () => {
  const how = { ...signing, credentials: { ...credentials, key: "another" } };
  const other = tencentIm.sign(tencentIm.encode(call, how), call, how);
  expect(judge(other)).toBe("signature");
});

test("bits of base64 that say nothing must be 0", () => {
  const { userSig } = vectors[0] as Vector;
  expect(userSig).toMatch(/I_$/);
  expect(inflateUserSig(userSig.replace(/I_$/, "J_"))).toBeNull();
});

test("what cannot be sent is refused with the remedy", () => {
  const { path: _, ...pathless } = action;
  expect(() => tencentIm.encode({ ...call, action: pathless }, signing)).toThrow(/add `path`/);
  for (const app of [undefined, "", "x1"]) {
    const { app: __, ...rest } = credentials;
    const how = { ...signing, credentials: app === undefined ? rest : { ...rest, app } };
    expect(() => tencentIm.encode(call, how)).toThrow(/set `app`/);
  }
});

describe("the verifier", () => {
  const fields = { identifier: credentials.id, sdkappid: 1400000000, time: now / 1000, expire: 100 };
  const withSig = (userSig: string) => ({
    ...request,
    path: request.path.replace(/usersig=[^&]*/, `usersig=${userSig}`),
  });
  const packed = (value: unknown) =>
    deflateSync(JSON.stringify(value))
      .toString("base64")
      .replaceAll("+", "*")
      .replaceAll("/", "-")
      .replaceAll("=", "_");
  const json = JSON.parse(inflateUserSig(writeUserSig(credentials.key, fields)) ?? "");

  test.each([
    ["no usersig", { ...request, path: request.path.replace(/usersig=[^&]*&/, "") }, "absent"],
    ["an empty usersig", withSig(""), "absent"],
    ["a usersig that is no base64", withSig("a.b"), "malformed"],
    ["a usersig that does not inflate", withSig("AAAA"), "malformed"],
    ["a usersig that inflates to no object", withSig(packed("x")), "malformed"],
    ["a usersig without a time", withSig(packed({ ...json, "TLS.time": undefined })), "malformed"],
    ["a usersig of another version", withSig(packed({ ...json, "TLS.ver": "1.0" })), "malformed"],
    ["a usersig that inflates without end", withSig(packed({ ...json, x: "x".repeat(1e6) })), "malformed"],
    [
      "a usersig for another user",
      withSig(writeUserSig(credentials.key, { ...fields, identifier: "user7" })),
      "identifier",
    ],
    ["a usersig for another app", withSig(writeUserSig(credentials.key, { ...fields, sdkappid: 14 })), "app"],
    ["a usersig of another key", withSig(writeUserSig("x", fields)), "signature"],
    ["a usersig that was given a longer life", withSig(packed({ ...json, "TLS.expire": 1e6 })), "signature"],
    ["a usersig past its time", withSig(writeUserSig(credentials.key, { ...fields, expire: 0, time: 1 })), "expired"],
  ])("refuses %s", (_, one, denial) => {
    expect(judge(one)).toBe(denial);
  });

  test("an identifier or an app that the query has and the key has not", () => {
    const user = writeUserSig(credentials.key, { ...fields, identifier: "user7" });
    const asUser = { ...request, path: withSig(user).path.replace("administrator", "user7") };
    expect(judge(asUser)).toBe("identifier");
    const app = writeUserSig(credentials.key, { ...fields, sdkappid: 14 });
    expect(judge({ ...request, path: withSig(app).path.replace("1400000000", "14") })).toBe("app");
  });

  test.each([
    [100, null],
    [101, "expired"],
  ])("%i s after a UserSig of 100 s was made: %s", (after, denial) => {
    expect(judge(withSig(writeUserSig(credentials.key, fields)), { now: now + after * 1000 })).toBe(denial);
  });

  test("neither the body nor random is signed", () => {
    expect(
      judge({ ...request, body: '{"GroupId":"another"}', path: request.path.replace("random=5", "random=6") }),
    ).toBeNull();
  });
});

protocolLaws(tencentIm, {
  action,
  credentials,
  host: "console.tim.qq.com",
  sendsNonce: true,
  // The UserSig covers itself, the identifier and the app: no header, no body, no other parameter.
  signedParts: () => ({ path: ["sdkappid", "identifier", "usersig"], body: false, headers: [] }),
  // The deflated form has bits that say nothing; what it inflates to counts.
  signedContent: (one) => {
    const received = tencentIm.parseRequest(one);
    const of = (name: string) => received?.common.get(name) ?? "";
    return [
      of("sdkappid"),
      of("identifier"),
      inflateUserSig(of("usersig")) ?? of("usersig"),
      findHeader(one.headers, "host"),
    ];
  },
});
