/** illegal-charset: one character of each class that a pattern forbids, at the start, inside and at the end. */
import type { Action, ExpectedRefusal } from "../../model/index.ts";
import { ruleId } from "../../spec/rules.ts";
import { charClasses } from "../../values/alphabets.ts";
import { isDisputedCharacter, matches } from "../../values/pattern.ts";
import { insertCharacter } from "../bind/value.ts";
import { type ParameterPlace, sendablePlaces, setPlace } from "../places/edits.ts";
import { validPlaceText } from "../places/valid-text.ts";
import { additionalFor } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const illegalCharset: Family = {
  id: "illegal-charset",
  description: "a value with one character that the documented charset forbids, at its start, inside it and at its end",
  absenceReason: () => "no charset is documented",
  *templates(action) {
    for (const at of sendablePlaces(action)) yield* charsetTemplates(action, at);
  },
};

function* charsetTemplates(action: Action, at: ParameterPlace): Iterable<CaseTemplate> {
  const { schema, refusals } = at.place;
  const refusal = refusals.get("pattern");
  if (schema.type !== "string" || schema.pattern === undefined || !refusal) return;
  const validText = validPlaceText(at);
  for (const { id, char } of charClasses) {
    for (const where of ["start", "inside", "end"] as const) {
      if (matches(schema, at.p.anchored, insertCharacter(validText, char, where))) continue;
      yield toTemplate(action, at, refusal, id, char, where);
    }
  }
}

function toTemplate(
  action: Action,
  at: ParameterPlace,
  refusal: ExpectedRefusal,
  id: string,
  char: string,
  where: "start" | "inside" | "end",
): CaseTemplate {
  const { name, conflicts } = at.place;
  return {
    place: name,
    slug: `${id}-${where}`,
    title: `MUST refuse ${name} with a ${id} ${where === "inside" ? "inside" : `at its ${where}`}`,
    outcome: refusal,
    disputed: conflicts.find((c) => isDisputedCharacter([c], char)),
    rule: ruleId(action, name, "pattern"),
    additionalParameters: additionalFor(action, at.p),
    edit: setPlace(at, { kind: "insertCharacter", insert: char, where }),
    source: refusal.source,
  };
}
