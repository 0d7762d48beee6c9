/** The options of a run → the command that repeats one case of it. */

/** The options that decide what is sent where. */
export interface Repeatable {
  readonly target?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly specs?: string | undefined;
  readonly depth: string;
  readonly seed: number;
}

/** From the sources it is the repository's own script, installed it is the package's command. */
export const command = (name: string): string =>
  `${import.meta.url.endsWith(".ts") ? "npm run assay --" : "npx assay"} ${name}`;

/** A word of a shell. */
export const quoted = (text: string): string =>
  /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

export function rerunCommand(options: Repeatable): string {
  const words = [command("run")];
  for (const [flag, value] of [
    ["--target", options.target],
    ["--endpoint", options.endpoint],
    ["--specs", options.specs],
  ] as const) {
    if (value !== undefined) words.push(flag, quoted(value));
  }
  if (options.depth === "exhaustive") words.push("--depth exhaustive");
  words.push(`--seed ${options.seed}`, "--select", "{id}");
  return words.join(" ");
}
