/** The options of a run → the command that repeats one case of it. */
import type { RunOptions } from "./run.ts";

export function rerunCommand(options: RunOptions): string {
  const words = ["npx assay run"];
  for (const [flag, value] of [
    ["--target", options.target],
    ["--endpoint", options.endpoint],
    ["--specs", options.specs],
  ] as const) {
    if (value !== undefined)
      words.push(flag, /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`);
  }
  if (options.depth === "exhaustive") words.push("--depth exhaustive");
  words.push(`--seed ${options.seed}`, "--select", "{id}");
  return words.join(" ");
}
