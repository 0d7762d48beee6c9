/** A recipe, the valid value and the run's token → the value that is sent. */
import type { Json, Parameter, Schema, ValueRecipe } from "../../model/index.ts";
import { makeExactText } from "../../values/exact-text.ts";
import { codePointLength, utf8Length } from "../../values/text-length.ts";
import { allowedCharacters, type ValueContext, validItem } from "../../values/valid-value.ts";

export interface RecipeInput {
  readonly parameter: Parameter;
  readonly inItems: boolean;
  /** The value that the call would have without its deviation. */
  readonly valid: Json | undefined;
  readonly context: ValueContext;
  /** The value of the resource that is there already. */
  readonly existingValue: Json | undefined;
  /** One more item for a list. */
  readonly fill: (i: number) => Json;
}

export function makeValue(recipe: ValueRecipe, input: RecipeInput): Json {
  switch (recipe.kind) {
    case "literal":
      return recipe.value;
    case "text": {
      const { parameter, inItems } = input;
      const schema = schemaOf(input);
      // A disputed character is what some cases are about: the alphabet decides, the pattern only for the padding.
      const allows = recipe.of === "ascii" ? allowedCharacters(parameter, schema, inItems) : () => true;
      return makeExactText(
        { unit: recipe.unit, length: recipe.length, alphabet: recipe.of, token: input.context.token, allows },
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
      const items = Array.isArray(input.valid) ? input.valid.slice(0, recipe.count) : [];
      return [...items, ...Array.from({ length: recipe.count - items.length }, (_, i) => input.fill(items.length + i))];
    }
    case "repeatFirstItem": {
      const items =
        Array.isArray(input.valid) && input.valid.length > 0 ? input.valid : [validItem(input.parameter, input.context, 0)];
      const shortened = (input.parameter.schema as { maxItems?: number }).maxItems ?? items.length + 1;
      return [...items.slice(0, Math.max(1, shortened - 1)), items[0] as Json];
    }
    case "existingValue": {
      if (input.existingValue === undefined) throw new Error(`no existing resource tells a ${input.parameter.name}`);
      return input.existingValue;
    }
  }
}

const schemaOf = ({ parameter, inItems }: RecipeInput): Schema =>
  inItems ? ((parameter.schema as { items?: Schema }).items ?? {}) : parameter.schema;

/** One deviation only: characters more must not make the value too long as well. The run's id at its end stays. */
function shortenToFit(char: string, text: string, schema: Schema): string {
  let shortened = text;
  while (tooLong(shortened, char, schema)) {
    const points = [...shortened];
    if (points.length <= 1) break;
    shortened = points.slice(1).join("");
  }
  return shortened;
}

const tooLong = (text: string, char: string, schema: Schema): boolean =>
  (schema.maxLength !== undefined && codePointLength(text) + codePointLength(char) > schema.maxLength) ||
  (schema["x-maxBytes"] !== undefined && utf8Length(text) + utf8Length(char) > schema["x-maxBytes"]);

/** Puts a character before, into the middle of, or behind a text; the token within it stays whole: it tells whose the text is. */
export function insertCharacter(text: string, inserted: string, where: "start" | "inside" | "end", token = ""): string {
  if (where === "start") return inserted + text;
  if (where === "end") return text + inserted;
  const points = [...text];
  const before = [...text.slice(0, Math.max(0, text.indexOf(token)))].length;
  const half = Math.max(1, Math.floor(points.length / 2));
  const middle = token !== "" && before > 0 ? Math.min(half, before) : half;
  return [...points.slice(0, middle), inserted, ...points.slice(middle)].join("");
}
