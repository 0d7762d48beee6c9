/** A value recipe, the valid value and the token → the value that is sent. */
import type { Json, Parameter, Place, Schema, ValueRecipe } from "../../model/index.ts";
import { schemaAtPath } from "../../spec/places/paths.ts";
import { makeExactText } from "../../values/exact-text.ts";
import { hasDistinctMembers } from "../../values/satisfies.ts";
import { utf8Length } from "../../values/text-length.ts";
import { allowedCharacters, type ValueContext, validPlaceValue } from "../../values/valid-value.ts";

export interface RecipeInput {
  readonly parameter: Parameter;
  /** The place under test in the value of the parameter. */
  readonly place: Pick<Place, "path" | "schema">;
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
      return input.valid ?? validPlaceValue(input.parameter, input.place, input.context);
    case "text": {
      const { parameter, place } = input;
      // Cases with another alphabet may be about disputed characters, so the pattern only restricts the ASCII alphabet.
      const allows = recipe.of === "ascii" ? allowedCharacters(parameter, place) : () => true;
      return makeExactText(
        { ...recipe, alphabet: recipe.of, token: input.context.token, allows },
        input.context.random,
      );
    }
    case "insertCharacter":
      return insertCharacter(
        shortenToFit(recipe.insert, String(input.valid ?? "a"), input.place.schema),
        recipe.insert,
        recipe.where,
        input.context.token,
      );
    case "list": {
      // Valid items are at both ends, so that an act on a part of the list shows.
      const [first, ...others] = Array.isArray(input.valid) ? input.valid.slice(0, recipe.count) : [];
      const valid = first === undefined ? [] : [first];
      const added = recipe.count - valid.length - others.length;
      const items = [...valid, ...others];
      for (let i = 0; i < added; i++) items.splice(valid.length + i, 0, itemThatFits(input, items));
      return items;
    }
    case "repeatFirstItem": {
      const items = Array.isArray(input.valid) && input.valid.length > 0 ? input.valid : [input.fill(0)];
      if (recipe.member !== undefined) return withMemberTwice([...items, input.fill(items.length)], recipe.member);
      const maxItems = (input.place.schema as { maxItems?: number }).maxItems ?? items.length + 1;
      return [...items.slice(0, Math.max(1, maxItems - 1)), items[0] as Json];
    }
    case "members":
      return membersOf(input, recipe.names);
    case "entries":
      return entriesOf(input, recipe.count);
    case "existingValue": {
      if (input.existingValue === undefined)
        throw new Error(`no existing resource has a value for ${input.parameter.name}`);
      return input.existingValue;
    }
  }
}

/** An item by chance may have the `x-uniqueBy` of another one; after so many none is left. */
const MAX_ITEM_ATTEMPTS = 64;

function itemThatFits({ place, fill }: RecipeInput, items: readonly Json[]): Json {
  const key = place.schema["x-uniqueBy"];
  const first = fill(items.length);
  if (key === undefined) return first;
  for (let item = first, n = 1; n <= MAX_ITEM_ATTEMPTS; item = fill(items.length + n++))
    if (hasDistinctMembers([...items, item], key)) return item;
  return first;
}

/** The first two items, of which the second has the member of the first. */
function withMemberTwice(items: readonly Json[], member: string): Json[] {
  const [first, second, ...others] = items as { [name: string]: Json }[];
  const repeated = { ...second, [member]: first?.[member] ?? null };
  return [first ?? {}, repeated, ...others.slice(0, Math.max(0, items.length - 3))];
}

function membersOf(
  { parameter, place: { path, schema }, valid, context }: RecipeInput,
  names: readonly string[],
): Json {
  const present = (typeof valid === "object" && valid !== null ? valid : {}) as { [name: string]: Json };
  const value = (name: string): Json => {
    const inner = `${path}.${name}`;
    return (
      present[name] ??
      validPlaceValue(parameter, { path: inner, schema: schemaAtPath(schema, `.${name}`) ?? {} }, context)
    );
  };
  return Object.fromEntries([...new Set([...(schema.required ?? []), ...names])].map((name) => [name, value(name)]));
}

function entriesOf({ parameter, place: { path, schema }, context }: RecipeInput, count: number): Json {
  const map = { ...schema, minProperties: count, maxProperties: count } as Schema;
  return validPlaceValue(parameter, { path, schema: map }, context);
}

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
