/** Patterns that may take exponential time are distinguished from similar ones that cannot. */
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
])("%s may take exponential time", (pattern) => {
  expect(findReDoS(pattern)).toMatch(/exponential time/);
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
])("%s is harmless", (pattern) => {
  expect(findReDoS(pattern)).toBeUndefined();
});
