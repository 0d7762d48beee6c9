/** What the rules decide of any text: each limit, the charset, what is in dispute, and nothing. */
import { describe, expect, test } from "vitest";
import type { Action, ExpectedRefusal, Parameter, Schema, SpecConflict } from "../../model/index.ts";
import { arbitraryTextTemplate } from "./arbitrary-text.ts";

const source = { url: "https://example.com", accessedOn: "2026-11-21" };
const refusal = (code: string): ExpectedRefusal => ({ codes: [code], level: "must", source });

function sent(text: string, schema: Schema, refused: readonly string[], conflicts: readonly SpecConflict[] = []) {
  const p: Parameter = {
    name: "Tag",
    required: false,
    asDocumented: { name: "Tag", type: "String" },
    schema: { type: "string", ...schema },
    anchored: true,
    refusals: new Map(refused.map((breach) => [breach, refusal(breach)])),
    itemRefusals: new Map(),
    conflicts,
    source,
  };
  const action = { parameters: [p], given: new Map(), situations: [] } as unknown as Action;
  const { outcome, disputed } = arbitraryTextTemplate(action, p, text);
  if (disputed) return "disputed";
  return outcome === "success" ? "success" : outcome.codes;
}

const some = { pattern: "[a-z]+", maxLength: 5 };
const blank: SpecConflict = { constraint: "pattern", chars: " ", description: "", source };

describe("a text", () => {
  test.each<[string, string, Schema, string[], SpecConflict[], unknown]>([
    ["within every limit", "abc", some, ["pattern", "maxLength"], [], "success"],
    ["too long", "abcdef", some, ["pattern", "maxLength"], [], ["maxLength"]],
    ["of another charset", "a!c", some, ["pattern", "maxLength"], [], ["pattern"]],
    ["too long and of another charset", "abcde!", some, ["pattern", "maxLength"], [], ["maxLength", "pattern"]],
    ["that is empty, which has an entry", "", some, ["pattern", "empty"], [], ["empty"]],
    ["that is empty, which only the charset forbids", "", some, ["pattern"], [], ["pattern"]],
    ["that is empty, which nothing forbids", "", { pattern: "[a-z]*" }, ["pattern"], [], "success"],
    ["with a character in dispute", "a c", some, ["pattern", "maxLength"], [blank], "disputed"],
    ["with a character in dispute, and too long", "a cdef", some, ["pattern", "maxLength"], [blank], ["maxLength"]],
    ["with a character in dispute, and one that is not", "a !", some, ["pattern"], [blank], ["pattern"]],
    ["of too many bytes", "\u{4e2d}\u{4e2d}", { pattern: ".*", "x-maxBytes": 5 }, ["x-maxBytes"], [], ["x-maxBytes"]],
  ])("%s", (_, text, schema, refused, conflicts, expected) => {
    expect(sent(text, schema, refused, conflicts)).toEqual(expected);
  });
});
