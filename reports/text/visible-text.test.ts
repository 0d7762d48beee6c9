/** Hidden characters become visible; other characters do not change. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinWithOr, json, oneLine, plural, showControls, truncate } from "./visible-text.ts";

const fromCodePoint = String.fromCodePoint;

describe("showControls", () => {
  test("replaces every control character that XML 1.0 forbids, and keeps tab, line feed and carriage return", () => {
    for (let code = 0; code < 0x20; code++) {
      const kept = code === 9 || code === 10 || code === 13;
      expect(showControls(`a${fromCodePoint(code)}b`)).toBe(
        `a${kept ? fromCodePoint(code) : fromCodePoint(0x2400 + code)}b`,
      );
    }
  });
  test("replaces DEL, C1, separators, overrides and non-characters", () => {
    expect(showControls(fromCodePoint(0x7f, 0x85, 0x2028, 0x202e, 0x2066, 0xfffe, 0xffff))).toBe(
      "␡\\u0085\\u2028\\u202e\\u2066\\ufffe\\uffff",
    );
  });
  test("replaces lone surrogates and keeps surrogate pairs and joiners", () => {
    expect(showControls("\ud800x\udc00 👩‍👧 é 中")).toBe("�x� 👩‍👧 é 中");
  });
  test("returns only characters of XML 1.0 for any text", () =>
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(showControls(`${text}\ud800`)).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
      }),
    ));
});

test("oneLine also replaces line ends and tabs", () => {
  expect(oneLine("a\tb\r\nc")).toBe("a␉b␍␊c");
});

test("json parses back to the same value and holds no hidden character", () => {
  const value = { text: '\0\u007f\u0085\u202e\ud800 😀\r\n"\\', list: [1, null] };
  for (const indent of [undefined, 2]) {
    expect(JSON.parse(json(value, indent))).toEqual(value);
    expect(json(value, indent)).not.toMatch(/[^\P{Cc}\n]|[\p{Cs}\u202e]/u);
  }
});

test("truncate keeps whole characters and appends the length", () => {
  expect(truncate("abc", 3)).toBe("abc");
  expect(truncate("abcd", 3)).toBe("abc… (4 characters)");
  expect(truncate("ab😀d", 3)).toBe("ab… (5 characters)");
});

test("plural and joinWithOr", () => {
  expect([plural(0, "case"), plural(1, "case"), plural(2, "case")]).toEqual(["0 cases", "1 case", "2 cases"]);
  expect([joinWithOr([]), joinWithOr(["A"]), joinWithOr(["A", "B"]), joinWithOr(["A", "B", "C"], "and")]).toEqual([
    "",
    "A",
    "A or B",
    "A, B and C",
  ]);
});
