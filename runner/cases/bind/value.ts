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
  readonly making: ValueContext;
  /** The value of the resource that is there already. */
  readonly taken: Json | undefined;
  /** One more item for a list. */
  readonly fill: (i: number) => Json;
}

export function makeValue(recipe: ValueRecipe, from: RecipeInput): Json {
  switch (recipe.kind) {
    case "literal":
      return recipe.value;
    case "text": {
      const { parameter, inItems } = from;
      const schema = schemaOf(from);
      // A disputed character is what some cases are about: the alphabet decides, the pattern only for the padding.
      const allows = recipe.of === "ascii" ? allowedCharacters(parameter, schema, inItems) : () => true;
      return makeExactText(
        { unit: recipe.unit, length: recipe.length, of: recipe.of, token: from.making.token, allows },
        from.making.random,
      );
    }
    case "insertCharacter":
      return insertCharacter(
        shortenToFit(recipe.insert, String(from.valid ?? "a"), schemaOf(from)),
        recipe.insert,
        recipe.where,
        from.making.token,
      );
    case "list": {
      const had = Array.isArray(from.valid) ? from.valid.slice(0, recipe.count) : [];
      return [...had, ...Array.from({ length: recipe.count - had.length }, (_, i) => from.fill(had.length + i))];
    }
    case "repeatFirstItem": {
      const had =
        Array.isArray(from.valid) && from.valid.length > 0 ? from.valid : [validItem(from.parameter, from.making, 0)];
      const room = (from.parameter.schema as { maxItems?: number }).maxItems ?? had.length + 1;
      return [...had.slice(0, Math.max(1, room - 1)), had[0] as Json];
    }
    case "existingValue": {
      if (from.taken === undefined) throw new Error(`no existing resource tells a ${from.parameter.name}`);
      return from.taken;
    }
  }
}

const schemaOf = ({ parameter, inItems }: RecipeInput): Schema =>
  inItems ? ((parameter.schema as { items?: Schema }).items ?? {}) : parameter.schema;

/** One deviation only: characters more must not make the value too long as well. The run's id at its end stays. */
function shortenToFit(char: string, text: string, schema: Schema): string {
  let room = text;
  while (tooLong(room, char, schema)) {
    const points = [...room];
    if (points.length <= 1) break;
    room = points.slice(1).join("");
  }
  return room;
}

const tooLong = (text: string, char: string, schema: Schema): boolean =>
  (schema.maxLength !== undefined && codePointLength(text) + codePointLength(char) > schema.maxLength) ||
  (schema["x-maxBytes"] !== undefined && utf8Length(text) + utf8Length(char) > schema["x-maxBytes"]);

/** Puts a character before, into the middle of, or behind a text; the token within it stays whole: it tells whose the text is. */
export function insertCharacter(text: string, what: string, where: "start" | "inside" | "end", token = ""): string {
  if (where === "start") return what + text;
  if (where === "end") return text + what;
  const points = [...text];
  const before = [...text.slice(0, Math.max(0, text.indexOf(token)))].length;
  const half = Math.max(1, Math.floor(points.length / 2));
  const middle = token !== "" && before > 0 ? Math.min(half, before) : half;
  return [...points.slice(0, middle), what, ...points.slice(middle)].join("");
}
