/** The secrets that a redactor removes, in every recognised encoding, and the texts that it keeps. */
import { deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Exchange, Verdict } from "../model/index.ts";
import { redactExchange } from "./redact-exchange.ts";
import { createRedactor } from "./redactor.ts";

const key = `Gu5t9"xGA/RNpq86+cd98\\joQY=`;
const id = "AKIDz8krbsJ5yKBZQpn7";
const token = "t0ken/+abc==";
const headerValue = "Bearer s3cr3t-of-the-gate";
const services = [
  { credentials: { id, key, token }, headers: [{ name: "X-Gate", value: headerValue, secret: true }] },
  { credentials: { app: "1400000000", id: "administrator", key: "im-key-0123456789" } },
];
const redactor = () => createRedactor(services, "run0id0run0id");

const hex = (text: string, wrap: (code: string) => string) =>
  [...text].map((c) => wrap(c.charCodeAt(0).toString(16).padStart(2, "0"))).join("");

const wrapped = (text: string, columns: number, lineEnd = "\n") =>
  (text.match(new RegExp(`.{1,${columns}}`, "g")) ?? []).join(lineEnd);

test.each<[string, (text: string) => string]>([
  ["unencoded", (t) => t],
  ["in JSON", (t) => JSON.stringify(t)],
  ["in JSON in JSON", (t) => JSON.stringify({ in: JSON.stringify([t]) })],
  ["in JSON with slashes escaped", (t) => JSON.stringify(t).replaceAll("/", "\\/")],
  ["in JSON as code points", (t) => hex(t, (c) => `\\u00${c}`)],
  ["percent-encoded", encodeURIComponent],
  ["percent-encoded in lower case", (t) => encodeURIComponent(t).toLowerCase()],
  ["percent-encoded twice", (t) => encodeURIComponent(encodeURIComponent(t))],
  ["with every character percent-encoded", (t) => hex(t, (c) => `%${c}`)],
  ["form-decoded", (t) => t.replaceAll("+", " ")],
  ["in HTML", (t) => t.replaceAll('"', "&quot;").replaceAll("+", "&#43;").replaceAll("/", "&#x2F;")],
  ["in base64", (t) => Buffer.from(t).toString("base64")],
  ["in base64url", (t) => Buffer.from(t).toString("base64url")],
  ["in base64 of a longer text", (t) => Buffer.from(`Key: ${t}; more`).toString("base64")],
  ["in base64 of a longer text, at another offset", (t) => Buffer.from(`The key: ${t}`).toString("base64")],
  [
    "in base64 of 76 columns",
    (t) => wrapped(Buffer.from(`${"x".repeat(50)}${t}${"y".repeat(50)}`).toString("base64"), 76),
  ],
  ["in base64 of 64 columns, in JSON", (t) => JSON.stringify(wrapped(btoa(`${"x".repeat(41)}${t}`), 64, "\r\n"))],
  ["in the base64 of base64url", (t) => btoa(`a:${Buffer.from(t).toString("base64url")}`)],
  ["in hexadecimal digits", (t) => hex(`a key: ${t}`, (c) => c)],
  ["in hexadecimal digits in upper case", (t) => hex(t, (c) => c.toUpperCase())],
  ["with gzip and base64", (t) => gzipSync(`a text with ${t}`).toString("base64")],
  ["with zlib and base64url", (t) => deflateSync(`{"key":${JSON.stringify(t)}}`).toString("base64url")],
  ["with zlib and hexadecimal digits", (t) => deflateSync(t).toString("hex")],
  ["without its first characters", (t) => t.slice(5)],
  ["a part of it in base64", (t) => btoa(t.slice(5, 20))],
  ["in lower case", (t) => t.toLowerCase()],
  ["its first half only", (t) => t.slice(0, 14)],
])("redacts a secret: %s", (_, encode) => {
  const text = `before ${encode(key)} behind`;
  const redacted = redactor().redact(text);
  expect(redacted).toMatch(/^before .*\[redacted\].* behind$/);
  // At both ends of base64 one character may remain: it holds less than one character of the secret.
  expect(redacted.replace("[redacted]", "").length).toBeLessThan(text.length - encode(key).length + 26);
  const middle = encode(key).length / 2;
  expect(redacted).not.toContain(encode(key).slice(middle - 3, middle + 3));
});

/** Each is one word or one block of lines, which must be replaced as a whole. */
const wholeForms: readonly [string, (text: string, before: string) => string][] = [
  ["hexadecimal digits", (t, b) => Buffer.from(b + t).toString("hex")],
  [
    "hexadecimal digits in upper case",
    (t, b) =>
      Buffer.from(b + t)
        .toString("hex")
        .toUpperCase(),
  ],
  ["hexadecimal digits after another one", (t, b) => `a${Buffer.from(b + t).toString("hex")}`],
  ...["", "_", "__", "___"].flatMap((prefix): [string, (text: string, before: string) => string][] => [
    [
      `base64 after "${prefix}"`,
      (t, b) =>
        prefix +
        Buffer.from(b + t)
          .toString("base64")
          .replace(/=+$/, ""),
    ],
    [`base64url after "${prefix}"`, (t, b) => prefix + Buffer.from(b + t).toString("base64url")],
  ]),
  ...[64, 76].flatMap((columns) =>
    ["\n", "\r\n", "\n  "].map((lineEnd): [string, (text: string, before: string) => string] => [
      `base64 of ${columns} columns, lines that end in ${JSON.stringify(lineEnd)}`,
      (t, b) =>
        wrapped(
          Buffer.from(`${"~".repeat(columns)}${b}${t}${"~".repeat(columns)}`).toString("base64url"),
          columns,
          lineEnd,
        ),
    ]),
  ),
  ...[1, 4, 6, 9].flatMap((level): [string, (text: string, before: string) => string][] => [
    [`zlib of level ${level} in base64url`, (t, b) => deflateSync(b + t, { level }).toString("base64url")],
    [`zlib of level ${level} in hexadecimal digits`, (t, b) => deflateSync(b + t, { level }).toString("hex")],
  ]),
  ["gzip in base64url", (t, b) => gzipSync(b + t).toString("base64url")],
  ["gzip in hexadecimal digits", (t, b) => gzipSync(b + t).toString("hex")],
  [
    "gzip that is cut off, in hexadecimal digits",
    (t, b) =>
      gzipSync(b + t)
        .subarray(0, -4)
        .toString("hex"),
  ],
];

test.each(wholeForms)("redacts all of a text with a secret or eight characters of it: %s", (_, encode) => {
  for (const secret of [`Jk7lMnoZ~/${key}?>~jklmno7`, "Jk7lMnoZ"])
    for (let length = 0; length < 6; length++)
      expect(
        createRedactor([{ credentials: { id, key: `xx-${secret}-xx` } }]).redact(
          `<${encode(secret, "-".repeat(length))}>`,
        ),
      ).toBe("<[redacted]>");
});

test("keeps the first four characters of a key id, an administrator's name and an application number", () => {
  expect(redactor().redact(`${id} ${token} ${headerValue} ${headerValue.slice(7)} administrator 1400000000`)).toBe(
    "AKID[redacted] [redacted] [redacted] [redacted] administrator 1400000000",
  );
});

test("redacts every part of a secret of eight characters, but no word that occurs in it", () => {
  const token = "Zq3-deployment-key-x7B9kL2mWfE";
  const { redact } = createRedactor([{ credentials: { id: "AKIDz8krbsJ5yKBZQpn7", key: token } }]);
  for (let from = 16; from + 8 <= token.length; from++) {
    const part = token.slice(from, from + 8);
    expect(redact(`<${part}>`), part).toBe("<[redacted]>");
  }
  expect(redact("a Zq3-dep of the deployment")).toBe("a Zq3-dep of the deployment");
  expect(redact("AKIDz8krb, z8krbsJ5y")).toBe("AKID[redacted], [redacted]");
});

test("keeps base64, hexadecimal digits and compressed data without a secret", () => {
  const text = [btoa("a text without any secret"), gzipSync("abc").toString("base64"), "fedcba98".repeat(8)].join(" ");
  expect(redactor().redact(text)).toBe(text);
});

test("redacts a body that is compressed and has a secret", () => {
  const bodyText = (text: string) => {
    const { response } = redactExchange(
      { ...exchange([], ""), response: { status: 200, headers: [], body: gzipSync(text) } },
      { secrets: redactor(), endpoint: "http://127.0.0.1" },
    );
    return "body" in response ? response.body.text : "";
  };
  expect(bodyText(`the key ${key}`)).toBe("[redacted]");
  expect(bodyText("nothing")).not.toContain("[redacted]");
  expect(bodyText("a text that is too long to be searched ".repeat(1 << 15))).toBe("[redacted]");
});

test("redacts a secret that is cut off at the end of a text", () => {
  expect(redactor().redact(`the key ${key.slice(0, 7)}`)).toBe("the key [redacted]");
});

test("keeps a text without secrets, and a secret that is too short to search", () => {
  const text = "tencent/iai/CreateGroup %41 \\u0041 &amp; Signature=x";
  expect(redactor().redact(text)).toBe(text);
  expect(createRedactor([{ credentials: { id: "a", key: "short" } }]).redact("short a")).toBe("short a");
});

function exchange(
  headers: [string, string][],
  responseBody: string,
  responseHeaders: [string, string][] = [],
): Exchange {
  const request = { method: "POST", path: "/?usersig=eJyr%2AVgrx&Signature=c2lnbmF0dXJl%3D", headers, body: "{}" };
  return {
    role: "judged",
    action: "a/b/C",
    binding: "x",
    request,
    response: { status: 200, headers: responseHeaders, body: Buffer.from(responseBody) },
    sentAtMs: 0,
    durationMs: 1,
  };
}

const signature = "72e494ea809ad7a8c8f7a4507b9bddcb";
const authorization: [string, string] = ["Authorization", `TC3 Credential=${id}/x, Signature=${signature}`];

test.each([
  ["in the body", `{"Message":"wrong: ${signature}"}`, []],
  ["in a header", "{}", [["x-echo", signature]]],
  ["in base64", `{"Message":"${Buffer.from(`no: ${signature}`).toString("base64")}"}`, []],
] as [string, string, [string, string][]][])(
  "learns a request's signature when the response contains it: %s",
  (_, body, headers) => {
    const r = redactor();
    expect(r.redact(signature)).toBe(signature);
    r.learnFromExchange(exchange([authorization], body, headers));
    expect(r.redact(`refused ${signature}`)).toBe("refused [redacted]");
  },
);

test("does not learn a signature that the response does not contain", () => {
  const r = redactor();
  r.learnFromExchange(exchange([authorization], '{"Message":"wrong"}'));
  expect(r.redact(signature)).toBe(signature);
});

test.each([
  ["a member", '{"a":[{"b":{"PassWord":"p4ss\\"w0rd"}}]}', 'p4ss"w0rd'],
  ["a member of JSON in a string", JSON.stringify({ d: JSON.stringify({ SecretKey: 'p4ss"w0rd' }) }), 'p4ss"w0rd'],
  ["a pair of a form", '{"f":"a=1&access_token=p4ss%2Fw0rd&b=2"}', "p4ss/w0rd"],
  ["an element of XML", "<a><SessionToken>p4ss/w0rd</SessionToken></a>", "p4ss/w0rd"],
  ["a member that is cut off", '{"UserSig":"p4ss/w0rd', "p4ss/w0rd"],
])("learns a value with a secret name: %s", (_, body, secret) => {
  const r = redactor();
  r.learnFromExchange(exchange([], body));
  expect(r.redact(`seen ${secret}`)).toBe("seen [redacted]");
});

test("learns a member that the output schema marks as a password, and redacts it in exchanges of the action", () => {
  const r = redactor();
  const output = { type: "object", properties: { Users: { items: { properties: { Pin: { format: "password" } } } } } };
  const passwordExchange = exchange([], '{"Users":[{"Pin":"sunshine"}]}');
  r.learnFromExchange(passwordExchange, output as never);
  expect(r.redact("sunshine")).toBe("[redacted]");
  expect(r.redactExchangeText('{"Pin":"1234"}', passwordExchange)).toBe('{"Pin":"[redacted]"}');
});

test.each(['{"NextToken":"p4ssw0rd"}', '{"Token":"expired"}', '{"Signature":"AuthFailure.SignatureExpire"}'])(
  "%s contains no secret",
  (body) => {
    const r = redactor();
    r.learnFromExchange(exchange([], body));
    expect(r.redact(body)).toBe(body);
  },
);

test("does not learn a name that contains the run id, even where a response calls it a password", () => {
  const r = redactor();
  r.learnFromExchange(exchange([], '{"Password":"Group-run0id0run0id-1"}'));
  expect(r.redact("Group-run0id0run0id-1")).toBe("Group-run0id0run0id-1");
});

test("drops the oldest of more than ten thousand learned values", () => {
  const r = redactor();
  const value = (n: number) => `${(n * 7919).toString(36).padStart(8, "0")}-learned`;
  for (let n = 0; n < 10_001; n++) r.learn(value(n));
  expect(r.redact(value(0))).toBe(value(0));
  expect(r.redact(`${value(5001)} ${value(10_000)}`)).toBe("[redacted] [redacted]");
});

const verdict = {
  type: "verdict",
  id: "a/b/C/family-word1",
  family: "family-word1",
  actual: `Failed.${key}`,
  reason: `answered ${key}`,
  blockedBy: { action: "a/b/Word", response: key },
  findings: [{ check: "code", level: "must", location: `/Response/${key}`, expected: ["X"], actual: { [key]: [key] } }],
  exchanges: [],
} as unknown as Verdict;

test("redacts the texts of a verdict that come from the target", () => {
  expect(redactor().redactVerdict(verdict)).toEqual({
    ...verdict,
    actual: "Failed.[redacted]",
    reason: "answered [redacted]",
    blockedBy: { action: "a/b/Word", response: "[redacted]" },
    findings: [
      {
        check: "code",
        level: "must",
        location: "/Response/[redacted]",
        expected: ["X"],
        actual: { "[redacted]": ["[redacted]"] },
      },
    ],
  });
});

test("a redacted line is valid JSON, and keeps ids of the run that a response called secrets", () => {
  const r = redactor();
  r.learnFromExchange(
    exchange([], '{"Password":"family-word1","Token":"verdict-1","SecretKey":"\\",\\"actual\\":\\""}'),
  );
  const line = JSON.parse(r.serializeLine({ ...verdict, reason: "family-word1" })) as Verdict;
  expect(line).toMatchObject({
    id: verdict.id,
    family: verdict.family,
    reason: "[redacted]",
    actual: "Failed.[redacted]",
  });
  expect(r.serializeLine(verdict)).not.toContain("xGA");
  const footer = { type: "footer", counts: { passed: 1 }, runProblems: [`left: ${key}`] };
  expect(JSON.parse(r.serializeLine(footer))).toEqual({ ...footer, runProblems: ["left: [redacted]"] });
});

test("a redacted line of the ledger contains neither secrets nor images", () => {
  const line = { op: "intend", number: 1, input: { GroupId: "g", Image: "aGVsbG8=", Note: key } };
  expect(JSON.parse(redactor().serializeLine(line))).toEqual({
    ...line,
    input: { GroupId: "g", Image: "[redacted]", Note: "[redacted]" },
  });
});

test.each(["hex", "base64url"] as const)("redacts an id in the ledger that is a secret in %s", (encoding) => {
  const { serializeLine } = redactor();
  const id = Buffer.from(key).toString(encoding);
  const line = { op: "created", number: 1, id };
  expect(JSON.parse(serializeLine(line))).toEqual({ ...line, id: "[redacted]" });
  expect(serializeLine({ op: "intend", number: 2, input: { GroupId: id }, containers: { group: id } })).not.toContain(
    id,
  );
});

test("redacts message and stack of an error", () => {
  const error = new Error(`no ${key}`);
  redactor().redactError(error);
  expect(`${error.message} ${error.stack}`).not.toContain("xGA");
  expect(error.stack).toContain("no [redacted]");
});

test("cuts a text that is too long to search, and writes nothing of the rest", () => {
  const long = redactor().redact(`${"\\u0041".repeat(1 << 19)}${key}`);
  expect(long).not.toContain("xGA");
  expect(long.length).toBeLessThan(1.1 * (1 << 20));
});
