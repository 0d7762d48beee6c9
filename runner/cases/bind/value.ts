/** A value recipe, the valid value and the token → the value that is sent. */
import type { Json, Parameter, Schema, ValueRecipe } from "../../model/index.ts";
import { makeExactText } from "../../values/exact-text.ts";
import { utf8Length } from "../../values/text-length.ts";
import { allowedCharacters, type ValueContext, validItem, validValue } from "../../values/valid-value.ts";

export interface RecipeInput {
  readonly parameter: Parameter;
  readonly inItems: boolean;
  /** The value that the call would have without its deviation. */
  readonly valid: Json | undefined;
  readonly context: ValueContext;
  /** The value that the case's extra resource has for this parameter. */
  readonly existingValue: Json | undefined;
  /** Makes the list item with index `i`. */
  readonly fill: (i: number) => Json;
}

export function makeValue(recipe: ValueRecipe, input: RecipeInput): Json {
  switch (recipe.kind) {
    case "literal":
      return recipe.value;
    case "valid":
      return input.valid ?? validValue(input.parameter, input.context);
    case "text": {
      const { parameter, inItems } = input;
      const schema = schemaOf(input);
      // Cases with another alphabet may be about disputed characters, so the pattern only restricts the ASCII alphabet.
      const allows = recipe.of === "ascii" ? allowedCharacters(parameter, schema, inItems) : () => true;
      return makeExactText(
        { ...recipe, alphabet: recipe.of, token: input.context.token, allows },
        input.context.random,
      );
    }
    case "insertCharacter":
      return insertCharacter(
        shortenToFit(recipe.insert, String(input.valid ?? "a"), schemaOf(input)),
        recipe.insert,
        recipe.where,
        input.context.token,
      );
    case "list": {
      // Valid items are at both ends, so that an act on a part of the list shows.
      const [first, ...others] = Array.isArray(input.valid) ? input.valid.slice(0, recipe.count) : [];
      const valid = first === undefined ? [] : [first];
      const added = recipe.count - valid.length - others.length;
      return [
        ...valid,
        ...Array.from({ length: added }, (_, i) => input.fill(valid.length + others.length + i)),
        ...others,
      ];
    }
    case "repeatFirstItem": {
      const items =
        Array.isArray(input.valid) && input.valid.length > 0
          ? input.valid
          : [validItem(input.parameter, input.context, 0)];
      const maxItems = (input.parameter.schema as { maxItems?: number }).maxItems ?? items.length + 1;
      return [...items.slice(0, Math.max(1, maxItems - 1)), items[0] as Json];
    }
    case "existingValue": {
      if (input.existingValue === undefined)
        throw new Error(`no existing resource has a value for ${input.parameter.name}`);
      return input.existingValue;
    }
  }
}

const schemaOf = ({ parameter, inItems }: RecipeInput): Schema =>
  inItems ? ((parameter.schema as { items?: Schema }).items ?? {}) : parameter.schema;

/** Removes characters at the start, because a value with an inserted character must not be too long as well; the token is at the end. */
function shortenToFit(inserted: string, text: string, schema: Schema): string {
  let shortened = text;
  while (isTooLong(shortened, inserted, schema)) {
    const points = [...shortened];
    if (points.length <= 1) break;
    shortened = points.slice(1).join("");
  }
  return shortened;
}

/** In UTF-16 units, in which no text is shorter than in code points: no page states which of the two counts. */
const isTooLong = (text: string, inserted: string, schema: Schema): boolean =>
  (schema.maxLength !== undefined && text.length + inserted.length > schema.maxLength) ||
  (schema["x-maxBytes"] !== undefined && utf8Length(text) + utf8Length(inserted) > schema["x-maxBytes"]);

/** Inserts at the start, inside or at the end of a text. The token in the text is not split: by it the run recognizes its own resources. */
export function insertCharacter(text: string, inserted: string, where: "start" | "inside" | "end", token = ""): string {
  if (where === "start") return inserted + text;
  if (where === "end") return text + inserted;
  const points = [...text];
  const lengthBeforeToken = [...text.slice(0, Math.max(0, text.indexOf(token)))].length;
  const middle = Math.max(1, Math.floor(points.length / 2));
  const position = token !== "" && lengthBeforeToken > 0 ? Math.min(middle, lengthBeforeToken) : middle;
  return [...points.slice(0, position), inserted, ...points.slice(position)].join("");
}
