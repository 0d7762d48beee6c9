/** The path of a spec file → its value, which keeps the JSON Schema of its kind. */
import { resolve } from "node:path";
import { prebuiltValues } from "./prebuilt.ts";
import type { Problem } from "./problem.ts";
import type { FileKind } from "./schema/read-schema.ts";
import { validateAgainstSchema } from "./schema/validate-file.ts";
import { readYaml, type YamlFile } from "./yaml/yaml-file.ts";

export interface SpecFile {
  readonly yaml: YamlFile;
  /** True where the build has linted the file, so that its linter need not be called again. */
  readonly linted: boolean;
}

/** Undefined where the file has problems, which are added to `problems`. */
export function readSpecFile(kind: FileKind, file: string, problems: Problem[]): SpecFile | undefined {
  const value = prebuiltValues().get(resolve(file));
  // The text is parsed only where a problem needs its line.
  if (value !== undefined) {
    const parsed = () => readYaml(file);
    const problem: YamlFile["problem"] = (...at) => parsed().problem(...at);
    return { yaml: { file, value, problems: [], problem }, linted: true };
  }
  const yaml = readYaml(file);
  const found = validateAgainstSchema(kind, yaml);
  problems.push(...found);
  return found.length > 0 ? undefined : { yaml, linted: false };
}
