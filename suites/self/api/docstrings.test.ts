/** Every export of the public API and of the model, and every member of its types, has a docstring. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { exportedTypes, undocumented } from "./docstrings.ts";

const textOf = (path: string): string => readFileSync(join(packageRoot(), path), "utf8");

/** The files whose declarations an entry point exports, each with the exported names; undefined for all of them. */
function exportedFiles(entry: string): Map<string, Set<string> | undefined> {
  const files = new Map<string, Set<string> | undefined>([[entry, undefined]]);
  for (const statement of parseSync(entry, textOf(entry)).program.body) {
    if (statement.type !== "ExportNamedDeclaration" && statement.type !== "ExportAllDeclaration") continue;
    if (!statement.source) continue;
    const file = posix.join(posix.dirname(entry), statement.source.value);
    const names = statement.type === "ExportAllDeclaration" ? undefined : new Set(statement.specifiers.map(nameOf));
    files.set(file, names);
  }
  return files;
}

const nameOf = ({ local }: { local: { name?: string; value?: string } }): string => local.name ?? local.value ?? "";

const entries = ["runner/api/index.ts", "suites/vitest.ts"];

test("each type that an exported declaration names is exported as well", () => {
  const exported = new Set<string>();
  const named = new Map<string, string>();
  for (const [path, names] of entries.flatMap((entry) => [...exportedFiles(entry)])) {
    const { declared, imported } = exportedTypes(textOf(path), names);
    for (const name of declared) exported.add(name);
    for (const name of imported) named.set(name, path);
  }
  expect(exported.size).toBeGreaterThan(50);
  expect([...named].filter(([name]) => !exported.has(name))).toEqual([]);
});

test.each(entries)("%s", (entry) => {
  const files = exportedFiles(entry);
  expect(files.size).toBeGreaterThan(1);
  expect([...files].flatMap(([path, names]) => undocumented(textOf(path), names).map((n) => `${path}: ${n}`))).toEqual(
    [],
  );
});

const model = readdirSync(join(packageRoot(), "runner", "model")).map((name) => `runner/model/${name}`);

test.each(model)("%s", (path) => {
  expect(undocumented(textOf(path))).toEqual([]);
});

test("declarations, members and union parts without a docstring are found", () => {
  const text = `/** First line. */
import type { A } from "./a.ts";
export interface Undocumented {
  /** Documented. */
  readonly one: string;
  readonly two: A;
  /** Of one line. */
  readonly three: { readonly a: string };
  /** Of several lines. */
  readonly four: {
    readonly a: string;
  };
  method(): void;
}
/** Union. */
export type Union =
  /** Documented. */
  | { readonly a: string }
  | { readonly b: string }
  | "text";
// Not a docstring.
export const value = (options: { readonly x: number }): number => options.x;
/** Documented. */
export function compute(): { readonly y: number } {
  return { y: 1 };
}
export class Failure extends Error {}
interface Private {
  readonly z: string;
}
`;
  const missing = ["Undocumented", "Undocumented.two", "Undocumented.four.a", "Undocumented.method", "Union, part 2"];
  expect(undocumented(text)).toEqual([...missing, "value", "Failure"]);
  expect(undocumented(text, new Set(["value"]))).toEqual(["value"]);
  expect(exportedTypes(text)).toMatchObject({ imported: ["A"] });
});
