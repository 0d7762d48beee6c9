/** A schema that compiles → limits that no value can keep, or that no case can reach, and patterns that may never end. */
import type { Schema } from "../model/index.ts";
import type { Path } from "../spec/yaml/yaml-file.ts";
import { findReDoS } from "./redos.ts";

const minMaxPairs = [
  ["minLength", "maxLength"],
  ["x-minBytes", "x-maxBytes"],
  ["minItems", "maxItems"],
  ["minimum", "maximum"],
  ["minProperties", "maxProperties"],
] as const;

/** A value has to be made of that size, and one more. */
const sizeKeywords = ["minLength", "maxLength", "x-minBytes", "x-maxBytes", "minItems", "maxItems"] as const;
const MAX_SENDABLE_SIZE = 4_194_304;

export type ReportProblem = (path: Path, message: string, key?: boolean) => void;

export function lintLimits(schema: Schema, at: Path, name: string, report: ReportProblem): void {
  const keywords = schema as Readonly<Record<string, unknown>>;
  const numberAt = (key: string) => (typeof keywords[key] === "number" ? (keywords[key] as number) : undefined);
  for (const [least, most] of minMaxPairs) {
    const [low, high] = [numberAt(least), numberAt(most)];
    if (low !== undefined && high !== undefined && low > high)
      report([...at, least], `${name}: ${least} is ${low} and ${most} is ${high}, so no value keeps both`);
  }
  for (const key of sizeKeywords) {
    if ((numberAt(key) ?? 0) > MAX_SENDABLE_SIZE)
      report(
        [...at, key],
        `${name}: ${key} is beyond ${MAX_SENDABLE_SIZE}, which no case can send; say it under remarks instead`,
      );
  }
  for (const key of ["x-minBytes", "x-maxBytes", "x-window"]) {
    const value = keywords[key];
    if (value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
      report([...at, key], `${name}: ${key}: expected a whole number from 0`);
  }
  if (/\{\d{5,}|,\d{5,}\}/.test(String(keywords["pattern"] ?? "")))
    report([...at, "pattern"], `${name}: its pattern repeats something 10000 times or more; write maxLength instead`);
  const problem = typeof keywords["pattern"] === "string" ? findReDoS(keywords["pattern"]) : undefined;
  if (problem !== undefined) report([...at, "pattern"], `${name}: its pattern ${problem}`);
  const { items } = keywords;
  if (typeof items === "object" && items !== null) lintLimits(items as Schema, [...at, "items"], `${name}[]`, report);
}
