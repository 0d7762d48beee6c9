/** Valid values: the items of a list differ, and so do values with different tokens, whatever characters are allowed. */
import { describe, expect, test } from "vitest";
import type { Parameter, Schema } from "../model/index.ts";
import { validItem, validValue, valueContext } from "./valid-value.ts";

const parameterOf = (schema: Schema): Parameter =>
  ({ name: "P", schema, anchored: true, conflicts: [], refusals: new Map() }) as unknown as Parameter;

describe.each(["[a-z]+", "[0-9]+", "[a-z0-9]+", "[ab]+", "[0-9a-f-]+"])("values of the characters %s", (pattern) => {
  const items = { type: "string", minLength: 1, maxLength: 12, pattern } as Schema;
  const list = parameterOf({ type: "array", items, uniqueItems: true } as Schema);
  const isValid = new RegExp(`^(?:${pattern})$`);

  test("the items of a list differ", () => {
    for (let seed = 0; seed < 200; seed++) {
      const context = valueContext(seed % 5, seed, "");
      const texts = Array.from({ length: 30 }, (_, i) => String(validItem(list, context, i)));
      expect(texts.filter((text) => !isValid.test(text) || text.length > 12)).toEqual([]);
      expect(new Set(texts).size).toBe(30);
    }
  });

  test("values with different tokens differ", () => {
    const text = parameterOf({ ...items, maxLength: 40 } as Schema);
    const values = Array.from({ length: 36 }, (_, n) =>
      String(validValue(text, valueContext(1, 1, `x${n.toString(36)}`))),
    );
    expect(values.filter((value) => !isValid.test(value))).toEqual([]);
    expect(new Set(values).size).toBe(36);
  });
});

test("a token is dropped where none of its characters is allowed", () => {
  const text = parameterOf({ type: "string", maxLength: 12, pattern: "[A-Z]+" } as Schema);
  expect(validValue(text, valueContext(1, 1, "token"))).toMatch(/^[A-Z]+$/);
});
