/** A shell reads a quoted text back as the same text. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellQuote, shellWord } from "./shell-quote.ts";

const texts = [
  "",
  "plain",
  "tencent/iai/CreateGroup/valid/call/minimal@tc3-post",
  "two words",
  "it's",
  '$HOME `id` \\ "x" !',
  "a\nb\tc",
  "\u0001\u007f",
  "汉字 \u200b\u00a0\u202e end",
  "'\n'",
];

test("bash reads quoted texts back unchanged", () => {
  const script = texts.flatMap((text) => [shellQuote(text), shellWord(text) || "''"]).join(" ");
  const { stdout } = spawnSync("bash", ["-c", `printf '%s\\0' ${script}`], { encoding: "utf8" });
  expect(stdout.split("\0").slice(0, -1)).toEqual(texts.flatMap((text) => [text, text]));
});

test("shellWord quotes only if necessary", () => {
  expect(shellWord("a/b@c-d")).toBe("a/b@c-d");
  expect(shellWord("a b")).toBe("'a b'");
  expect(shellQuote("a")).toBe("'a'");
});
