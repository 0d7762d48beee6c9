/** A parameter with a charset → calls with every special character that the charset allows and that is not disputed; they must be accepted. */
import type { Action } from "../model/index.ts";
import { ruleId } from "../spec/rules.ts";
import { charClasses } from "../values/alphabets.ts";
import { isDisputedCharacter, matches } from "../values/pattern.ts";
import { insertCharacter } from "./bind/value.ts";
import { type ParameterPlace, sendablePlaces, setPlace } from "./places/edits.ts";
import { validPlaceText } from "./places/valid-text.ts";
import { additionalFor } from "./sent-parameters.ts";
import type { CaseTemplate } from "./template.ts";
import { unlistedText } from "./unlisted-texts.ts";

export function* allowedCharacterCases(action: Action): Iterable<CaseTemplate> {
  for (const at of sendablePlaces(action)) {
    if (at.place.schema.pattern === undefined) continue;
    const characters = allowedSpecialCharacters(at);
    for (let i = 0; i < characters.length; i += MAX_CHARACTERS_PER_VALUE) {
      const part = characters.slice(i, i + MAX_CHARACTERS_PER_VALUE);
      yield toTemplate(action, at, part, i / MAX_CHARACTERS_PER_VALUE + 1);
    }
  }
}

/** Special characters in one value, which must still have room for the token. */
const MAX_CHARACTERS_PER_VALUE = 16;

/** One character of each class without letters and digits that the pattern allows inside a valid value. */
function allowedSpecialCharacters(at: ParameterPlace): string[] {
  const { schema, conflicts } = at.place;
  const validText = validPlaceText(at);
  return charClasses
    .map(({ char }) => char)
    .filter((c) => !/[\p{L}\p{N}]/u.test(c) && !isDisputedCharacter(conflicts, c))
    .filter((c) => matches(schema, at.p.anchored, insertCharacter(validText, c, "inside")));
}

function toTemplate(
  action: Action,
  at: ParameterPlace,
  characters: readonly string[],
  partNumber: number,
): CaseTemplate {
  const { name, refusals, source } = at.place;
  return {
    place: name,
    slug: `marks-${partNumber}`,
    title: `MUST accept ${name} with special characters that its charset allows`,
    outcome: "success",
    disputed: unlistedText(at),
    rule: refusals.has("pattern") ? ruleId(action, name, "pattern") : null,
    additionalParameters: additionalFor(action, at.p),
    // Behind a letter, because no document states which of them a value may begin with.
    edit: setPlace(at, { kind: "insertCharacter", insert: `a${characters.join("")}`, where: "start" }),
    source,
  };
}
