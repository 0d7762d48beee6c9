/** What a redactor takes out, in every way in which it may be written, and what it leaves. */
import { expect, test } from "vitest";
import type { Exchange, Verdict } from "../model/index.ts";
import { createRedactor } from "./redactor.ts";

const key = `Gu5t9"xGA/RNpq86+cd98\\joQY=`;
const id = "AKIDz8krbsJ5yKBZQpn7";
const token = "t0ken/+abc==";
const gate = "Bearer s3cr3t-of-the-gate";
const services = [
  { credentials: { id, key, token }, headers: [{ name: "X-Gate", value: gate, secret: true }] },
  { credentials: { app: "1400000000", id: "administrator", key: "im-key-0123456789" } },
];
const redactor = () => createRedactor(services, "run0id0run0id");

const hex = (text: string, wrap: (code: string) => string) =>
  [...text].map((c) => wrap(c.charCodeAt(0).toString(16).padStart(2, "0"))).join("");

test.each<[string, (text: string) => string]>([
  ["as it is", (t) => t],
  ["in JSON", (t) => JSON.stringify(t)],
  ["in JSON in JSON", (t) => JSON.stringify({ in: JSON.stringify([t]) })],
  ["in JSON with slashes escaped", (t) => JSON.stringify(t).replaceAll("/", "\\/")],
  ["in JSON by code points", (t) => hex(t, (c) => `\\u00${c}`)],
  ["percent-encoded", encodeURIComponent],
  ["percent-encoded in small letters", (t) => encodeURIComponent(t).toLowerCase()],
  ["percent-encoded twice", (t) => encodeURIComponent(encodeURIComponent(t))],
  ["all of it percent-encoded", (t) => hex(t, (c) => `%${c}`)],
  ["as a form reads it", (t) => t.replaceAll("+", " ")],
  ["in HTML", (t) => t.replaceAll('"', "&quot;").replaceAll("+", "&#43;").replaceAll("/", "&#x2F;")],
  ["in base64", (t) => Buffer.from(t).toString("base64")],
  ["in base64url", (t) => Buffer.from(t).toString("base64url")],
  ["in base64 of more", (t) => Buffer.from(`Key: ${t}; more`).toString("base64")],
  ["in base64 of more, elsewhere", (t) => Buffer.from(`The key: ${t}`).toString("base64")],
  ["in small letters", (t) => t.toLowerCase()],
  ["its first half", (t) => t.slice(0, 14)],
])("a secret is gone: %s", (_, write) => {
  const text = `before ${write(key)} behind`;
  const cleaned = redactor().redact(text);
  expect(cleaned).toMatch(/^before .*\[redacted\].* behind$/);
  // Of base64 a character may stay that holds less than one of the secret.
  expect(cleaned.replace("[redacted]", "").length).toBeLessThan(text.length - write(key).length + 26);
  const middle = write(key).length / 2;
  expect(cleaned).not.toContain(write(key).slice(middle - 3, middle + 3));
});

test("of an id the first four characters stay; the name of an administrator and an application are no secrets", () => {
  expect(redactor().redact(`${id} ${token} ${gate} ${gate.slice(7)} administrator 1400000000`)).toBe(
    "AKID[redacted] [redacted] [redacted] [redacted] administrator 1400000000",
  );
});

test("what is cut off at the end of a text is gone as well", () => {
  expect(redactor().redact(`the key ${key.slice(0, 7)}`)).toBe("the key [redacted]");
});

test("a text without secrets is the same, and so is one with a short one", () => {
  const words = "tencent/iai/CreateGroup %41 \\u0041 &amp; Signature=x";
  expect(redactor().redact(words)).toBe(words);
  expect(createRedactor([{ credentials: { id: "a", key: "short" } }]).redact("short a")).toBe("short a");
});

function exchange(headers: [string, string][], answer: string, more: [string, string][] = []): Exchange {
  const request = { method: "POST", path: "/?usersig=eJyr%2AVgrx&Signature=c2lnbmF0dXJl%3D", headers, body: "{}" };
  return {
    role: "judged",
    action: "a/b/C",
    binding: "x",
    request,
    response: { status: 200, headers: more, body: Buffer.from(answer) },
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
  "what a request carried is known once it comes back: %s",
  (_, body, more) => {
    const r = redactor();
    expect(r.redact(signature)).toBe(signature);
    r.learnFromExchange(exchange([authorization], body, more));
    expect(r.redact(`refused ${signature}`)).toBe("refused [redacted]");
  },
);

test("what did not come back is forgotten", () => {
  const r = redactor();
  r.learnFromExchange(exchange([authorization], '{"Message":"wrong"}'));
  expect(r.redact(signature)).toBe(signature);
});

test.each([
  ["a member", '{"a":[{"b":{"PassWord":"p4ss\\"w0rd"}}]}', 'p4ss"w0rd'],
  ["a member of a text of JSON", JSON.stringify({ d: JSON.stringify({ SecretKey: 'p4ss"w0rd' }) }), 'p4ss"w0rd'],
  ["a pair of a form", '{"f":"a=1&access_token=p4ss%2Fw0rd&b=2"}', "p4ss/w0rd"],
  ["an element of XML", "<a><SessionToken>p4ss/w0rd</SessionToken></a>", "p4ss/w0rd"],
  ["a member that is cut off", '{"UserSig":"p4ss/w0rd', "p4ss/w0rd"],
])("%s that its name calls secret is learned", (_, body, secret) => {
  const r = redactor();
  r.learnFromExchange(exchange([], body));
  expect(r.redact(`seen ${secret}`)).toBe("seen [redacted]");
});

test("a member that the output marks as a password is learned, and gone from this action's exchanges", () => {
  const r = redactor();
  const output = { type: "object", properties: { Users: { items: { properties: { Pin: { format: "password" } } } } } };
  const told = exchange([], '{"Users":[{"Pin":"sunshine"}]}');
  r.learnFromExchange(told, output as never);
  expect(r.redact("sunshine")).toBe("[redacted]");
  expect(r.redactExchangeText('{"Pin":"1234"}', told)).toBe('{"Pin":"[redacted]"}');
});

test.each(['{"NextToken":"p4ssw0rd"}', '{"Token":"expired"}', '{"Signature":"AuthFailure.SignatureExpire"}'])(
  "%s tells no secret",
  (body) => {
    const r = redactor();
    r.learnFromExchange(exchange([], body));
    expect(r.redact(body)).toBe(body);
  },
);

test("a name that this run gave is no secret, whatever an answer says", () => {
  const r = redactor();
  r.learnFromExchange(exchange([], '{"Password":"Group-run0id0run0id-1"}'));
  expect(r.redact("Group-run0id0run0id-1")).toBe("Group-run0id0run0id-1");
});

test("of ten thousand learned values and more the oldest go", () => {
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

test("the target's words in a verdict are clean", () => {
  expect(redactor().verdict(verdict)).toEqual({
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

test("a line stays JSON, and words of ours stay, whatever an answer called a secret", () => {
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

test("a line of the ledger has neither secrets nor an image", () => {
  const line = { op: "intend", n: 1, input: { GroupId: "g", Image: "aGVsbG8=", Note: key } };
  expect(JSON.parse(redactor().serializeLine(line))).toEqual({
    ...line,
    input: { GroupId: "g", Image: "[redacted]", Note: "[redacted]" },
  });
});

test("an error may be shown", () => {
  const error = new Error(`no ${key}`);
  redactor().error(error);
  expect(`${error.message} ${error.stack}`).not.toContain("xGA");
  expect(error.stack).toContain("no [redacted]");
});

test("a long text is not read for ever, and what is not read is not written", () => {
  const long = redactor().redact(`${"\\u0041".repeat(1 << 19)}${key}`);
  expect(long).not.toContain("xGA");
  expect(long.length).toBeLessThan(1.1 * (1 << 20));
});
