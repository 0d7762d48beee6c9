/** The emulator against the page of GetCallerIdentity, statement by statement: literal calls, and the documented responses and codes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import {
  type Body,
  fixedTime,
  type Pairs,
  type TencentService,
  tc3Get,
  tc3Post,
  v1Send,
} from "./hand-signed-requests.ts";
import { cloudCode } from "./response-code.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let sts: TencentService;
beforeAll(async () => {
  emulator = await startEmulator({ now: () => fixedTime });
  sts = { url: emulator.url, scope: "sts", version: "2018-08-13" };
});
afterAll(() => emulator.close());

const action = "GetCallerIdentity";
const v1 = (extra: Pairs = {}) => ({ Action: action, Version: "2018-08-13", ...extra });
/** The sub-account of the test keys, in the form of the first sample. */
const caller = {
  Response: {
    Type: "CAMUser",
    AccountId: "100000000001",
    UserId: "100000000002",
    PrincipalId: "100000000002",
    Arn: "qcs::cam:100000000001:uin/100000000002",
    RequestId: expect.stringMatching(/./),
  },
};

test.each<[string, () => ReturnType<typeof tc3Post>]>([
  ["TC3, JSON", () => tc3Post(sts, action, {})],
  ["TC3, a query", () => tc3Get(sts, action, {})],
  ["HmacSHA1, a query", () => v1Send("GET", emulator.url, v1())],
  ["HmacSHA256, a query", () => v1Send("GET", emulator.url, v1({ SignatureMethod: "HmacSHA256" }))],
  ["HmacSHA1, a form", () => v1Send("POST", emulator.url, v1())],
  ["HmacSHA256, a form", () => v1Send("POST", emulator.url, v1({ SignatureMethod: "HmacSHA256" }))],
  ["a region, which the page prints as required", () => v1Send("GET", emulator.url, v1({ Region: "ap-guangzhou" }))],
])("%s: returns the caller and the account", async (_, send) => {
  const response = await send();
  expect(cloudCode(response)).toBe("accepted");
  expect(JSON.parse(response.text)).toEqual(caller);
});

describe("refuses", () => {
  const code = async (body: Body, change: Partial<TencentService> = {}, name = action) =>
    cloudCode(await tc3Post({ ...sts, ...change }, name, body));

  test("an undeclared parameter", async () => {
    expect(await code({ AccountId: "100000000001" })).toBe("UnknownParameter");
  });

  test("an unknown version and an unknown action", async () => {
    expect(await code({}, { version: "2018-08-14" })).toBe("NoSuchVersion");
    expect(await code({}, {}, "GetCallerIdentities")).toBe("InvalidAction");
  });

  test("a signature for another service", async () => {
    expect(await code({}, { scope: "iai" })).toBe("AuthFailure.InvalidAuthorization");
  });
});

test("with rate limits enforced: more than twenty calls per second", async () => {
  const rateLimited = await startEmulator({ now: () => fixedTime, enforceRateLimits: true });
  try {
    const limitedSts = { ...sts, url: rateLimited.url };
    const codes: string[] = [];
    for (let i = 0; i < 21; i++) codes.push(cloudCode(await tc3Post(limitedSts, action, {})));
    expect(codes).toEqual([...Array.from({ length: 20 }, () => "accepted"), "RequestLimitExceeded"]);
  } finally {
    await rateLimited.close();
  }
});
