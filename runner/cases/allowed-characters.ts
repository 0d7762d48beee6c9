/** A parameter with a charset → calls with every special character that the charset allows and that is not disputed; they must be accepted. */
import type { Action, Parameter, Schema } from "../model/index.ts";
import { itemSchema, ruleId } from "../spec/rules.ts";
import { charClasses } from "../values/alphabets.ts";
import { conflictKey, isDisputedCharacter, matches } from "../values/pattern.ts";
import { validItem, validValue, valueContext } from "../values/valid-value.ts";
import { insertCharacter } from "./bind/value.ts";
import { additionalFor, isSendable } from "./sent-parameters.ts";
import type { CaseTemplate } from "./template.ts";
import { unlistedText } from "./unlisted-texts.ts";

export function* allowedCharacterCases(action: Action): Iterable<CaseTemplate> {
  for (const p of action.parameters.filter(isSendable)) {
    for (const inItems of [false, true]) {
      const schema = inItems ? itemSchema(p) : p.schema;
      if (schema?.pattern === undefined) continue;
      const characters = allowedSpecialCharacters(p, schema, inItems);
      for (let i = 0; i < characters.length; i += MAX_CHARACTERS_PER_VALUE) {
        const part = characters.slice(i, i + MAX_CHARACTERS_PER_VALUE);
        yield toTemplate(action, p, inItems, part, i / MAX_CHARACTERS_PER_VALUE + 1);
      }
    }
  }
}

/** Special characters in one value, which must still have room for the token. */
const MAX_CHARACTERS_PER_VALUE = 16;

/** One character of each class without letters and digits that the pattern allows inside a valid value. */
function allowedSpecialCharacters(p: Parameter, schema: Schema, inItems: boolean): string[] {
  const validText = String(inItems ? validItem(p, valueContext(1, 1, ""), 0) : validValue(p, valueContext(1, 1, "")));
  const constraint = conflictKey(inItems, "pattern");
  return charClasses
    .map(({ char }) => char)
    .filter((c) => !/[\p{L}\p{N}]/u.test(c) && !isDisputedCharacter(p.conflicts, constraint, c))
    .filter((c) => matches(schema, p.anchored, insertCharacter(validText, c, "inside")));
}

function toTemplate(
  action: Action,
  p: Parameter,
  inItems: boolean,
  characters: readonly string[],
  partNumber: number,
): CaseTemplate {
  const place = inItems ? `${p.name}.items` : p.name;
  const hasRefusal = (inItems ? p.itemRefusals : p.refusals).has("pattern");
  return {
    place,
    slug: `marks-${partNumber}`,
    title: `MUST accept ${place} with special characters that its charset allows`,
    outcome: "success",
    disputed: unlistedText(p),
    rule: hasRefusal ? ruleId(action, place, "pattern") : null,
    additionalParameters: additionalFor(action, p),
    // Behind a letter, because no document states which of them a value may begin with.
    edit: {
      op: "set",
      at: inItems ? { parameter: p.name, item: 0 } : { parameter: p.name },
      value: { kind: "insertCharacter", insert: `a${characters.join("")}`, where: "start" },
    },
    source: p.source,
  };
}
