/** Options that several commands take, and how their values are read. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Depth } from "../cases/plan.ts";

export interface SelectionOptions {
  specs?: string;
  select?: string[];
  depth: Depth;
  readOnly?: boolean;
}

export function integerOption(least: number, what: string, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least}` : `${least} to ${most}`;
  return (text) => {
    const n = Number(text);
    if (!Number.isInteger(n) || n < least || n > most)
      throw new InvalidArgumentError(`expected ${what}, a whole number from ${range}.`);
    return n;
  };
}

export function addSelectionOptions(command: Command): Command {
  return command
    .option("--specs <dir>", "specs instead of the built-in ones")
    .option("--select <glob...>", "globs on case ids, or on their beginnings: * within a segment, ** across")
    .addOption(
      new Option("--depth <depth>", "how much is sent")
        .choices(["quick", "standard", "exhaustive"])
        .default("standard"),
    )
    .option("--read-only", "only cases for which nothing is made or changed");
}

export const formatOption = (): Option =>
  new Option("--format <format>", "text or json").choices(["text", "json"]).default("text");

export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
