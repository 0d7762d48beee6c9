/** The options of a run → the command that repeats one case of it. */
import { basename, join } from "node:path";
import { shellQuoted } from "../../reports/text/sentences.ts";

/** The options that decide what is sent where. */
export interface RerunOptions {
  readonly target?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly specs?: string | undefined;
  readonly depth: string;
  readonly seed: number;
  readonly out?: string | undefined;
  /** Warnings fail the run. */
  readonly strict?: boolean;
}

/** From the sources it is the repository's own script, installed it is the package's command. */
export const cliCommand = (name: string): string =>
  `${import.meta.url.endsWith(".ts") ? "npm run assay --" : "npx assay"} ${name}`;

/** It shows what is sent and answered, and leaves the reports of the run as they are. */
export function rerunCommand(options: RerunOptions): string {
  const words = [cliCommand("run")];
  for (const [flag, value] of [
    ["--target", options.target],
    ["--endpoint", options.endpoint],
    ["--specs", options.specs],
  ] as const) {
    if (value !== undefined) words.push(flag, shellQuoted(value));
  }
  if (options.depth === "exhaustive") words.push("--depth exhaustive");
  if (options.strict) words.push("--strict");
  if (options.out !== undefined) words.push("--out", shellQuoted(rerunFolder(options.out)));
  words.push(`--seed ${options.seed}`, "--select", "{id}", "--verbose");
  return words.join(" ");
}

/** Once more is the same command. */
const rerunFolder = (out: string): string => (basename(out) === "rerun" ? out : join(out, "rerun"));
