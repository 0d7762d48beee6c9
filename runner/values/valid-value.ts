/** A parameter → a value that every interpretation of the documents accepts. */
import type { Json, Parameter, Schema } from "../model/index.ts";
import { memoize } from "./memoize.ts";
import { compilePattern, conflictKey, isDisputedCharacter, matches } from "./pattern.ts";
import { matchingText, randomPhrase } from "./phrases.ts";
import { type Random, random } from "./random.ts";
import { codePointLength, utf8Length } from "./text-length.ts";

export interface ValueContext {
  readonly seed: number;
  readonly random: Random;
  /** Unique to run and call; part of values that must be unique. Empty for all others. */
  readonly token: string;
}

/** The characters that a value may contain; computed once for each schema. */
interface CharacterSet {
  /** True for a character that the pattern allows and over which the documents do not disagree. */
  readonly allows: (char: string) => boolean;
  /** Between words, and between words and token; empty where no separator is allowed. */
  readonly separator: string;
  /** A token, written in the allowed ones of its characters; empty where fewer than two of them are allowed. */
  readonly spell: (token: string) => string;
  /** By phrase: the phrase reduced to these characters. */
  readonly fittedPhrases: Map<string, string>;
}

/** Longest generated text, in characters or bytes: a phrase and a token fit, and a log stays readable. */
const MAX_GENERATED_LENGTH = 48;
/** Numbers are taken from the minimum up to this much above it. */
const MAX_ABOVE_MINIMUM = 100;
/** URLs without a token end with a number below this one. */
const MAX_URL_NUMBER = 10_000;
/** A generator that misses a structured pattern this often cannot hit it. */
const MAX_PATTERN_ATTEMPTS = 20;

/** Character sets of this many parameters are cached: those of the actions that run at the same time. */
const MAX_CACHED_SETS = 256;
const characterSets = memoize<CharacterSet, Schema>(MAX_CACHED_SETS);

const characterSetOf = (parameter: Parameter, schema: Schema, inItems: boolean): CharacterSet =>
  characterSets(schema, () => createCharacterSet(parameter, schema, inItems));

function createCharacterSet(parameter: Parameter, schema: Schema, inItems: boolean): CharacterSet {
  const allows = characterTest(parameter, schema, inItems);
  const separator = [" ", "-", "_", "."].find(allows) ?? "";
  return { allows, separator, spell: speller([...TOKEN_CHARACTERS].filter(allows)), fittedPhrases: new Map() };
}

const TOKEN_CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Writes each character of a token as a number of the same width, whose digits are these letters; so different tokens stay different. */
function speller(digits: readonly string[]): (token: string) => string {
  if (digits.length === TOKEN_CHARACTERS.length) return (token) => token;
  if (digits.length < 2) return () => "";
  const width = Math.ceil(Math.log(TOKEN_CHARACTERS.length) / Math.log(digits.length));
  const spellCharacter = (character: string): string => {
    let rest = TOKEN_CHARACTERS.indexOf(character);
    let text = "";
    for (let n = 0; n < width; n++) {
      text = `${digits[rest % digits.length]}${text}`;
      rest = Math.floor(rest / digits.length);
    }
    return text;
  };
  return (token) => [...token].map(spellCharacter).join("");
}

function characterTest(parameter: Parameter, schema: Schema, inItems: boolean): (char: string) => boolean {
  const pattern = schema.pattern === undefined ? undefined : compilePattern(schema.pattern, parameter.anchored);
  if (pattern && !isSingleCharacterPattern(pattern)) return () => false;
  const constraint = conflictKey(inItems, "pattern");
  return (char) => (pattern?.test(char) ?? true) && !isDisputedCharacter(parameter.conflicts, constraint, char);
}

export const allowedCharacters = (
  parameter: Parameter,
  schema: Schema,
  inItems: boolean,
): ((char: string) => boolean) => characterSetOf(parameter, schema, inItems).allows;

/** True for a pattern such as `[…]+`, which decides over each character by itself. */
const isSingleCharacterPattern = (pattern: RegExp): boolean =>
  pattern.test("a") || pattern.test("0") || pattern.test("A") || pattern.test("深");

export function validValue(parameter: Parameter, context: ValueContext): Json {
  const positiveValues = parameter.positiveValues?.values;
  if (Array.isArray(positiveValues)) return context.random.pick(positiveValues) as Json;
  return valueFor(parameter, parameter.schema, false, context);
}

/** One item of a list parameter; `i` makes the items of one list differ. */
export function validItem(parameter: Parameter, context: ValueContext, i: number): Json {
  const items = (parameter.schema as { items?: Schema }).items ?? {};
  return valueFor(parameter, items, true, { ...context, token: context.token ? `${context.token}i${i}` : String(i) });
}

function valueFor(parameter: Parameter, schema: Schema, inItems: boolean, context: ValueContext): Json {
  if (schema.const !== undefined) return schema.const as Json;
  if (schema.enum !== undefined) return context.random.pick(schema.enum) as Json;
  const type = Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? "string");
  switch (type) {
    case "integer":
    case "number":
      return numberOf(schema, context.random);
    case "boolean":
      return context.random.int(2) === 1;
    case "array": {
      const count = Math.min(Math.max(schema.minItems ?? 0, 2), schema.maxItems ?? 2);
      return Array.from({ length: count }, (_, i) => validItem(parameter, context, i));
    }
    case "object":
      return objectOf(parameter, schema, inItems, context);
    default:
      return textOf(parameter, schema, inItems, context);
  }
}

function objectOf(parameter: Parameter, schema: Schema, inItems: boolean, context: ValueContext): Json {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const names = schema.required ?? Object.keys(properties);
  return Object.fromEntries(names.map((name) => [name, valueFor(parameter, properties[name] ?? {}, inItems, context)]));
}

function numberOf(schema: Schema, source: Random): number {
  const low = schema.minimum ?? 0;
  const high = Math.min(schema.maximum ?? low + MAX_ABOVE_MINIMUM, low + MAX_ABOVE_MINIMUM);
  return low + source.int(high - low + 1);
}

/** Begins every generated URL. The domain `example` is reserved, so nothing is found there. */
export const URL_PREFIX = "https://assay.example/";

/** A phrase in the allowed characters, then the token, such as `Harbor-Finance-4k2…`. */
function textOf(parameter: Parameter, schema: Schema, inItems: boolean, context: ValueContext): string {
  if (schema.format === "uri") return `${URL_PREFIX}${context.token || context.random.int(MAX_URL_NUMBER)}`;
  const pattern = schema.pattern === undefined ? undefined : compilePattern(schema.pattern, parameter.anchored);
  if (pattern && !isSingleCharacterPattern(pattern)) return fromStructuredPattern(schema, parameter, context);
  const characters = characterSetOf(parameter, schema, inItems);
  const phrase = fitToCharset(randomPhrase(context.seed, context.random), characters);
  const max = Math.min(
    schema.maxLength ?? MAX_GENERATED_LENGTH,
    schema["x-maxBytes"] ?? MAX_GENERATED_LENGTH,
    MAX_GENERATED_LENGTH,
  );
  const token = characters.spell(context.token);
  const min = Math.max(schema.minLength ?? 1, schema["x-minBytes"] ?? 1);
  let text = joinWithToken(phrase, characters.separator, token, max);
  while (codePointLength(text) < min) text += phrase || token || "a";
  return min > max || text.length <= max ? text : [...text].slice(0, Math.max(max, min)).join("");
}

function fitToCharset(phrase: string, characters: CharacterSet): string {
  let fitted = characters.fittedPhrases.get(phrase);
  if (fitted === undefined) {
    const { allows, separator } = characters;
    fitted = [...phrase].map((c) => (allows(c) ? c : c === " " || c === "-" ? separator : "")).join("");
    characters.fittedPhrases.set(phrase, fitted);
  }
  return fitted;
}

function joinWithToken(phrase: string, separator: string, token: string, max: number): string {
  if (token.length >= max) return token.slice(-max);
  const room = max - token.length - (token ? separator.length : 0);
  const head = room > 0 ? truncate(phrase, room) : "";
  return head && token ? `${head}${separator}${token}` : head || token || "a";
}

/** At most `maxBytes` UTF-8 bytes, without a separator at the end. */
function truncate(text: string, maxBytes: number): string {
  let truncated = text;
  if (utf8Length(text) > maxBytes) {
    const points = [...text];
    while (utf8Length(points.join("")) > maxBytes) points.pop();
    truncated = points.join("");
  }
  return truncated.replace(/[ ._-]+$/, "");
}

function fromStructuredPattern(schema: Schema, parameter: Parameter, context: ValueContext): string {
  for (let i = 0; i < MAX_PATTERN_ATTEMPTS; i++) {
    const text = matchingText(schema.pattern ?? "", context.random.int(2 ** 31) + i);
    if (matches(schema, parameter.anchored, text)) return text;
  }
  throw new Error(
    `no value could be generated for the pattern ${schema.pattern}; list valid ones under parameters.${parameter.name}.positiveValues.values`,
  );
}

export const valueContext = (seed: number, randomSeed: number, token: string): ValueContext => ({
  seed,
  random: random(randomSeed),
  token,
});
