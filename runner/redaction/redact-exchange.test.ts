/** Recorded exchanges contain no secret, neither one with a secret name nor one with a known value. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Exchange } from "../model/index.ts";
import { RECORDED_BODY_BYTES, redactExchange } from "./redact-exchange.ts";

const key = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
const signature = "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168";
const redaction = { secrets: [key], endpoint: "http://127.0.0.1:1" };

function exchange(overrides: Partial<Exchange["request"]>, body = "{}"): Exchange {
  const request = { method: "POST", path: "/", headers: [], body: "", ...overrides };
  return {
    role: "judged",
    action: "a/b/C",
    binding: "x",
    request,
    response: { status: 200, headers: [["set-cookie", "s3cr3t"]], body: Buffer.from(body) },
    sentAtMs: 0,
    durationMs: 1.23456,
  };
}

test.each<[string, Partial<Exchange["request"]>, string[], string[]]>([
  [
    "an Authorization header",
    {
      headers: [
        [
          "Authorization",
          `TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQ/2026-11-21/iai/tc3_request, SignedHeaders=host, Signature=${signature}`,
        ],
      ],
    },
    ["z8krbs", signature],
    ["Credential=AKID[redacted]/2026-11-21/iai/tc3_request", "SignedHeaders=host"],
  ],
  [
    "a signed query",
    { path: "/?Action=X&SecretId=AKIDz8krbs&Signature=abc%3D&Token=t0ken&GroupId=g" },
    ["z8krbs", "abc%3D", "t0ken"],
    ["SecretId=AKID[redacted]", "GroupId=g"],
  ],
  ["a UserSig", { path: "/v4/x/y?sdkappid=1&usersig=eJyrVg&random=1" }, ["eJyrVg"], ["sdkappid=1", "random=1"]],
  [
    "a form",
    {
      headers: [["Content-Type", "application/x-www-form-urlencoded"]],
      body: "Action=X&SecretId=AKIDz8krbs&Signature=abc",
    },
    ["z8krbs", "=abc"],
    ["Action=X"],
  ],
  ["a token header", { headers: [["X-TC-Token", "t0ken"]] }, ["t0ken"], []],
  ["the key anywhere in a body", { body: `{"Note":"my key is ${key}"}` }, [key], ["my key is [redacted]"]],
  ["an image", { body: '{"Image":"aGVsbG8="}' }, ["aGVsbG8"], ['"Image":"[redacted]"']],
])("redacts %s", (_, request, hidden, shown) => {
  const text = JSON.stringify(redactExchange(exchange(request), redaction)).replaceAll('\\"', '"');
  for (const secret of hidden) expect(text).not.toContain(secret);
  for (const part of shown) expect(text).toContain(part);
});

test("redacts secrets in the response", () => {
  const text = JSON.stringify(
    redactExchange(exchange({}, `{"UserInfo":{"Password":"p4ssw0rd \\"x"},"Echo":"${key}"}`), redaction),
  );
  for (const secret of ["p4ssw0rd", key, "s3cr3t"]) expect(text).not.toContain(secret);
});

test("redacts secrets of the request that the server sends back, anywhere in the response", () => {
  const token = "s3cr3t/t0ken";
  const echoed = exchange({
    path: "/?usersig=eJyr%2AVgrx",
    headers: [
      ["Authorization", `TC3 Credential=AKIDz8krbs/x, Signature=${signature}`],
      ["X-TC-Token", token],
    ],
    body: '{"Image":"aGVsbG8gd29ybGQ="}',
  });
  const responseBody = JSON.stringify({
    Message: `${signature} eJyr*Vgrx`,
    Debug: JSON.stringify({ a: [token] }),
    b: "aGVsbG8gd29ybGQ=",
  });
  const response = {
    status: 200,
    headers: [
      ["x-echo", token],
      [`x-${signature}`, "1"],
    ] as const,
    body: Buffer.from(responseBody),
  };
  const text = JSON.stringify(redactExchange({ ...echoed, response }, redaction));
  for (const secret of [signature, "s3cr3t", "eJyr*", "eJyr%2A", "aGVsbG8"]) expect(text).not.toContain(secret);
});

test("redacts a secret at the cut of a long body as a whole", () => {
  const text = JSON.stringify(
    redactExchange(exchange({}, `${"x".repeat(RECORDED_BODY_BYTES - 5)}${key}${"y".repeat(99)}`), redaction),
  );
  expect(text).not.toContain(key.slice(0, 5));
  const withPassword = `${"x".repeat(RECORDED_BODY_BYTES - 15)}{"Password":"p4ssw0rd"}${"y".repeat(99)}`;
  expect(JSON.stringify(redactExchange(exchange({}, withPassword), redaction))).not.toContain("p4s");
});

test("redacts image data under any name, and keeps a long text of the case", () => {
  const image = Buffer.from(Array.from({ length: 900 }, (_, i) => (i * i * 7 + i) % 251)).toString("base64");
  const longText = "abc123".repeat(200);
  const text = JSON.stringify(
    redactExchange(exchange({ body: JSON.stringify({ Face: image, Name: longText }) }), redaction),
  );
  expect(text).not.toContain(image.slice(0, 20));
  expect(text).toContain(longText);
});

test("cuts a long body and records length and digest of the whole", () => {
  const body = "a".repeat(RECORDED_BODY_BYTES + 1);
  const { response } = redactExchange(exchange({}, body), redaction);
  if (!("body" in response)) throw new Error("no response");
  expect(response.body.text).toHaveLength(RECORDED_BODY_BYTES);
  expect(response.body.bytes).toBe(RECORDED_BODY_BYTES + 1);
  expect(response.body.sha256).toBe(createHash("sha256").update(body).digest("hex"));
});
