/** Patterns that may take for ever are told from those that only look so. */
import { expect, test } from "vitest";
import { findReDoS } from "./redos.ts";

test.each([
  "(a+)+",
  "(?:[a-z]+)*x",
  "([a-z.]+\\.)+",
  "(x+x+)+y",
  "(a|a)*",
  "(a|[ab])+",
  "(?:a{2,}){3,}",
  "((ab)*c*)*",
  "(?:\\p{L}+|\\d+)+",
  "((?!x)a+)+",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
])("%s may", (pattern) => {
  expect(findReDoS(pattern)).toMatch(/for ever/);
});

test.each([
  "([a-z]+\\.)+[a-z]+",
  "(a|b)*",
  "(a|ab)*",
  "(\\d+,)*",
  "[(+*)]+(a)+",
  "[^,]+(?:,[^,]+)*",
  "(?:\\p{Script=Han}|[A-Za-z])+",
  "(?!@TGS#)[\\x20-\\x7e]+",
  "\\d{4}-\\d{2}-\\d{2}",
  "(?:;.*)?",
])("%s does not", (pattern) => {
  expect(findReDoS(pattern)).toBeUndefined();
});
