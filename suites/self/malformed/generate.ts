/** A schema of specs/schema and a valid file → one malformed file for every way to get each of its keys wrong. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { type FileKind, readSchema } from "../../../runner/spec/schema/read-schema.ts";
import { samples, texts } from "./valid-samples.ts";
import { at, type Path, put, written } from "./yaml-with-positions.ts";

export interface Malformed {
  readonly name: string;
  readonly text: string;
  /** Where the fault was put. */
  readonly line: number;
  /** What a message about it has to say. */
  readonly word: string;
  /** The key that a near miss is near to. */
  readonly near?: string;
}

export interface Generated {
  readonly files: readonly Malformed[];
  /** Every key of the schema that was spoiled, and every one that there is: one that no sample reaches shows. */
  readonly spoiled: ReadonlySet<object>;
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

/** One value of each type of JSON, and a number that is not whole. */
const oneOfEach = {
  string: "no-such-word",
  integer: 7,
  number: 1.5,
  boolean: true,
  null: null,
  array: ["x"],
  object: { zzqx: 1 },
} as const;

export function malformed(kind: FileKind): Generated {
  const schema = readSchema(kind) as Schema;
  const accepts = new Ajv2020({ strict: false }).compile(schema);
  const files = new Map<string, Malformed>();
  const spoiled = new Set<object>();
  const done = new Set<object>();

  const resolve = (s: Schema): Schema =>
    s.$ref === undefined ? s : resolve(at(schema, s.$ref.slice(2).split("/")) as Schema);
  const branchesOf = (s: Schema): readonly Schema[] =>
    (s.anyOf ?? s.oneOf ?? []).map(resolve).filter((b) => !isChoice(b));

  /** A new fault: what a sloppy schema lets pass is none. */
  function add(name: string, bad: unknown, path: Path, where: "key" | "value", more: Partial<Malformed> = {}): void {
    if (accepts(bad)) return;
    const w = written(bad);
    const line = where === "key" ? w.keyLine(path) : w.valueLine(path);
    const word = String(path.findLast((step) => typeof step === "string") ?? "");
    files.set(`${path.join(".")} ${name}`, { name: `${path.join(".")} ${name}`, text: w.text, line, word, ...more });
  }

  function visit(given: Schema, root: unknown, path: Path): void {
    const s = resolve(given);
    spoiled.add(given);
    values(s, root, path);
    if (done.has(s)) return;
    done.add(s);
    const branches = branchesOf(s);
    for (const [i, branch] of branches.entries()) {
      const mine = branches.length === 1 || fits(branch, at(root, path)) ? root : put(root, path, made(branch));
      if (!accepts(mine))
        throw new Error(`${kind}: no valid value for branch ${i} at ${path.join(".")}; add a text to valid-samples.ts`);
      visit(branch, mine, path);
    }
    const value = at(root, path);
    if (Array.isArray(value)) list(s, root, path, value);
    else if (typeof value === "object" && value !== null) mapping(s, root, path, value as Record<string, unknown>);
  }

  /** Whether a branch is the one that the value is of. */
  function fits(branch: Schema, value: unknown): boolean {
    return new Ajv2020({ strict: false }).compile({ ...branch, $defs: schema["$defs"] })(value);
  }

  /** Another type, and every limit of this one passed. */
  function values(s: Schema, root: unknown, path: Path): void {
    const wrong = (name: string, value: unknown) => add(name, put(root, path, value), path, "value");
    for (const [type, value] of Object.entries(oneOfEach)) wrong(`as ${type}`, value);
    for (const part of [s, ...branchesOf(s)]) {
      if (part.pattern !== undefined)
        for (const text of ["?!", "word word"]) wrong(`off ${part.pattern} as «${text}»`, text);
      if (part["minLength"] !== undefined || part.pattern !== undefined) wrong("as an empty text", "");
      if (part.minimum !== undefined) wrong("below the minimum", part.minimum - 1);
      if (part.exclusiveMinimum !== undefined) wrong("at the minimum", part.exclusiveMinimum);
      if (part.maximum !== undefined) wrong("above the maximum", part.maximum + 1);
      if (part.exclusiveMaximum !== undefined) wrong("at the maximum", part.exclusiveMaximum);
    }
    wrong("as an empty list", []);
    wrong("as an empty mapping", {});
  }

  function list(s: Schema, root: unknown, path: Path, value: readonly unknown[]): void {
    const [first] = value;
    if (s.items === undefined || first === undefined) return;
    add("with one too many", put(root, path, [...value, first]), path, "value");
    add("with one too few", put(root, path, value.slice(1)), path, "value");
    visit(s.items, root, [...path, 0]);
  }

  function mapping(s: Schema, root: unknown, path: Path, value: Record<string, unknown>): void {
    const properties = Object.entries(s.properties ?? {});
    for (const key of s.required ?? [])
      add(`without ${key}`, put(root, [...path, key], undefined), path, "value", { word: key });
    choices(s, root, path, value);
    for (const key of path.length > 0 ? ["zzqx"] : ["zzqx", "__proto_", "constructor", "toString"])
      unknown(root, path, key);
    for (const [key] of properties) unknown(root, path, `${key}${key.at(-1)}`, key);
    for (const [key, member] of properties) {
      const filled = Object.hasOwn(value, key) ? root : inserted(root, path, key, member);
      const w = written(filled, [...path, key]);
      const name = `${[...path, key].join(".")} twice`;
      files.set(name, { name, text: w.text, line: w.twiceLine, word: key });
      visit(member, filled, [...path, key]);
    }
    if (s.propertyNames) for (const key of ["A b", "ä", "", "?"]) named(s, root, path, key);
    for (const [pattern, member] of Object.entries(s.patternProperties ?? {})) {
      const key =
        Object.keys(value).find((k) => new RegExp(pattern, "u").test(k)) ?? /\w[\w-]*/.exec(pattern)?.[0] ?? "";
      visit(member, Object.hasOwn(value, key) ? root : inserted(root, path, key, member), [...path, key]);
    }
    if (typeof s.additionalProperties !== "object") return;
    const own = Object.keys(value).find((k) => !Object.hasOwn(s.properties ?? {}, k)) ?? "word";
    const member = s.additionalProperties;
    visit(member, Object.hasOwn(value, own) ? root : inserted(root, path, own, member), [...path, own]);
  }

  const unknown = (root: unknown, path: Path, key: string, near?: string): void =>
    add("unknown", put(root, [...path, key], "word"), [...path, key], "key", near === undefined ? {} : { near });

  function named(s: Schema, root: unknown, path: Path, key: string): void {
    const member = typeof s.additionalProperties === "object" ? made(s.additionalProperties) : "word";
    add("is no name", put(root, [...path, key], member), [...path, key], "key");
  }

  /** Exactly one of several keys: none of them, and two. */
  function choices(s: Schema, root: unknown, path: Path, value: Record<string, unknown>): void {
    const names = (s.oneOf ?? []).filter(isChoice).flatMap(({ required }) => required ?? []);
    for (const name of names) {
      const there = Object.hasOwn(value, name);
      const bad = put(root, [...path, name], there ? undefined : made(s.properties?.[name] ?? {}));
      add(there ? `with none of ${names.join()}` : `with ${name} besides`, bad, path, "value", { word: name });
    }
  }

  /** With the key, and without a sibling that it does not go with. */
  function inserted(root: unknown, path: Path, key: string, s: Schema): unknown {
    const filled = put(root, [...path, key], made(s));
    const others = Object.keys(at(root, path) as object).map((other) => put(filled, [...path, other], undefined));
    const found = [filled, ...others].find((candidate) => accepts(candidate));
    if (found === undefined)
      throw new Error(`${kind}: no valid file with ${[...path, key].join(".")}; add a text to valid-samples.ts`);
    return found;
  }

  /** Some value that the schema lets pass. */
  function made(given: Schema): unknown {
    const s = resolve(given);
    if ("const" in s) return s["const"];
    if (s.enum) return s.enum[0];
    const [branch] = branchesOf(s);
    if (branch) return made(branch);
    const type = [s.type ?? (s.properties ? "object" : "string")].flat()[0];
    if (type === "string") return texts.find((text) => new RegExp(s.pattern ?? "", "u").test(text));
    if (type === "boolean") return true;
    if (type === "array") return Array.from({ length: Math.max(1, s.minItems ?? 0) }, () => made(s.items ?? {}));
    if (type !== "object") return Math.max(s.minimum ?? 1, (s.exclusiveMinimum ?? 0) + 1);
    const [choice] = (s.oneOf ?? []).filter(isChoice);
    const keys = [...(s.required ?? []), ...(choice?.required ?? [])];
    if (s.minProperties !== undefined && keys.length === 0)
      keys.push(...Object.keys(s.properties ?? {}).slice(0, s.minProperties));
    const members = keys.map((key) => [key, made(s.properties?.[key] ?? {})] as const);
    if (members.length > 0 || typeof s.additionalProperties !== "object") return Object.fromEntries(members);
    const least = Array.from({ length: s.minProperties ?? 1 }, (_, i) => `word${"x".repeat(i)}`);
    const each = s.additionalProperties;
    return Object.fromEntries(least.map((key) => [key, made(each)]));
  }

  visit(schema, samples[kind], []);
  return { files: [...files.values()], spoiled, keys: keysOf(schema) };
}

/** A branch that says no more than which key has to be there. */
const isChoice = (s: Schema): boolean => Object.keys(s).join() === "required";

/** Every schema of a key that the file holds, by its path; definitions that nothing refers to are none. */
function keysOf(root: Schema): Map<object, string> {
  const keys = new Map<object, string>();
  const walk = (s: Schema, path: string): void => {
    if (s.$ref !== undefined) {
      walk(at(root, s.$ref.slice(2).split("/")) as Schema, s.$ref);
      return;
    }
    for (const [key, member] of Object.entries({ ...s.properties, ...s.patternProperties })) {
      if (keys.has(member)) continue;
      keys.set(member, `${path}/${key}`);
      walk(member, `${path}/${key}`);
    }
    const inner = [...(s.anyOf ?? []), ...(s.oneOf ?? []), s.items, s.additionalProperties];
    for (const one of inner) if (typeof one === "object") walk(one, path);
  };
  walk(root, "");
  return keys;
}
