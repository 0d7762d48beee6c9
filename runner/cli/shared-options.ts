/** Options that several commands share, and the parsers of their values. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Depth } from "../cases/plan.ts";

export interface SelectionOptions {
  specs?: string;
  select?: string[];
  depth: Depth;
  readOnly?: boolean;
}

/** Parser of an integer option; `noun` names the value in the error message. */
export function integerOption(min: number, noun: string, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return (text) => {
    const n = Number(text);
    if (!Number.isInteger(n) || n < min || n > max)
      throw new InvalidArgumentError(`expected ${noun}, an integer ${range}.`);
    return n;
  };
}

export function addSelectionOptions(command: Command): Command {
  return command
    .option("--specs <dir>", "folder of spec files to use instead of the built-in specs")
    .option(
      "--select <glob...>",
      "select cases by globs that match a case id or the beginning of one; * stays within a segment, ** crosses segments",
    )
    .addOption(
      new Option("--depth <depth>", "how many cases are planned")
        .choices(["quick", "standard", "exhaustive"])
        .default("standard"),
    )
    .option("--read-only", "select only cases that create and change no resource");
}

export const formatOption = (): Option =>
  new Option("--format <format>", "output format").choices(["text", "json"]).default("text");

export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
