/** A schema of specs/schema and a valid file → malformed files: for each key, one file for each kind of mistake. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { type FileKind, readSchema } from "../../../runner/spec/schema/read-schema.ts";
import { samples, texts } from "./valid-samples.ts";
import { type Path, setAt, toYaml, valueAt } from "./yaml-with-positions.ts";

export interface MalformedFile {
  /** Path of the corrupted key, and the mistake. */
  readonly name: string;
  readonly text: string;
  /** Line of the mistake, from 1. */
  readonly line: number;
  /** Text that the message must contain. */
  readonly expectedWord: string;
  /** For a misspelled key: the key that the message must suggest. */
  readonly suggestion?: string;
}

export interface GeneratedFiles {
  readonly files: readonly MalformedFile[];
  /** Schemas of the keys that were corrupted. A test compares them with `keys` to find keys that no sample reaches. */
  readonly corruptedKeys: ReadonlySet<object>;
  /** Schema of every key → its path in the schema. */
  readonly keys: ReadonlyMap<object, string>;
}

interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly minProperties?: number;
}

/** One value of each JSON type, and a number that is not an integer. */
const valueByType = {
  string: "no-such-word",
  integer: 7,
  number: 1.5,
  boolean: true,
  null: null,
  array: ["x"],
  object: { zzqx: 1 },
} as const;

/** Optimized code would take longer to make than it saves here. */
const compile = (schema: object) => new Ajv2020({ strict: false, code: { optimize: false } }).compile(schema);

export function generateMalformedFiles(kind: FileKind): GeneratedFiles {
  const schema = readSchema(kind) as Schema;
  const isValid = compile(schema);
  const files = new Map<string, MalformedFile>();
  const corruptedKeys = new Set<object>();
  const visitedSchemas = new Set<object>();

  const resolve = (s: Schema): Schema =>
    s.$ref === undefined ? s : resolve(valueAt(schema, s.$ref.slice(2).split("/")) as Schema);
  const branchesOf = (s: Schema): readonly Schema[] =>
    (s.anyOf ?? s.oneOf ?? []).map(resolve).filter((b) => !requiresOnly(b));

  /** Adds a malformed file, unless the schema accepts it. The message must point at the key or at the value of the path. */
  function add(
    name: string,
    file: unknown,
    path: Path,
    position: "key" | "value",
    overrides: Partial<MalformedFile> = {},
  ): void {
    if (isValid(file)) return;
    const yaml = toYaml(file);
    const line = position === "key" ? yaml.keyLine(path) : yaml.valueLine(path);
    const expectedWord = String(path.findLast((step) => typeof step === "string") ?? "");
    const fullName = `${path.join(".")} ${name}`;
    files.set(fullName, { name: fullName, text: yaml.text, line, expectedWord, ...overrides });
  }

  /** Corrupts the value at the path, and all keys below it. `root` is a valid file with a value at the path. */
  function visit(keySchema: Schema, root: unknown, path: Path): void {
    const s = resolve(keySchema);
    corruptedKeys.add(keySchema);
    addInvalidValues(s, root, path);
    if (visitedSchemas.has(s)) return;
    visitedSchemas.add(s);
    const branches = branchesOf(s);
    for (const [i, branch] of branches.entries()) {
      const branchFile =
        branches.length === 1 || matches(branch, valueAt(root, path)) ? root : setAt(root, path, createValue(branch));
      if (!isValid(branchFile))
        throw new Error(`${kind}: no valid value for branch ${i} at ${path.join(".")}; add a text to valid-samples.ts`);
      visit(branch, branchFile, path);
    }
    const value = valueAt(root, path);
    if (Array.isArray(value)) addInvalidLists(s, root, path, value);
    else if (typeof value === "object" && value !== null)
      addInvalidMappings(s, root, path, value as Record<string, unknown>);
  }

  /** Whether the value is valid for the branch. */
  function matches(branch: Schema, value: unknown): boolean {
    return compile({ ...branch, $defs: schema["$defs"] })(value);
  }

  /** Values of other types, and values just outside each limit of the schema. */
  function addInvalidValues(s: Schema, root: unknown, path: Path): void {
    const addValue = (name: string, value: unknown) => add(name, setAt(root, path, value), path, "value");
    for (const [type, value] of Object.entries(valueByType)) addValue(`as ${type}`, value);
    for (const branch of [s, ...branchesOf(s)]) {
      if (branch.pattern !== undefined)
        for (const text of ["?!", "word word"]) addValue(`as «${text}» against pattern ${branch.pattern}`, text);
      if (branch["minLength"] !== undefined || branch.pattern !== undefined) addValue("as an empty string", "");
      if (branch.minimum !== undefined) addValue("below the minimum", branch.minimum - 1);
      if (branch.exclusiveMinimum !== undefined) addValue("at the minimum", branch.exclusiveMinimum);
      if (branch.maximum !== undefined) addValue("above the maximum", branch.maximum + 1);
      if (branch.exclusiveMaximum !== undefined) addValue("at the maximum", branch.exclusiveMaximum);
    }
    addValue("as an empty list", []);
    addValue("as an empty mapping", {});
  }

  /** Lists with one item too many or too few, and lists with an invalid first item. */
  function addInvalidLists(s: Schema, root: unknown, path: Path, value: readonly unknown[]): void {
    const [first] = value;
    if (s.items === undefined || first === undefined) return;
    add("with one item too many", setAt(root, path, [...value, first]), path, "value");
    add("with one item too few", setAt(root, path, value.slice(1)), path, "value");
    visit(s.items, root, [...path, 0]);
  }

  /** Mappings with missing, unknown, misspelled, duplicate and conflicting keys, and with invalid values. */
  function addInvalidMappings(s: Schema, root: unknown, path: Path, value: Record<string, unknown>): void {
    const properties = Object.entries(s.properties ?? {});
    for (const key of s.required ?? [])
      add(`without ${key}`, setAt(root, [...path, key], undefined), path, "value", { expectedWord: key });
    addInvalidChoices(s, root, path, value);
    for (const key of path.length > 0 ? ["zzqx"] : ["zzqx", "__proto_", "constructor", "toString"])
      addUnknownKey(root, path, key);
    for (const [key] of properties) addUnknownKey(root, path, `${key}${key.at(-1)}`, key);
    for (const [key, member] of properties) {
      const withKey = Object.hasOwn(value, key) ? root : insertKey(root, path, key, member);
      const yaml = toYaml(withKey, [...path, key]);
      const name = `${[...path, key].join(".")} as a duplicate`;
      files.set(name, { name, text: yaml.text, line: yaml.duplicateLine, expectedWord: key });
      visit(member, withKey, [...path, key]);
    }
    if (s.propertyNames) for (const key of ["A b", "ä", "", "?"]) addInvalidName(s, root, path, key);
    for (const [pattern, member] of Object.entries(s.patternProperties ?? {})) {
      const key =
        Object.keys(value).find((k) => new RegExp(pattern, "u").test(k)) ?? /\w[\w-]*/.exec(pattern)?.[0] ?? "";
      visit(member, Object.hasOwn(value, key) ? root : insertKey(root, path, key, member), [...path, key]);
    }
    if (typeof s.additionalProperties !== "object") return;
    const key = Object.keys(value).find((k) => !Object.hasOwn(s.properties ?? {}, k)) ?? "word";
    const member = s.additionalProperties;
    visit(member, Object.hasOwn(value, key) ? root : insertKey(root, path, key, member), [...path, key]);
  }

  /** A key that the schema does not have; `suggestion` is the key that it resembles. */
  function addUnknownKey(root: unknown, path: Path, key: string, suggestion?: string): void {
    const file = setAt(root, [...path, key], "word");
    add("unknown", file, [...path, key], "key", suggestion === undefined ? {} : { suggestion });
  }

  /** A key that breaks `propertyNames`. */
  function addInvalidName(s: Schema, root: unknown, path: Path, key: string): void {
    const member = typeof s.additionalProperties === "object" ? createValue(s.additionalProperties) : "word";
    add("as an invalid name", setAt(root, [...path, key], member), [...path, key], "key");
  }

  /** Where exactly one of several keys is required: none of them, and two of them. */
  function addInvalidChoices(s: Schema, root: unknown, path: Path, value: Record<string, unknown>): void {
    const names = (s.oneOf ?? []).filter(requiresOnly).flatMap(({ required }) => required ?? []);
    for (const name of names) {
      const isPresent = Object.hasOwn(value, name);
      const file = setAt(root, [...path, name], isPresent ? undefined : createValue(s.properties?.[name] ?? {}));
      add(isPresent ? `with none of ${names.join()}` : `with extra ${name}`, file, path, "value", {
        expectedWord: name,
      });
    }
  }

  /** Adds the key, and removes a sibling if the key excludes it. */
  function insertKey(root: unknown, path: Path, key: string, s: Schema): unknown {
    const withKey = setAt(root, [...path, key], createValue(s));
    const withoutSibling = Object.keys(valueAt(root, path) as object).map((sibling) =>
      setAt(withKey, [...path, sibling], undefined),
    );
    const validFile = [withKey, ...withoutSibling].find((candidate) => isValid(candidate));
    if (validFile === undefined)
      throw new Error(`${kind}: no valid file with ${[...path, key].join(".")}; add a text to valid-samples.ts`);
    return validFile;
  }

  /** Creates a value that is valid for the schema. */
  function createValue(valueSchema: Schema): unknown {
    const s = resolve(valueSchema);
    if ("const" in s) return s["const"];
    if (s.enum) return s.enum[0];
    const [branch] = branchesOf(s);
    if (branch) return createValue(branch);
    const type = [s.type ?? (s.properties ? "object" : "string")].flat()[0];
    if (type === "string") return texts.find((text) => new RegExp(s.pattern ?? "", "u").test(text));
    if (type === "boolean") return true;
    if (type === "array") return Array.from({ length: Math.max(1, s.minItems ?? 0) }, () => createValue(s.items ?? {}));
    if (type !== "object") return Math.max(s.minimum ?? 1, (s.exclusiveMinimum ?? 0) + 1);
    const [choice] = (s.oneOf ?? []).filter(requiresOnly);
    const keys = [...(s.required ?? []), ...(choice?.required ?? [])];
    if (s.minProperties !== undefined && keys.length === 0)
      keys.push(...Object.keys(s.properties ?? {}).slice(0, s.minProperties));
    const members = keys.map((key) => [key, createValue(s.properties?.[key] ?? {})] as const);
    if (members.length > 0 || typeof s.additionalProperties !== "object") return Object.fromEntries(members);
    const generatedKeys = Array.from({ length: s.minProperties ?? 1 }, (_, i) => `word${"x".repeat(i)}`);
    const member = s.additionalProperties;
    return Object.fromEntries(generatedKeys.map((key) => [key, createValue(member)]));
  }

  visit(schema, samples[kind], []);
  return { files: [...files.values()], corruptedKeys, keys: keysOf(schema) };
}

/** Whether the schema has no keyword other than `required`. */
const requiresOnly = (s: Schema): boolean => Object.keys(s).join() === "required";

/** Schema of each key of the file → its path in the schema. Definitions without a reference are not included. */
function keysOf(root: Schema): Map<object, string> {
  const keys = new Map<object, string>();
  const walk = (s: Schema, path: string): void => {
    if (s.$ref !== undefined) {
      walk(valueAt(root, s.$ref.slice(2).split("/")) as Schema, s.$ref);
      return;
    }
    for (const [key, member] of Object.entries({ ...s.properties, ...s.patternProperties })) {
      if (keys.has(member)) continue;
      keys.set(member, `${path}/${key}`);
      walk(member, `${path}/${key}`);
    }
    const subschemas = [...(s.anyOf ?? []), ...(s.oneOf ?? []), s.items, s.additionalProperties];
    for (const subschema of subschemas) if (typeof subschema === "object") walk(subschema, path);
  };
  walk(root, "");
  return keys;
}
