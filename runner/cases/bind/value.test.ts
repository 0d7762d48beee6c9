/** Inserting a character into a text never splits the token that the text contains, and never makes it too long in any unit. */
import { expect, test } from "vitest";
import type { Parameter } from "../../model/index.ts";
import { valueContext } from "../../values/valid-value.ts";
import { insertCharacter, makeValue } from "./value.ts";

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

test("a character of two UTF-16 units in a value of the maximum length", () => {
  const parameter = { name: "Tag", schema: { type: "string", maxLength: 10 } } as Parameter;
  const input = {
    parameter,
    place: { path: "", schema: parameter.schema },
    context: valueContext(1, 1, ""),
    existingValue: undefined,
  };
  const recipe = { kind: "insertCharacter", insert: "😀", where: "end" } as const;
  const value = makeValue(recipe, { ...input, valid: "0123456789", fill: () => "" });
  expect(value).toBe("23456789😀");
});
