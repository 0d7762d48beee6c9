/** A parameter → a value that every interpretation of the documents accepts. */
import type { Json, Parameter, Place, Schema } from "../model/index.ts";
import { memoize } from "./memoize.ts";
import { compilePattern, isDisputedCharacter, matches } from "./pattern.ts";
import { matchingText, randomPhrase } from "./phrases.ts";
import { type Random, random } from "./random.ts";
import { satisfies } from "./satisfies.ts";
import { schemaBranches } from "./schema-branches.ts";
import { codePointLength, utf8Length } from "./text-length.ts";

export interface ValueContext {
  readonly seed: number;
  readonly random: Random;
  /** Unique to run and call; part of values that must be unique. Empty for all others. */
  readonly token: string;
}

/** The value that is generated: where it is in the value of a parameter. */
interface Subject {
  readonly parameter: Parameter;
  /** As in `Place.path`. */
  readonly path: string;
}

const placeAt = ({ parameter, path }: Subject): Place | undefined =>
  parameter.places?.find((place) => place.path === path);

const inside = ({ parameter, path }: Subject, step: string): Subject => ({ parameter, path: `${path}${step}` });

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

/** Characters of base64 that encode three bytes. */
export const BASE64_GROUP = 4;

/** Character sets of this many parameters are cached: those of the actions that run at the same time. */
const MAX_CACHED_SETS = 256;
const characterSets = memoize<CharacterSet, Schema>(MAX_CACHED_SETS);

const characterSetOf = (subject: Subject, schema: Schema): CharacterSet =>
  characterSets(schema, () => createCharacterSet(subject, schema));

function createCharacterSet(subject: Subject, schema: Schema): CharacterSet {
  const allows = characterTest(subject, schema);
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

function characterTest(subject: Subject, schema: Schema): (char: string) => boolean {
  const { parameter, path } = subject;
  const pattern = schema.pattern === undefined ? undefined : compilePattern(schema.pattern, parameter.anchored);
  if (pattern && !isSingleCharacterPattern(pattern)) return () => false;
  const conflicts =
    path === "" || path === "[]"
      ? parameter.conflicts.filter((c) => c.constraint.startsWith("items.") === (path === "[]"))
      : (placeAt(subject)?.conflicts ?? []);
  return (char) => (pattern?.test(char) ?? true) && !isDisputedCharacter(conflicts, char);
}

export const allowedCharacters = (
  parameter: Parameter,
  { path, schema }: Pick<Place, "path" | "schema">,
): ((char: string) => boolean) => characterSetOf({ parameter, path }, schema).allows;

/** True for a pattern such as `[…]+`, which decides over each character by itself. */
const isSingleCharacterPattern = (pattern: RegExp): boolean =>
  pattern.test("a") || pattern.test("0") || pattern.test("A") || pattern.test("深");

export function validValue(parameter: Parameter, context: ValueContext): Json {
  const positiveValues = parameter.positiveValues?.values;
  if (Array.isArray(positiveValues)) return context.random.pick(positiveValues) as Json;
  return keepingValue({ parameter, path: "" }, parameter.schema, context);
}

/** A valid value of a place inside a parameter. */
export const validPlaceValue = (
  parameter: Parameter,
  { path, schema }: Pick<Place, "path" | "schema">,
  context: ValueContext,
): Json => keepingValue({ parameter, path }, schema, context);

/** One item of a list parameter; `i` makes the items of one list differ. */
export function validItem(parameter: Parameter, context: ValueContext, i: number): Json {
  const items = (parameter.schema as { items?: Schema }).items ?? {};
  return keepingValue({ parameter, path: "[]" }, items, itemContext(context, i));
}

/** `i` makes the items of one list differ. */
export const itemContext = (context: ValueContext, i: number): ValueContext => ({
  ...context,
  token: context.token ? `${context.token}i${i}` : String(i),
});

/** A value that each keyword allows may break several together, such as an item twice in a list; another one rarely does. */
const MAX_ATTEMPTS = 8;

/** The first generated value that keeps the schema; where there is none the first one, and `lint` asks for `positiveValues`. */
function keepingValue(subject: Subject, schema: Schema, context: ValueContext): Json {
  const { anchored } = subject.parameter;
  const first = valueFor(subject, schema, context);
  if (isSimple(schema) || satisfies(schema, first, anchored)) return first;
  for (const branch of schemaBranches(schema)) {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const value = valueFor(subject, branch, context);
      if (satisfies(schema, value, anchored)) return value;
    }
  }
  return first;
}

/** True where each generated value keeps the schema: it has one type, and only limits of a text or of a number. */
const isSimple = (schema: Schema): boolean =>
  (schema.type === "string" || schema.type === "integer" || schema.type === "number" || schema.type === "boolean") &&
  schema.allOf === undefined &&
  schema.anyOf === undefined &&
  schema.oneOf === undefined &&
  schema.not === undefined &&
  !("if" in schema) &&
  (schema.pattern === undefined || (schema.minLength ?? 0) <= 1) &&
  schema.multipleOf === undefined;

function valueFor(subject: Subject, schema: Schema, context: ValueContext): Json {
  const { values: listed } = placeAt(subject)?.positiveValues ?? {};
  if (Array.isArray(listed)) return context.random.pick(listed) as Json;
  if (schema.const !== undefined) return schema.const as Json;
  if (schema.enum !== undefined) return context.random.pick(schema.enum) as Json;
  const type = Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? "string");
  switch (type) {
    case "integer":
    case "number":
      return numberOf(schema, context.random);
    case "boolean":
      return context.random.int(2) === 1;
    case "null":
      return null;
    case "array": {
      const { items } = schema as { items?: Schema };
      const usual = items?.["x-cut"] ? 0 : 2;
      const count = Math.min(Math.max(schema.minItems ?? 0, usual), schema.maxItems ?? Number.POSITIVE_INFINITY);
      return Array.from({ length: count }, (_, i) =>
        keepingValue(inside(subject, "[]"), items ?? {}, itemContext(context, i)),
      );
    }
    case "object":
      return objectOf(subject, schema, context);
    default:
      return textOf(subject, schema, context);
  }
}

/** The required members, or all where none is required; in a map as many as it must have. */
function objectOf(subject: Subject, schema: Schema, context: ValueContext): Json {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const { additionalProperties, propertyNames } = schema as {
    additionalProperties?: Schema | boolean;
    propertyNames?: Schema;
  };
  const declared = Object.keys(properties).filter((name) => properties[name]?.["x-cut"] !== true);
  const names = [...(schema.required ?? declared)].slice(0, schema.maxProperties);
  const min = schema.minProperties ?? 0;
  for (const name of declared) if (names.length < min && !names.includes(name)) names.push(name);
  for (let i = 0; names.length < min && i < min * MAX_ATTEMPTS; i++) {
    const nameSchema = { type: "string", ...propertyNames } as Schema;
    const name = String(keepingValue(inside(subject, "{key}"), nameSchema, itemContext({ ...context, token: "" }, i)));
    if (!names.includes(name)) names.push(name);
  }
  const member = (name: string): Json => {
    const [of, step] = name in properties ? [properties[name], `.${name}`] : [additionalProperties, "{}"];
    return keepingValue(inside(subject, step), typeof of === "object" ? of : {}, context);
  };
  return Object.fromEntries(names.map((name) => [name, member(name)]));
}

/** Numbers above an exclusive minimum begin this far above it, those below an exclusive maximum end this far below it. */
const STEP = 1;

function numberOf(schema: Schema, source: Random): number {
  const { minimum, maximum, multipleOf: step } = schema;
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema as Readonly<Record<string, number | undefined>>;
  const max = maximum ?? (below === undefined ? undefined : below - STEP);
  const low = minimum ?? (above === undefined ? Math.min(0, max ?? 0) : above + STEP);
  const high = Math.min(max ?? low + MAX_ABOVE_MINIMUM, low + MAX_ABOVE_MINIMUM);
  // No whole number is between the limits.
  if (high < low) return ((minimum ?? above ?? low) + (maximum ?? below ?? high)) / 2;
  const n = low + source.int(high - low + 1);
  return step === undefined
    ? n
    : Math.ceil(n / step) * step > high
      ? Math.ceil(low / step) * step
      : Math.ceil(n / step) * step;
}

/** Begins every generated URL. The domain `example` is reserved, so nothing is found there. */
export const URL_PREFIX = "https://assay.example/";

/** A phrase in the allowed characters, then the token, such as `Harbor-Finance-4k2…`. */
function textOf(subject: Subject, schema: Schema, context: ValueContext): string {
  const { parameter } = subject;
  if (schema.format === "uri") return `${URL_PREFIX}${context.token || context.random.int(MAX_URL_NUMBER)}`;
  if (isBase64(schema)) return base64Of(schema, context);
  const pattern = schema.pattern === undefined ? undefined : compilePattern(schema.pattern, parameter.anchored);
  if (pattern && !isSingleCharacterPattern(pattern)) return fromStructuredPattern(schema, parameter, context);
  const characters = characterSetOf(subject, schema);
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

export const isBase64 = (schema: Schema): boolean =>
  (schema as { contentEncoding?: string }).contentEncoding === "base64";

/** A phrase and the token, encoded; as many bytes as the limits of the encoded text allow. */
function base64Of({ minLength = 0, maxLength = MAX_GENERATED_LENGTH }: Schema, context: ValueContext): string {
  const bytes = (length: number) => Math.floor(length / BASE64_GROUP) * 3;
  const content = `${randomPhrase(context.seed, context.random)} ${context.token}`.trim();
  const min = bytes(minLength + BASE64_GROUP - 1);
  return Buffer.from(content.padEnd(min, "a"))
    .subarray(0, Math.max(min, bytes(maxLength)))
    .toString("base64");
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
    if (matches(schema, parameter.anchored, text) && satisfies(schema, text, parameter.anchored)) return text;
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
