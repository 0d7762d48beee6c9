/** A schema error → a message that states what was expected. It never repeats the value, which may be a secret. */
import type { ErrorObject } from "ajv/dist/2020.js";
import { stringify } from "yaml";

const typeNames: Readonly<Record<string, string>> = {
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

const joinOr = (words: readonly string[]): string => [...new Set(words)].join(" or ");

/** What was expected, then the description that the schema gives of the key. */
export function describeSchemaError(e: ErrorObject): string {
  return `${expectation(e)}${schemaDescription(e)}`;
}

/** The `description` and the first of the `examples` in the schema of the key, or of the key that is missing. */
function schemaDescription({ keyword, parentSchema, params }: ErrorObject): string {
  const missing = (params as { missingProperty?: string }).missingProperty;
  const properties = (parentSchema?.["properties"] ?? {}) as Record<string, Schema>;
  const documented = keyword === "required" && missing !== undefined ? properties[missing] : parentSchema;
  const description = documented?.["description"];
  if (typeof description !== "string") return "";
  const [example] = (documented?.["examples"] ?? []) as unknown[];
  return `. ${description}${example === undefined ? "" : ` Example: ${flowYaml(example)}.`}`;
}

/** A value as YAML of one line, such as `{ absent: [MissingParameter] }`. */
export function flowYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${flowYaml(name)}: ${flowYaml(member)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  // As the item of a list, so that a text with a comma or bracket is quoted.
  const options = { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0, singleQuote: true } as const;
  return stringify([value], options).trimEnd().slice(1, -1);
}

function expectation(e: ErrorObject): string {
  const limit = String((e.params as { limit?: number }).limit);
  switch (e.keyword) {
    case "type":
      return `expected ${joinOr([e.schema].flat().map((t) => typeNames[String(t)] ?? String(t)))}, ${actualType(e)}`;
    case "enum":
      return `expected one of ${(e.schema as unknown[]).join(", ")}`;
    case "const":
      return `expected ${JSON.stringify(e.schema)}`;
    case "pattern":
      return `does not match ${String(e.schema)}`;
    case "required":
      return `the key "${(e.params as { missingProperty: string }).missingProperty}" is missing`;
    case "minimum":
      return `expected a number of at least ${limit}`;
    case "maximum":
      return `expected a number of at most ${limit}`;
    case "exclusiveMinimum":
      return `expected a number above ${limit}`;
    case "exclusiveMaximum":
      return `expected a number below ${limit}`;
    case "minLength":
      return limit === "1" ? "is empty; expected text" : `expected at least ${limit} characters`;
    case "maxLength":
      return `expected at most ${limit} characters`;
    case "minItems":
      return `expected at least ${limit} in the list, which has ${(e.data as unknown[]).length}`;
    case "maxItems":
      return `expected at most ${limit} in the list, which has ${(e.data as unknown[]).length}`;
    case "minProperties":
      return `expected at least ${keyCount(limit, e.parentSchema)}`;
    case "maxProperties":
      return `expected at most ${keyCount(limit, e.parentSchema)}`;
    case "anyOf":
    case "oneOf":
      return describeChoice(e);
    default:
      return e.message ?? "has another form than the schema demands";
  }
}

/** `1 of the keys a, b`; `2 keys` where the keys are of the writer's choice. */
function keyCount(limit: string, schema: Schema | undefined): string {
  const keys = knownKeys(schema);
  if (keys.length > 0) return `${limit} of the keys ${keys.join(", ")}`;
  return limit === "1" ? "1 key" : `${limit} keys`;
}

function actualType({ data, schema }: ErrorObject): string {
  const type = jsonTypeOf(data);
  const isUnquotedText = [schema].flat().includes("string") && ["integer", "number", "boolean"].includes(type);
  return type === "null"
    ? "but there is no value"
    : `but this is ${typeNames[type]}${isUnquotedText ? "; write it in quotes" : ""}`;
}

/** The keys of an `anyOf` or `oneOf` each of whose branches demands one key and nothing else; undefined for any other. */
export function exclusiveKeys(e: ErrorObject): string[] | undefined {
  const requiredKeys = (e.schema as Schema[]).map((branch) =>
    Object.keys(branch).join() === "required" ? branch["required"] : [],
  );
  return requiredKeys.every((names) => (names as string[]).length === 1) ? requiredKeys.flat().map(String) : undefined;
}

function describeChoice(e: ErrorObject): string {
  const choice = exclusiveKeys(e);
  if (choice) {
    const present = choice.filter((key) => Object.hasOwn(e.data as object, key));
    const remedy = present.length ? `keep one of ${present.join(" and ")}` : "add one";
    return `expected exactly one of the keys ${choice.join(", ")}; ${remedy}`;
  }
  return `expected ${joinOr((e.schema as Schema[]).map(describeBranch))}`;
}

function describeBranch(branch: Schema): string {
  if ("const" in branch) return JSON.stringify(branch["const"]);
  if ("enum" in branch) return `one of ${(branch["enum"] as unknown[]).join(", ")}`;
  const required = (branch["required"] ?? []) as string[];
  if (required.length > 0) return `a mapping with ${required.join(" and ")}`;
  return joinOr([branch["type"] ?? "object"].flat().map((t) => typeNames[String(t)] ?? String(t)));
}

/** The keys that a schema declares, including those of a `patternProperties` of the form `^(a|b|c)$`. */
export function knownKeys(schema: Schema | undefined): string[] {
  const listed = Object.keys((schema?.["patternProperties"] ?? {}) as object).flatMap(
    (pattern) => /^\^\(([\w|-]+)\)\$$/.exec(pattern)?.[1]?.split("|") ?? [],
  );
  return [...Object.keys((schema?.["properties"] ?? {}) as object), ...listed];
}
