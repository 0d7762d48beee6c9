/** A YAML file and the JSON Schema of its kind → the problems that the schema finds. */
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import { isFolderPrebuilt, prebuiltValidators } from "../prebuilt.ts";
import { didYouMean, keyPrefix, type Problem } from "../problem.ts";
import type { YamlFile } from "../yaml/yaml-file.ts";
import { describeSchemaError, knownKeys } from "./error-text.ts";
import { pickBranchErrors } from "./pick-branch.ts";
import { type FileKind, type JsonSchema, readSchema } from "./read-schema.ts";

const validators = new Map<FileKind, ValidateFunction>();

function validator(kind: FileKind): ValidateFunction {
  const prebuilt = isFolderPrebuilt() ? prebuiltValidators("spec")?.[kind] : undefined;
  const validate = validators.get(kind) ?? prebuilt ?? specValidators().compile(dereferencedSchema(kind));
  validators.set(kind, validate);
  return validate;
}

/** `options`: those of a validator that is written to a file. */
export const specValidators = (options: Options = {}): Ajv2020 =>
  new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    verbose: true,
    ...options,
  });

export const dereferencedSchema = (kind: FileKind): JsonSchema => dereference(readSchema(kind)) as JsonSchema;

/** Replaces each `$ref` by its definition, so that the schema path of an error contains every branch on the way to it. */
function dereference(root: JsonSchema): unknown {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    const { $ref, $defs: _, ...rest } = node as JsonSchema;
    const definition = typeof $ref === "string" ? (root["$defs"] as JsonSchema)[$ref.replace("#/$defs/", "")] : {};
    return Object.fromEntries(
      Object.entries({ ...(definition as JsonSchema), ...rest }).map(([key, value]) => [key, walk(value)]),
    );
  };
  return walk(root);
}

/** The problems of the YAML itself where it has some, else those that the schema finds. */
export function validateAgainstSchema(kind: FileKind, file: YamlFile): Problem[] {
  if (file.problems.length > 0) return [...file.problems];
  const validate = validator(kind);
  if (validate(file.value)) return [];
  if (file.value === null) {
    const { required = [] } = readSchema(kind) as { required?: string[] };
    return [file.problem([], `the file is empty; expected the keys ${required.join(", ")}`)];
  }
  return dedupe(pickBranchErrors(validate.errors ?? []).map((e) => toProblem(file, e)));
}

/** A problem of a key is located at the key, one of a value at the value. */
function toProblem(file: YamlFile, e: ErrorObject): Problem {
  const path = e.instancePath
    .split("/")
    .slice(1)
    .map((s) => s.replaceAll("~1", "/").replaceAll("~0", "~"));
  const prefix = keyPrefix(path);
  if (e.propertyName !== undefined) {
    const name = e.propertyName;
    return file.problem([...path, name], `${prefix}the name "${name}" ${describeSchemaError(e)}`, true);
  }
  if (e.keyword === "additionalProperties") {
    const key = String((e.params as { additionalProperty: string }).additionalProperty);
    const keys = knownKeys(e.parentSchema);
    const remedy = didYouMean(key, keys) || (keys.length ? `; expected one of ${keys.join(", ")}` : "; remove it");
    return file.problem([...path, key], `${prefix}unknown key "${key}"${remedy}`, true);
  }
  return file.problem(path, `${prefix}${describeSchemaError(e)}`);
}

function dedupe(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((p) => {
    const key = `${p.line}:${p.column}:${p.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
