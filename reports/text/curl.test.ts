/** The curl command of a recorded request, as a shell parses it. */
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../../runner/model/index.ts";
import { curlLine } from "./curl.ts";

function exchange(more: Partial<RecordedExchange["request"]>): RecordedExchange {
  const request = { method: "POST", url: "http://127.0.0.1:1/", headers: [], body: { text: "", bytes: 0 }, ...more };
  return { role: "judged", action: "a/b/C", request, response: { reason: "timeout", detail: "" }, durationMs: 1 };
}

/** The arguments that a shell passes to curl; each variable holds its own name. */
function words(line: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${line}`;
  const names = ["AUTHORIZATION", "SIGNATURE", "X_AMZ_SIGNATURE", "IMAGE", "TMP_KEY_0", "SECRET"];
  const env = { ...Object.fromEntries(names.map((name) => [`ASSAY_${name}`, `<${name}>`])), LC_ALL: "C" };
  return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8", env }).split("\0").slice(0, -1);
}

test("a shell parses any recorded request unchanged", () => {
  const text = fc.string({ unit: "binary" }).filter((s) => !s.includes("\0"));
  fc.assert(
    fc.property(text, text, (value, body) => {
      const line = curlLine(
        exchange({ headers: [["X-A", value]], body: { text: body, bytes: Buffer.byteLength(body) } }),
      );
      // A lone surrogate has no UTF-8 encoding.
      const sent = [`X-A: ${value}`, body].map((s) => Buffer.from(s).toString());
      expect(words(line ?? "")).toEqual([
        "-sS",
        "-X",
        "POST",
        "http://127.0.0.1:1/",
        "-H",
        value === "" ? "X-A;" : sent[0],
        ...(body === "" ? [] : ["-H", "Content-Type:", "--data-raw", sent[1]]),
      ]);
    }),
    { numRuns: 40 },
  );
});

test("invisible characters are escapes, so that the command can be copied", () => {
  const line = curlLine(exchange({ body: { text: "a\u202eb\u200bc\u00a0d\u0007", bytes: 10 } })) ?? "";
  expect(line).toMatch(/^[\x20-\x7e\n]*$/);
});

test("redacted secrets become variables: one for a whole header, one named after each parameter", () => {
  const line = curlLine(
    exchange({
      url: "http://127.0.0.1:1/?Action=A&Signature=[redacted]&Nonce=7",
      headers: [
        ["Host", "127.0.0.1:1"],
        ["Authorization", "TC3 Credential=AKID[redacted]/x, Signature=[redacted]"],
      ],
    }),
  );
  expect(words(line ?? "")).toEqual([
    "-sS",
    "-X",
    "POST",
    "http://127.0.0.1:1/?Action=A&Signature=<SIGNATURE>&Nonce=7",
    "-H",
    "Authorization: <AUTHORIZATION>",
  ]);
});

test.each([
  [
    '{"GroupId":"a","Image":"[redacted]","Url":"x?Signature=1&y"}',
    '{"GroupId":"a","Image":"<IMAGE>","Url":"x?Signature=1&y"}',
  ],
  ['{"Say":"\\"Image\\": \\"x", "Image" : "a\\"b[redacted]\\\\"}', '{"Say":"\\"Image\\": \\"x", "Image" : "<IMAGE>"}'],
  ['["[redacted]","it\'s"]', '["<SECRET>","it\'s"]'],
  ["Image=[redacted]&A=1", "Image=<IMAGE>&A=1"],
  ["A=1&Tmp_Key.0=x[redacted]y", "A=1&Tmp_Key.0=<TMP_KEY_0>"],
  ["[redacted]", "<SECRET>"],
  ["A [redacted] B", "A <SECRET> B"],
])("the marker of a redacted secret is not sent: %s", (body, sent) => {
  const line = curlLine(exchange({ body: { text: body, bytes: body.length } })) ?? "";
  expect(words(line).at(-1)).toBe(sent);
  const url = curlLine(exchange({ url: "http://127.0.0.1:1/?X-Amz-Signature=[redacted]" })) ?? "";
  expect(words(url).at(-1)).toBe("http://127.0.0.1:1/?X-Amz-Signature=<X_AMZ_SIGNATURE>");
});

test("a Host header that differs from the URL is kept; there is no command where the log holds only a part of the body", () => {
  expect(curlLine(exchange({ headers: [["Host", "iai.example"]] }))).toContain("'Host: iai.example'");
  expect(curlLine(exchange({ body: { text: "{", bytes: 99999, sha256: "0" } }))).toBeNull();
});
