/** Inserting a character into a text never splits the token that the text contains. */
import { expect, test } from "vitest";
import { insertCharacter } from "./value.ts";

test.each<[string, string, "start" | "inside" | "end", string, string]>([
  ["at the start", "word-token", "start", "token", "!word-token"],
  ["at the end", "word-token", "end", "token", "word-token!"],
  ["inside, before a token that covers the middle", "wo-token", "inside", "token", "wo-!token"],
  ["in the middle of a text whose token begins later", "a-long-word-token", "inside", "token", "a-long-w!ord-token"],
  ["inside a text that consists of the token", "token", "inside", "token", "to!ken"],
  ["inside a text without token", "word", "inside", "", "wo!rd"],
  ["inside characters of several bytes", "深圳市x", "inside", "x", "深圳!市x"],
])("%s", (_, text, where, token, expected) => {
  expect(insertCharacter(text, "!", where, token)).toBe(expected);
});
