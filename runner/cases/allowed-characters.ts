/** A parameter with a charset → values with every mark of it that nobody disputes: what is allowed must be taken. */
import type { Action, Parameter, Schema } from "../model/index.ts";
import { itemSchema, ruleId } from "../spec/rules.ts";
import { charClasses } from "../values/alphabets.ts";
import { conflictKey, isDisputedCharacter, matches } from "../values/pattern.ts";
import { validItem, validValue, valueContext } from "../values/valid-value.ts";
import { insertCharacter } from "./bind/value.ts";
import { additionalFor, isSendable } from "./sent-parameters.ts";
import type { CaseTemplate } from "./template.ts";

export function* allowedCharacterCases(action: Action): Iterable<CaseTemplate> {
  for (const p of action.parameters.filter(isSendable)) {
    for (const inItems of [false, true]) {
      const schema = inItems ? itemSchema(p) : p.schema;
      if (schema?.pattern === undefined) continue;
      const marks = allowedPunctuation(p, schema, inItems);
      for (let i = 0; i < marks.length; i += MAX_MARKS_PER_VALUE)
        yield toTemplate(action, p, inItems, marks.slice(i, i + MAX_MARKS_PER_VALUE), i / MAX_MARKS_PER_VALUE + 1);
    }
  }
}

/** So many at a time: the value must still have room for the run's id. */
const MAX_MARKS_PER_VALUE = 16;

function allowedPunctuation(p: Parameter, schema: Schema, inItems: boolean): string[] {
  const plain = String(inItems ? validItem(p, valueContext(1, 1, ""), 0) : validValue(p, valueContext(1, 1, "")));
  const at = conflictKey(inItems, "pattern");
  return charClasses
    .map(({ char }) => char)
    .filter((c) => !/[\p{L}\p{N}]/u.test(c) && !isDisputedCharacter(p.conflicts, at, c))
    .filter((c) => matches(schema, p.anchored, insertCharacter(plain, c, "inside")));
}

function toTemplate(action: Action, p: Parameter, inItems: boolean, marks: readonly string[], n: number): CaseTemplate {
  const place = inItems ? `${p.name}.items` : p.name;
  const hasRefusal = (inItems ? p.itemRefusals : p.refusals).has("pattern");
  return {
    place,
    slug: `marks-${n}`,
    title: `MUST accept ${place} with marks that its charset allows`,
    outcome: "success",
    rule: hasRefusal ? ruleId(action, place, "pattern") : null,
    additionalParameters: additionalFor(action, p),
    // Behind a letter: what a value may begin with is another matter.
    edit: {
      op: "set",
      at: inItems ? { parameter: p.name, item: 0 } : { parameter: p.name },
      value: { kind: "insertCharacter", insert: `a${marks.join("")}`, where: "start" },
    },
    source: p.source,
  };
}
