/** The JSON Schemas of specs/schema → the reference tables of specs/README.md. */

import { flowYaml } from "../spec/schema/error-text.ts";
import { FILE_KINDS, type FileKind, type JsonSchema, readSchema } from "../spec/schema/read-schema.ts";

const titles: Readonly<Record<FileKind, string>> = {
  action: "Action: `PROVIDER/SERVICE/ACTION.yaml`",
  service: "Service: `PROVIDER/SERVICE/service.yaml`",
  envelope: "Envelope: `envelopes/NAME.yaml`",
  target: "Target file",
  known: "Known failures",
};

/** Definitions that appear as a table of their own, because several keys have their form. `state` covers both of its forms. */
const SHARED_FORMS = ["source", "refusal", "state", "errorEntry", "effects", "call", "pagination", "asDocumented"];

const BEGIN = "<!-- reference: `npm run reference` writes it from specs/schema -->\n";
const END = "<!-- /reference -->\n";

/** The page with the reference that belongs to the schemas. @throws where the page lacks one of the two marks. */
export function withReference(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`specs/README.md lacks ${BEGIN.trim()} or ${END.trim()}; add both lines`);
  return `${page.slice(0, begin + BEGIN.length)}\n${reference()}\n${page.slice(end)}`;
}

function reference(): string {
  const definitions = readSchema("action")["$defs"] as Record<string, JsonSchema>;
  const forms = SHARED_FORMS.map((name) => section(`Form \`${name}\``, definitions[name] ?? {}, definitions, 4));
  const kinds = FILE_KINDS.map((kind) => {
    const schema = readSchema(kind);
    return section(titles[kind], schema, (schema["$defs"] ?? {}) as Record<string, JsonSchema>, 3);
  });
  return [...kinds, "### Forms that several keys share\n", ...forms].join("\n");
}

type Definitions = Readonly<Record<string, JsonSchema>>;

function section(title: string, schema: JsonSchema, definitions: Definitions, level: number): string {
  const description = schema["description"] === undefined ? "" : `${schema["description"]}\n\n`;
  const rows = rowsOf(schema, definitions, "").map((cells) => `| ${cells.map(escapeCell).join(" | ")} |\n`);
  return `${"#".repeat(level)} ${title}\n\n${description}| key | value | meaning | example |\n|---|---|---|---|\n${rows.join("")}`;
}

/** A pipe ends a cell, in code as well. */
const escapeCell = (text: string): string => text.replaceAll("|", "\\|");

/** One row of a table for each key of the schema and of the schemas inside it, except for those of shared forms. */
function rowsOf(schema: JsonSchema, definitions: Definitions, path: string): string[][] {
  const required = (schema["required"] ?? []) as string[];
  const own = Object.entries((schema["properties"] ?? {}) as Definitions).flatMap(([key, s]) =>
    rowsOfKey(`${path}${key}`, required.includes(key), s, definitions),
  );
  const breaches = Object.values((schema["patternProperties"] ?? {}) as Definitions).flatMap((s) =>
    rowsOfKey(`${path}BREACH`, false, s, definitions),
  );
  // A key of both forms of `state` is one row.
  const rows = [...own, ...breaches, ...branchesOf(schema).flatMap((branch) => rowsOf(branch, definitions, path))];
  return rows.filter(([key], i) => rows.findIndex(([other]) => other === key) === i);
}

function rowsOfKey(path: string, isRequired: boolean, s: JsonSchema, definitions: Definitions): string[][] {
  const full = { ...resolve(s, definitions), ...s };
  const examples = ((full["examples"] ?? []) as unknown[]).map((example) => `\`${flowYaml(example)}\``);
  const row = [
    `\`${path}\``,
    `${isRequired ? "required; " : ""}${valueText(s, definitions)}`,
    String(full["description"]),
    examples.join(", "),
  ];
  return [row, ...(sharedForm(s) ? [] : rowsInside(resolve(s, definitions), definitions, path))];
}

/** The keys inside a value: of a mapping, of the values of a mapping by name, of the items of a list. */
function rowsInside(s: JsonSchema, definitions: Definitions, path: string): string[][] {
  const named = s["additionalProperties"];
  const inner: [JsonSchema, string][] = [[s, `${path}.`]];
  if (typeof named === "object" && named !== null) inner.push([named as JsonSchema, `${path}.NAME.`]);
  if (s["items"] !== undefined) inner.push([s["items"] as JsonSchema, `${path}[].`]);
  return inner.flatMap(([schema, prefix]) =>
    sharedForm(schema) ? [] : rowsOf(resolve(schema, definitions), definitions, prefix),
  );
}

const branchesOf = (s: JsonSchema): JsonSchema[] => [...((s["anyOf"] ?? s["oneOf"] ?? []) as JsonSchema[])];

const definitionName = (s: JsonSchema): string => String(s["$ref"] ?? "").replace("#/$defs/", "");
const sharedForm = (s: JsonSchema): string | undefined => SHARED_FORMS.find((name) => name === definitionName(s));
const resolve = (s: JsonSchema, definitions: Definitions): JsonSchema => definitions[definitionName(s)] ?? s;

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "mapping",
  null: "nothing",
};

/** What may be written there: a type with its limits, fixed values, or the name of a shared form. */
function valueText(s: JsonSchema, definitions: Definitions): string {
  const form = sharedForm(s);
  if (form) return `[${form}](#form-${form.toLowerCase()})`;
  const schema = resolve(s, definitions);
  if (schema["const"] !== undefined) return `\`${flowYaml(schema["const"])}\``;
  if (schema["enum"] !== undefined) return (schema["enum"] as unknown[]).map((v) => `\`${flowYaml(v)}\``).join(" or ");
  const branches = branchesOf(schema).filter((b) => !("required" in b && Object.keys(b).length === 1));
  if (branches.length > 0) return choice(branches.map((b) => valueText(b, definitions)));
  const items = schema["items"] as JsonSchema | undefined;
  if (schema["type"] === "array") return `list${items ? ` of ${valueText(items, definitions)}` : ""}`;
  const named = schema["additionalProperties"];
  if (typeof named === "object" && named !== null)
    return `mapping of names to ${valueText(named as JsonSchema, definitions)}`;
  const types = [schema["type"] ?? []].flat().map((type) => typeNames[String(type)] ?? String(type));
  const pattern = schema["pattern"] === undefined ? "" : ` that matches \`${schema["pattern"]}\``;
  return `${types.join(" or ") || "any value"}${pattern}${limits(schema)}`;
}

/** `text or a list of it` where a list of one form is the other form. */
function choice(values: readonly string[]): string {
  const [first = "", second] = new Set(values);
  return second === `list of ${first}` ? `${first}, or a list of it` : [...new Set(values)].join(" or ");
}

function limits(schema: JsonSchema): string {
  const words = [
    ["minimum", "at least"],
    ["exclusiveMinimum", "above"],
    ["maximum", "at most"],
  ]
    .filter(([keyword = ""]) => schema[keyword] !== undefined)
    .map(([keyword = "", name]) => `${name} ${schema[keyword]}`);
  return words.length > 0 ? ` (${words.join(", ")})` : "";
}
