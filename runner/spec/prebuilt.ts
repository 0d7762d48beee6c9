/**
 * What the build made of the built-in specs: the values of their files, and compiled validators. It is used only while the
 * folder holds exactly the files that were built; a file that was changed, added or deleted makes it void as a whole.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Service } from "../model/index.ts";
import { builtInSpecs } from "./package-root.ts";

export interface PrebuiltSpecs {
  /** SHA-256 of the folder, as `digestOfFolder` gives it. */
  readonly digest: string;
  /** By path relative to the folder: the value of each YAML file. None of them has a problem. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Written by runner/build next to the bundle; missing where assay runs from its sources. */
export const PREBUILT_SPECS_FILE = "prebuilt-specs.json";
export const prebuiltValidatorsFile = (group: ValidatorGroup): string => `prebuilt-${group}-validators.cjs`;

/**
 * A digest of the paths and contents of all files of the built-in specs, without their page and example. A link counts as a
 * file of its name, without content.
 */
export function digestOfFolder(dir: string): string {
  const digest = createHash("sha256");
  const isSpec = (path: string) => !path.endsWith(".md") && !path.startsWith(join(dir, "example", "/"));
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const files = entries
    .map((entry) => ({ path: join(entry.parentPath, entry.name), isFile: entry.isFile() }))
    .filter(({ path }) => isSpec(path));
  for (const { path, isFile } of files.sort((a, b) => (a.path < b.path ? -1 : 1)))
    digest
      .update(`${path.slice(dir.length).replaceAll("\\", "/")}\0`)
      .update(isFile ? readFileSync(path) : "")
      .update("\0");
  return digest.digest("hex");
}

let values: ReadonlyMap<string, unknown> | undefined;

/** By absolute path: the values of the files of the built-in specs; empty where they are not the specs that were built. */
export function prebuiltValues(): ReadonlyMap<string, unknown> {
  values ??= readPrebuilt();
  return values;
}

function readPrebuilt(): ReadonlyMap<string, unknown> {
  const path = fileURLToPath(new URL(PREBUILT_SPECS_FILE, import.meta.url));
  if (!existsSync(path)) return new Map();
  const dir = builtInSpecs();
  const prebuilt = JSON.parse(readFileSync(path, "utf8")) as PrebuiltSpecs;
  return valuesOf(prebuilt, dir);
}

/** Empty where a file of the folder was changed, added, renamed or deleted since the build. */
export function valuesOf({ digest, values: byFile }: PrebuiltSpecs, dir: string): ReadonlyMap<string, unknown> {
  if (digest !== digestOfFolder(dir)) return new Map();
  return new Map(Object.entries(byFile).map(([file, value]) => [join(dir, file), value]));
}

/** True where the folder of the built-in specs, with its JSON Schemas, is the one that was built. */
export const isFolderPrebuilt = (): boolean => prebuiltValues().size > 0;

/** `spec`: by file kind, for the schemas of specs/schema. `log`: by type of line. */
type ValidatorGroup = "spec" | "log";

/** Validators that the build compiled; undefined where assay runs from its sources. */
export function prebuiltValidators(group: ValidatorGroup): Readonly<Record<string, ValidateFunction>> | undefined {
  const path = fileURLToPath(new URL(prebuiltValidatorsFile(group), import.meta.url));
  return existsSync(path) ? createRequire(import.meta.url)(path) : undefined;
}

/** The services whose files the build has linted and that are unchanged since: all their cases are known to keep their rules. */
export const lintedServices = new WeakSet<Service>();
