/** The page of GetCallerIdentity, sentence by sentence: literal calls, and the answers and codes that the page prints. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import { type Body, type Cloud, noon, type Pairs, tc3Get, tc3Post, v1Send } from "./hand-signed-requests.ts";
import { cloudCode } from "./response-code.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let sts: Cloud;
beforeAll(async () => {
  emulator = await startEmulator({ now: () => noon });
  sts = { url: emulator.url, scope: "sts", version: "2018-08-13" };
});
afterAll(() => emulator.close());

const action = "GetCallerIdentity";
const v1 = (more: Pairs = {}) => ({ Action: action, Version: "2018-08-13", ...more });
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
])("by %s, it tells the caller and the account", async (_, send) => {
  const answer = await send();
  expect(cloudCode(answer)).toBe("accepted");
  expect(JSON.parse(answer.text)).toEqual(caller);
});

describe("refuses", () => {
  const code = async (body: Body, to: Partial<Cloud> = {}, name = action) =>
    cloudCode(await tc3Post({ ...sts, ...to }, name, body));

  test("a parameter, for it has none", async () => {
    expect(await code({ AccountId: "100000000001" })).toBe("UnknownParameter");
  });

  test("another version, and an action that it does not have", async () => {
    expect(await code({}, { version: "2018-08-14" })).toBe("NoSuchVersion");
    expect(await code({}, {}, "GetCallerIdentities")).toBe("InvalidAction");
  });

  test("a signature for another service", async () => {
    expect(await code({}, { scope: "iai" })).toBe("AuthFailure.InvalidAuthorization");
  });
});

test("over twenty calls a second, where the pace is kept", async () => {
  const paced = await startEmulator({ now: () => noon, enforceRateLimits: true });
  try {
    const to = { ...sts, url: paced.url };
    const codes: string[] = [];
    for (let i = 0; i < 21; i++) codes.push(cloudCode(await tc3Post(to, action, {})));
    expect(codes).toEqual([...Array.from({ length: 20 }, () => "accepted"), "RequestLimitExceeded"]);
  } finally {
    await paced.close();
  }
});
