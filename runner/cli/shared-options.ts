/** Options that several commands share, and the parsers of their values. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { exclusion } from "../cases/glob.ts";
import type { Depth } from "../cases/plan.ts";
import type { Shard } from "../model/index.ts";

export interface SelectionOptions {
  specs?: string;
  /** Globs, with `!` before those that exclude. */
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
    .option(
      "--exclude <glob...>",
      "leave out the cases that these globs match, of those that --select selects or of all",
    )
    .hook("preAction", (_, called) => {
      const { select = [], exclude = [] } = called.opts<{ select?: string[]; exclude?: string[] }>();
      if (exclude.length > 0) called.setOptionValue("select", [...select, ...exclude.map(exclusion)]);
    })
    .addOption(
      new Option("--depth <depth>", "how many cases are planned")
        .choices(["quick", "standard", "exhaustive"])
        .default("standard"),
    )
    .option("--read-only", "select only cases that create and change no resource");
}

/** Bounds the division of a plan; no specs have as many actions, and more shards only stay empty. */
const MAX_SHARDS = 1000;

export const shardOption = (): Option =>
  new Option(
    "--shard <i/n>",
    "take only part i of n: whole actions, divided evenly by planned calls; each part keeps an n-th of the rate limits, and `merge` makes one run of all parts",
  ).argParser(parseShard);

function parseShard(text: string): Shard {
  const [, index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > count || count > MAX_SHARDS)
    throw new InvalidArgumentError(
      `expected a shard and the number of shards, such as 2/5: from 1/n to n/n, n at most ${MAX_SHARDS}.`,
    );
  return { index, count };
}

/** `2/5`. */
export const formatShard = ({ index, count }: Shard): string => `${index}/${count}`;

export const formatOption = (): Option =>
  new Option("--format <format>", "output format").choices(["text", "json"]).default("text");

export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
