/** The curl command line: the shell must pass it on unchanged, and it must contain no secret. */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { toCurl } from "./curl.ts";

/** The text that a shell passes to a program for this word. */
const shell = (word: string, env: Record<string, string> = {}): string =>
  execFileSync("bash", ["-c", `printf %s ${word}`], { env: { ...process.env, ...env } }).toString();

test.each(["plain", "it's", `"quoted" $HOME \`id\` \\n`, "多行\nand\ttab", "\u0001\u007f'", "-%@#&_"])(
  "the shell passes %j on unchanged",
  (body) => {
    const line = toCurl({ method: "POST", path: "/", headers: [], body }, "http://127.0.0.1:1", new Map());
    const word = line.slice(line.indexOf("--data-binary ") + "--data-binary ".length);
    expect(shell(word)).toBe(body);
  },
);

test("shell variables replace secrets", () => {
  const request = {
    method: "GET",
    path: "/?SecretId=AKID1&Signature=s%3D&X=AKID1",
    headers: [["Authorization", "all of it"] as const],
    body: "it's",
  };
  const variables = new Map([
    ["s%3D", "ASSAY_SIGNATURE"],
    ["AKID1", "ASSAY_ID"],
    ["all of it", "ASSAY_AUTHORIZATION"],
  ]);
  const line = toCurl(request, "http://127.0.0.1:1", variables);
  for (const secret of variables.keys()) expect(line).not.toContain(secret);
  const words = shell(line.replace(/^curl/, ""), {
    ASSAY_SIGNATURE: "s%3D",
    ASSAY_ID: "AKID1",
    ASSAY_AUTHORIZATION: "all of it",
  });
  expect(words).toContain("http://127.0.0.1:1/?SecretId=AKID1&Signature=s%3D&X=AKID1");
  expect(words).toContain("Authorization: all of it");
  expect(words).toContain("it's");
});

test("a shell variable replaces image data, but not a long text", () => {
  const image = Buffer.from(Array.from({ length: 900 }, (_, i) => (i * i * 7 + i) % 251)).toString("base64");
  const body = JSON.stringify({ Image: image, Name: "abc123".repeat(200) });
  const line = toCurl({ method: "POST", path: "/", headers: [], body }, "http://127.0.0.1:1", new Map());
  expect(line).not.toContain(image.slice(0, 20));
  expect(shell(line.slice(line.indexOf("--data-binary ") + 14), { ASSAY_IMAGE: image })).toBe(body);
});

test("a header without a value is sent, and curl adds no content type", () => {
  const request = { method: "POST", path: "/", headers: [["X-Empty", ""] as const], body: "{}" };
  const line = toCurl(request, "http://127.0.0.1:1", new Map());
  expect(line).toContain("-H 'X-Empty;'");
  expect(line).toContain("-H 'Content-Type:'");
  const typed = toCurl({ ...request, headers: [["content-type", "x"]] }, "http://127.0.0.1:1", new Map());
  expect(typed).not.toContain("'Content-Type:'");
});
