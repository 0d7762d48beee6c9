/** The expected outcome of an arbitrary text: by limits, charset and conflicts of its parameter. */
import { describe, expect, test } from "vitest";
import type { Action, ExpectedRefusal, Parameter, Place, Schema, SpecConflict } from "../../model/index.ts";
import { placesOf } from "../../spec/places/places.ts";
import { arbitraryTextTemplate } from "./arbitrary-text.ts";

const source = { url: "https://example.com", accessedOn: "2026-11-21" };
const refusal = (code: string): ExpectedRefusal => ({ codes: [code], level: "must", source });

/** `success`, `disputed`, or the breaches that are expected, each of which is the code of its own refusal. */
function outcomeOf(text: string, schema: Schema, refused: readonly string[], conflicts: readonly SpecConflict[] = []) {
  const p: Parameter = {
    name: "Tag",
    required: false,
    asDocumented: { name: "Tag", type: "String" },
    schema: { type: "string", ...schema },
    anchored: true,
    refusals: new Map(refused.map((breach) => [breach, refusal(breach)])),
    itemRefusals: new Map(),
    places: [],
    conflicts,
    source,
  };
  const action = { parameters: [p], given: new Map(), situations: [] } as unknown as Action;
  const {
    outcome,
    disputed,
    alternativeCodes = [],
  } = arbitraryTextTemplate(action, { p, place: placesOf(p)[0] as Place }, text);
  if (disputed) return "disputed";
  return outcome === "success" ? "success" : [...new Set([...outcome.codes, ...alternativeCodes])];
}

const letters = { pattern: "[a-z]+", maxLength: 5 };
const overSpace: SpecConflict = { constraint: "pattern", chars: " ", description: "", source };

describe("a text", () => {
  test.each<[string, string, Schema, string[], SpecConflict[], unknown]>([
    ["within every limit", "abc", letters, ["pattern", "maxLength"], [], "success"],
    ["too long", "abcdef", letters, ["pattern", "maxLength"], [], ["maxLength"]],
    ["with a forbidden character", "a!c", letters, ["pattern", "maxLength"], [], ["pattern"]],
    [
      "too long and with a forbidden character",
      "abcde!",
      letters,
      ["pattern", "maxLength"],
      [],
      ["maxLength", "pattern"],
    ],
    ["that is empty, with a refusal of the empty value", "", letters, ["pattern", "empty"], [], ["empty"]],
    ["that is empty, which only the charset forbids", "", letters, ["pattern"], [], ["pattern"]],
    ["that is empty, which nothing forbids", "", { pattern: "[a-z]*" }, ["pattern"], [], "success"],
    ["with a disputed character", "a c", letters, ["pattern", "maxLength"], [overSpace], "disputed"],
    [
      "with a disputed character, and too long",
      "a cdef",
      letters,
      ["pattern", "maxLength"],
      [overSpace],
      ["maxLength", "pattern"],
    ],
    ["with a disputed and a forbidden character", "a !", letters, ["pattern"], [overSpace], ["pattern"]],
    ["too long only in UTF-16 units", "𠀀𠀀𠀀", { pattern: ".*", maxLength: 5 }, ["maxLength"], [], "disputed"],
    [
      "too long only in UTF-16 units, with a forbidden character",
      "𠀀𠀀𠀀!",
      { pattern: "[^!]*", maxLength: 5 },
      ["pattern", "maxLength"],
      [],
      ["pattern", "maxLength"],
    ],
    ["too short only in code points", "𠀀", { pattern: ".*", minLength: 2 }, ["minLength"], [], "disputed"],
    ["of too many bytes", "\u{4e2d}\u{4e2d}", { pattern: ".*", "x-maxBytes": 5 }, ["x-maxBytes"], [], ["x-maxBytes"]],
  ])("%s", (_, text, schema, refused, conflicts, expected) => {
    expect(outcomeOf(text, schema, refused, conflicts)).toEqual(expected);
  });
});
