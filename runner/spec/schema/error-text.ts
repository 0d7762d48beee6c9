/** An error of a schema → what was expected, in words. A value that does not fit is never repeated: it may be a secret. */
import type { ErrorObject } from "ajv/dist/2020.js";

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping (KEY: VALUE)",
  null: "nothing",
};

export const jsonTypeOf = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "array"
      : Number.isInteger(value)
        ? "integer"
        : typeof value === "number"
          ? "number"
          : typeof value;

type Schema = Record<string, unknown>;

const or = (words: readonly string[]): string => [...new Set(words)].join(" or ");

export function describeSchemaError(e: ErrorObject): string {
  return `${expectation(e)}${schemaDescription(e)}`;
}

/** The schema's own words, of the key itself or of the one that is missing. */
function schemaDescription({ keyword, parentSchema, params }: ErrorObject): string {
  const missing = (params as { missingProperty?: string }).missingProperty;
  const properties = (parentSchema?.["properties"] ?? {}) as Record<string, Schema>;
  const about = keyword === "required" && missing !== undefined ? properties[missing] : parentSchema;
  const description = about?.["description"];
  return typeof description === "string" ? `: ${description}` : "";
}

function expectation(e: ErrorObject): string {
  const limit = String((e.params as { limit?: number }).limit);
  switch (e.keyword) {
    case "type":
      return `expected ${or([e.schema].flat().map((t) => typeWords[String(t)] ?? String(t)))}, ${found(e)}`;
    case "enum":
      return `expected one of ${(e.schema as unknown[]).join(", ")}`;
    case "const":
      return `expected ${JSON.stringify(e.schema)}`;
    case "pattern":
      return `is not of the form ${String(e.schema)}`;
    case "required":
      return `the key "${(e.params as { missingProperty: string }).missingProperty}" is missing`;
    case "minimum":
      return `expected a number from ${limit}`;
    case "maximum":
      return `expected a number up to ${limit}`;
    case "exclusiveMinimum":
      return `expected a number above ${limit}`;
    case "exclusiveMaximum":
      return `expected a number below ${limit}`;
    case "minLength":
      return limit === "1" ? "is empty; expected text" : `expected at least ${limit} characters`;
    case "maxLength":
      return `expected at most ${limit} characters`;
    case "minItems":
      return `expected at least ${limit} in the list, there are ${(e.data as unknown[]).length}`;
    case "maxItems":
      return `expected at most ${limit} in the list, there are ${(e.data as unknown[]).length}`;
    case "minProperties":
      return `expected at least ${limit} of the keys ${knownKeys(e.parentSchema).join(", ") || "of your own"}`;
    case "maxProperties":
      return `expected at most ${limit} of the keys ${knownKeys(e.parentSchema).join(", ") || "of your own"}`;
    case "anyOf":
    case "oneOf":
      return choiceWords(e);
    default:
      return e.message ?? "is not as expected";
  }
}

function found({ data, schema }: ErrorObject): string {
  const type = jsonTypeOf(data);
  const text = [schema].flat().includes("string") && ["integer", "number", "boolean"].includes(type);
  return type === "null"
    ? "but nothing stands here"
    : `but this is ${typeWords[type]}${text ? "; write it in quotes" : ""}`;
}

/** The keys of a schema whose branches differ in nothing but the key that they want. */
export function exclusiveKeys(e: ErrorObject): string[] | undefined {
  const wanted = (e.schema as Schema[]).map((branch) =>
    Object.keys(branch).join() === "required" ? branch["required"] : [],
  );
  return wanted.every((names) => (names as string[]).length === 1) ? wanted.flat().map(String) : undefined;
}

function choiceWords(e: ErrorObject): string {
  const choice = exclusiveKeys(e);
  if (choice) {
    const there = choice.filter((key) => Object.hasOwn(e.data as object, key));
    const now = there.length ? `${there.join(" and ")} stand here` : "none stands here";
    return `expected exactly one of the keys ${choice.join(", ")}; ${now}`;
  }
  return `expected ${or((e.schema as Schema[]).map(formOf))}`;
}

function formOf(branch: Schema): string {
  if ("const" in branch) return JSON.stringify(branch["const"]);
  if ("enum" in branch) return `one of ${(branch["enum"] as unknown[]).join(", ")}`;
  const required = (branch["required"] ?? []) as string[];
  if (required.length > 0) return `a mapping with ${required.join(" and ")}`;
  return or([branch["type"] ?? "object"].flat().map((t) => typeWords[String(t)] ?? String(t)));
}

/** The names that may stand in a mapping, those of a pattern of alternatives included. */
export function knownKeys(schema: Schema | undefined): string[] {
  const listed = Object.keys((schema?.["patternProperties"] ?? {}) as object).flatMap(
    (pattern) => /^\^\(([\w|-]+)\)\$$/.exec(pattern)?.[1]?.split("|") ?? [],
  );
  return [...Object.keys((schema?.["properties"] ?? {}) as object), ...listed];
}
