/** Words of at least 27 characters are found anywhere in a text, except UUIDs. */
import { expect, test } from "vitest";
import { hasLongWord, isLongWord } from "./long-word.ts";
import { encodedForms } from "./substring-search.ts";

const uuid = "3c140219-cfe9-470e-b241-907877d6fb03";
const sha1 = "7XvLJmdlpJTTDVzHjLgWxKcQbJc=";

test.each([
  ["", false],
  ["a".repeat(26), false],
  ["a".repeat(27), true],
  [`"RequestId":"${uuid}"`, false],
  [`"RequestId":"${uuid}x"`, true],
  [`x-${uuid}`, true],
  [`sig: ${sha1}.`, true],
  [`深深${"b".repeat(27)}`, true],
  [`${"a".repeat(20)} ${"b".repeat(20)}`, false],
])("%s", (text, expected) => {
  expect(hasLongWord(text)).toBe(expected);
});

test.each([
  sha1,
  "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
  "eJyrVgrxCdYrSy1S0lEKzk4tykxRsgIA*-_",
])("every encoded form of %s is a long word", (value) => {
  expect(isLongWord(value)).toBe(true);
  for (const form of encodedForms(value)) expect(hasLongWord(`<${form}>`)).toBe(true);
});

test.each([
  ["with a plus sign, which may become a blank", "7XvLJmdlpJTTDVz+jLgWxKcQbJc="],
  ["of the form of a UUID", uuid],
  ["that is short", "short"],
])("a value %s has a form that is no long word", (_, value) => {
  expect(isLongWord(value)).toBe(false);
});
