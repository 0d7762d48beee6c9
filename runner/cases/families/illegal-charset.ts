/** illegal-charset: one character of each class that a pattern forbids, at the start, inside and at the end. */
import type { Action, ExpectedRefusal, Parameter, Schema } from "../../model/index.ts";
import { itemSchema, ruleId } from "../../spec/rules.ts";
import { charClasses } from "../../values/alphabets.ts";
import { matches } from "../../values/pattern.ts";
import { validItem, validValue, valueContext } from "../../values/valid-value.ts";
import { insertCharacter } from "../bind/value.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const illegalCharset: Family = {
  id: "illegal-charset",
  description: "a value with one character that the documented charset forbids, at its start, inside it and at its end",
  absenceReason: () => "no charset is documented",
  *templates(action) {
    for (const p of action.parameters.filter(isSendable)) {
      yield* charsetTemplates(action, p, p.schema, false);
      const items = itemSchema(p);
      if (items) yield* charsetTemplates(action, p, items, true);
    }
  },
};

function* charsetTemplates(action: Action, p: Parameter, schema: Schema, inItems: boolean): Iterable<CaseTemplate> {
  const refusal = (inItems ? p.itemRefusals : p.refusals).get("pattern");
  if (schema.type !== "string" || schema.pattern === undefined || !refusal) return;
  const place = inItems ? `${p.name}.items` : p.name;
  const context = valueContext(1, 1, "");
  const validText = String(inItems ? validItem(p, context, 0) : validValue(p, context));
  for (const { id, char } of charClasses) {
    for (const where of ["start", "inside", "end"] as const) {
      if (matches(schema, p.anchored, insertCharacter(validText, char, where))) continue;
      yield toTemplate(action, p, place, inItems, refusal, id, char, where);
    }
  }
}

function toTemplate(
  action: Action,
  p: Parameter,
  place: string,
  inItems: boolean,
  refusal: ExpectedRefusal,
  id: string,
  char: string,
  where: "start" | "inside" | "end",
): CaseTemplate {
  const key = inItems ? "items.pattern" : "pattern";
  return {
    place,
    slug: `${id}-${where}`,
    title: `MUST refuse ${place} with a ${id} ${where === "inside" ? "inside" : `at its ${where}`}`,
    outcome: refusal,
    disputed: p.conflicts.find(
      (c) => c.constraint === key && c.chars !== undefined && new RegExp(`^(?:${c.chars})$`, "u").test(char),
    ),
    rule: ruleId(action, place, "pattern"),
    additionalParameters: additionalFor(action, p),
    edit: {
      op: "set",
      at: inItems ? { parameter: p.name, item: 0 } : { parameter: p.name },
      value: { kind: "insertCharacter", insert: char, where },
    },
    source: refusal.source,
  };
}
