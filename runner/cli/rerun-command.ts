/** The options of a run → the command that repeats one case of that run. */
import { basename, join } from "node:path";
import { shellWord } from "../http/shell-quote.ts";

/** The options that determine the requests and their target. */
export interface RerunOptions {
  readonly target?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly specs?: string | undefined;
  readonly depth: string;
  readonly seed: number;
  readonly out?: string | undefined;
  /** Warnings fail the run. */
  readonly strict?: boolean;
  /** How many times each case is run. */
  readonly repeat?: number;
}

/** npm names the package whose script it runs. In the repository assay is started by a script, elsewhere by its executable. */
const isStartedInRepository = (): boolean =>
  import.meta.url.endsWith(".ts") || process.env["npm_package_name"] === "assay";

export const cliCommand = (name: string): string =>
  `${isStartedInRepository() ? "npm run assay --" : "npx assay"} ${name}`;

/** The command prints requests and responses, and writes to a folder of its own so that the reports of the run stay. */
export function rerunCommand(options: RerunOptions): string {
  const words = [cliCommand("run")];
  for (const [flag, value] of [
    ["--target", options.target],
    ["--endpoint", options.endpoint],
    ["--specs", options.specs],
  ] as const) {
    if (value !== undefined) words.push(flag, shellWord(value));
  }
  if (options.depth === "exhaustive") words.push("--depth exhaustive");
  if (options.strict) words.push("--strict");
  if (options.out !== undefined) words.push("--out", shellWord(rerunFolder(options.out)));
  if ((options.repeat ?? 1) > 1) words.push(`--repeat ${options.repeat}`);
  words.push(`--seed ${options.seed}`, "--select", "{id}", "--verbose");
  return words.join(" ");
}

/** A rerun of a rerun uses the same folder, so that its command stays the same. */
const rerunFolder = (out: string): string => (basename(out) === "rerun" ? out : join(out, "rerun"));
