/** A parameter → a value that every reading of the documents accepts. */
import type { Json, Parameter, Schema } from "../model/index.ts";
import { compilePattern, conflictKey, isDisputedCharacter, matches } from "./pattern.ts";
import { matchingText, randomPhrase } from "./phrases.ts";
import { type Random, random } from "./random.ts";
import { codePointLength, utf8Length } from "./text-length.ts";

export interface ValueContext {
  readonly seed: number;
  readonly random: Random;
  /** Unique to run and call; put into values that must be there only once. Empty where none is wanted. */
  readonly token: string;
}

/** The characters that a value may be made of, found out once for each schema. */
interface CharacterSet {
  /** Whether a single character may stand in the value, and nobody disputes it. */
  readonly allows: (char: string) => boolean;
  /** What stands between words. */
  readonly joint: string;
  /** True where every character of a token may stand there. */
  readonly token: boolean;
  /** Phrases in these characters. */
  readonly dressed: Map<string, string>;
}

const known = new WeakMap<Schema, CharacterSet>();

function lettersOf(parameter: Parameter, schema: Schema, inItems: boolean): CharacterSet {
  const found = known.get(schema);
  if (found) return found;
  const allows = allowed(parameter, schema, inItems);
  const separator = [" ", "-", "_", "."].find(allows) ?? "";
  const token = [..."0123456789abcdefghijklmnopqrstuvwxyz"].every(allows);
  const letters: CharacterSet = { allows, joint: separator, token, dressed: new Map() };
  known.set(schema, letters);
  return letters;
}

function allowed(parameter: Parameter, schema: Schema, inItems: boolean): (char: string) => boolean {
  if (schema.pattern === undefined) return () => true;
  const whole = compilePattern(schema.pattern, parameter.anchored);
  if (!classLike(whole)) return () => false;
  const at = conflictKey(inItems, "pattern");
  return (char) => whole.test(char) && !isDisputedCharacter(parameter.conflicts, at, char);
}

export const allowedCharacters = (
  parameter: Parameter,
  schema: Schema,
  inItems: boolean,
): ((char: string) => boolean) => lettersOf(parameter, schema, inItems).allows;

/** A pattern like `[…]+`: single characters decide. */
const classLike = (whole: RegExp): boolean => whole.test("a") || whole.test("0") || whole.test("A") || whole.test("深");

export function validValue(parameter: Parameter, making: ValueContext): Json {
  const send = parameter.positiveValues?.values;
  if (Array.isArray(send)) return making.random.pick(send) as Json;
  return valueFor(parameter, parameter.schema, false, making);
}

/** One item of a list parameter; `i` keeps items apart. */
export function validItem(parameter: Parameter, making: ValueContext, i: number): Json {
  const items = (parameter.schema as { items?: Schema }).items ?? {};
  return valueFor(parameter, items, true, { ...making, token: making.token ? `${making.token}i${i}` : String(i) });
}

function valueFor(parameter: Parameter, schema: Schema, inItems: boolean, making: ValueContext): Json {
  if (schema.const !== undefined) return schema.const as Json;
  if (schema.enum !== undefined) return making.random.pick(schema.enum) as Json;
  const type = Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? "string");
  switch (type) {
    case "integer":
    case "number":
      return numberOf(schema, making.random);
    case "boolean":
      return making.random.int(2) === 1;
    case "array": {
      const least = Math.max(1, schema.minItems ?? 0);
      const count = Math.min(Math.max(least, 2), schema.maxItems ?? 2);
      return Array.from({ length: count }, (_, i) => validItem(parameter, making, i));
    }
    case "object":
      return objectOf(parameter, schema, inItems, making);
    default:
      return textOf(parameter, schema, inItems, making);
  }
}

function objectOf(parameter: Parameter, schema: Schema, inItems: boolean, making: ValueContext): Json {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const wanted = schema.required ?? Object.keys(properties);
  return Object.fromEntries(wanted.map((name) => [name, valueFor(parameter, properties[name] ?? {}, inItems, making)]));
}

function numberOf(schema: Schema, from: Random): number {
  const low = schema.minimum ?? 0;
  const high = Math.min(schema.maximum ?? low + 100, low + 100);
  return low + from.int(high - low + 1);
}

/** A phrase in the allowed characters, then the token: `Harbor-Finance-4k2…`. */
function textOf(parameter: Parameter, schema: Schema, inItems: boolean, making: ValueContext): string {
  const whole = schema.pattern === undefined ? undefined : compilePattern(schema.pattern, parameter.anchored);
  if (whole && !classLike(whole)) return fromStructuredPattern(schema, parameter, making);
  const letters = lettersOf(parameter, schema, inItems);
  const { joint: separator } = letters;
  const words = fitToCharset(randomPhrase(making.seed, making.random), letters);
  const most = Math.min(schema.maxLength ?? 48, schema["x-maxBytes"] ?? 48, 48);
  const tail = letters.token ? making.token : "";
  const least = Math.max(schema.minLength ?? 1, schema["x-minBytes"] ?? 1);
  let text = joined(words, separator, tail, most);
  while (codePointLength(text) < least) text += words || tail || "a";
  return least > most || text.length <= most ? text : [...text].slice(0, Math.max(most, least)).join("");
}

function fitToCharset(words: string, letters: CharacterSet): string {
  let found = letters.dressed.get(words);
  if (found === undefined) {
    const { allows, joint: separator } = letters;
    found = [...words].map((c) => (allows(c) ? c : c === " " || c === "-" ? separator : "")).join("");
    letters.dressed.set(words, found);
  }
  return found;
}

function joined(words: string, separator: string, tail: string, most: number): string {
  if (tail.length >= most) return tail.slice(-most);
  const room = most - tail.length - (tail ? separator.length : 0);
  const head = room > 0 ? cut(words, room) : "";
  return head && tail ? `${head}${separator}${tail}` : head || tail || "a";
}

function cut(text: string, most: number): string {
  let kept = text;
  if (utf8Length(text) > most) {
    const points = [...text];
    while (utf8Length(points.join("")) > most) points.pop();
    kept = points.join("");
  }
  return kept.replace(/[ ._-]+$/, "");
}

function fromStructuredPattern(schema: Schema, parameter: Parameter, making: ValueContext): string {
  for (let i = 0; i < 20; i++) {
    const text = matchingText(schema.pattern ?? "", making.random.int(2 ** 31) + i);
    if (matches(schema, parameter.anchored, text)) return text;
  }
  throw new Error(
    `no value could be made for ${parameter.name} from the pattern ${schema.pattern}; give some under send.values`,
  );
}

export const valueContext = (seed: number, name: number, token: string): ValueContext => ({
  seed,
  random: random(name),
  token,
});
