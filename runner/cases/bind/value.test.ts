/** A character more within a text, and the token that stays whole. */
import { expect, test } from "vitest";
import { insertCharacter } from "./value.ts";

test.each<[string, string, "start" | "inside" | "end", string, string]>([
  ["before", "word-token", "start", "token", "!word-token"],
  ["behind", "word-token", "end", "token", "word-token!"],
  ["inside, and not in the token", "wo-token", "inside", "token", "wo-!token"],
  ["in the middle, where the token begins later", "a-long-word-token", "inside", "token", "a-long-w!ord-token"],
  ["inside of a text that is nothing but the token", "token", "inside", "token", "to!ken"],
  ["inside without a token", "word", "inside", "", "wo!rd"],
  ["inside wide characters", "深圳市x", "inside", "x", "深圳!市x"],
])("%s", (_, text, where, token, made) => {
  expect(insertCharacter(text, "!", where, token)).toBe(made);
});
