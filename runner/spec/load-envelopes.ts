/** A folder of specs → its envelopes, and the built-in ones that it lacks; each with its faults. */
import { basename } from "node:path";
import type { Envelope } from "../model/index.ts";
import { listDirectory } from "./list-directory.ts";
import { builtInSpecs } from "./package-root.ts";
import { toEnvelope } from "./parse/envelope.ts";
import type { RawEnvelope } from "./parse/raw-types.ts";
import type { Problem } from "./problem.ts";
import { validateAgainstSchema } from "./schema/validate-file.ts";
import { readYaml, type YamlFile } from "./yaml/yaml-file.ts";

export interface Envelopes {
  get(name: string): Envelope | undefined;
  /** True where a file of this name is there and has been blamed already. */
  hasErrors(name: string): boolean;
  names(): string[];
}

/** What is checked of an envelope file beyond its schema. */
export interface EnvelopeLinter {
  envelope(envelope: Envelope, raw: RawEnvelope, yaml: YamlFile): Problem[];
}

/** Those of the folder are read at once, a built-in one when a service asks for it. */
export function loadEnvelopes(dir: string, problems: Problem[], lint: EnvelopeLinter): Envelopes {
  const own = filesIn(dir, problems);
  const builtIn = filesIn(builtInSpecs(), []);
  const read = new Map<string, Envelope | undefined>();
  for (const [name, file] of own) read.set(name, readEnvelope(file, problems, lint));
  return {
    get: (name) => {
      const file = builtIn.get(name);
      if (!read.has(name) && file !== undefined) read.set(name, readEnvelope(file, problems, lint));
      return read.get(name);
    },
    hasErrors: (name) => read.has(name) && read.get(name) === undefined,
    names: () => [...new Set([...own.keys(), ...builtIn.keys()])],
  };
}

/** A folder need not have any. */
function filesIn(dir: string, problems: Problem[]): Map<string, string> {
  const { folders } = listDirectory(dir, [], "");
  const folder = folders.find((f) => basename(f) === "envelopes");
  const files = folder === undefined ? [] : listDirectory(folder, problems, "give yourself the right to read it").files;
  return new Map(files.map((f) => [basename(f, ".yaml"), f]));
}

function readEnvelope(file: string, problems: Problem[], lint: EnvelopeLinter): Envelope | undefined {
  const yaml = readYaml(file);
  const faults = validateAgainstSchema("envelope", yaml);
  problems.push(...faults);
  if (faults.length > 0) return undefined;
  const raw = yaml.value as RawEnvelope;
  if (`${raw.envelope}.yaml` !== basename(file))
    problems.push(yaml.problem(["envelope"], `envelope is "${raw.envelope}", but the file is ${basename(file)}`));
  const envelope = toEnvelope(raw);
  problems.push(...lint.envelope(envelope, raw, yaml));
  return envelope;
}
