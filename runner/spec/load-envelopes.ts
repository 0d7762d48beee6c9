/** A folder of specs → its envelopes, and built-in ones for the names that it does not define; with the problems of each file. */
import { basename } from "node:path";
import type { Envelope } from "../model/index.ts";
import { listDirectory, MAKE_READABLE } from "./list-directory.ts";
import { builtInSpecs } from "./package-root.ts";
import { toEnvelope } from "./parse/envelope.ts";
import type { RawEnvelope } from "./parse/raw-types.ts";
import type { Problem } from "./problem.ts";
import { readSpecFile } from "./read-spec-file.ts";
import type { YamlFile } from "./yaml/yaml-file.ts";

export interface Envelopes {
  get(name: string): Envelope | undefined;
  /** True where a file of this name exists and its problems have been reported. */
  hasErrors(name: string): boolean;
  names(): string[];
}

/** Checks of an envelope file that its JSON Schema cannot express. */
export interface EnvelopeLinter {
  envelope(envelope: Envelope, raw: RawEnvelope, yaml: YamlFile): Problem[];
}

/** The folder's own envelopes are read at once; a built-in one is read when a service names it. */
export function loadEnvelopes(dir: string, problems: Problem[], linter: EnvelopeLinter): Envelopes {
  const ownFiles = filesIn(dir, problems);
  const builtInFiles = filesIn(builtInSpecs(), []);
  const loaded = new Map<string, Envelope | undefined>();
  for (const [name, file] of ownFiles) loaded.set(name, readEnvelope(file, problems, linter));
  return {
    get: (name) => {
      const file = builtInFiles.get(name);
      if (!loaded.has(name) && file !== undefined) loaded.set(name, readEnvelope(file, problems, linter));
      return loaded.get(name);
    },
    hasErrors: (name) => loaded.has(name) && loaded.get(name) === undefined,
    names: () => [...new Set([...ownFiles.keys(), ...builtInFiles.keys()])],
  };
}

/** By name; empty where the folder has no `envelopes`. */
function filesIn(dir: string, problems: Problem[]): Map<string, string> {
  const { folders } = listDirectory(dir, [], "");
  const folder = folders.find((f) => basename(f) === "envelopes");
  const files = folder === undefined ? [] : listDirectory(folder, problems, MAKE_READABLE).files;
  return new Map(files.map((f) => [basename(f, ".yaml"), f]));
}

function readEnvelope(file: string, problems: Problem[], linter: EnvelopeLinter): Envelope | undefined {
  const read = readSpecFile("envelope", file, problems);
  if (!read) return undefined;
  const { yaml, linted } = read;
  const raw = yaml.value as RawEnvelope;
  if (`${raw.envelope}.yaml` !== basename(file))
    problems.push(
      yaml.problem(
        ["envelope"],
        `envelope: is "${raw.envelope}", but the file is ${basename(file)}; both must have the same name`,
      ),
    );
  const envelope = toEnvelope(raw);
  if (!linted) problems.push(...linter.envelope(envelope, raw, yaml));
  return envelope;
}
