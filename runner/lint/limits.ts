/** A schema that compiles → limits that no value can keep, or that no case can reach, and patterns that may never end. */
import type { Schema } from "../model/index.ts";
import type { Path } from "../spec/yaml/yaml-file.ts";
import { findReDoS } from "./redos.ts";

const pairs = [
  ["minLength", "maxLength"],
  ["x-minBytes", "x-maxBytes"],
  ["minItems", "maxItems"],
  ["minimum", "maximum"],
  ["minProperties", "maxProperties"],
] as const;

/** A value has to be made of that size, and one more. */
const sized = ["minLength", "maxLength", "x-minBytes", "x-maxBytes", "minItems", "maxItems"] as const;
const MAX_SENDABLE_SIZE = 4_194_304;

export type ReportProblem = (path: Path, message: string, key?: boolean) => void;

export function lintLimits(schema: Schema, at: Path, name: string, say: ReportProblem): void {
  const given = schema as Readonly<Record<string, unknown>>;
  const numberAt = (key: string) => (typeof given[key] === "number" ? (given[key] as number) : undefined);
  for (const [least, most] of pairs) {
    const [low, high] = [numberAt(least), numberAt(most)];
    if (low !== undefined && high !== undefined && low > high)
      say([...at, least], `${name}: ${least} is ${low} and ${most} is ${high}, so no value keeps both`);
  }
  for (const key of sized) {
    if ((numberAt(key) ?? 0) > MAX_SENDABLE_SIZE)
      say(
        [...at, key],
        `${name}: ${key} is beyond ${MAX_SENDABLE_SIZE}, which no case can send; say it under remarks instead`,
      );
  }
  for (const key of ["x-minBytes", "x-maxBytes", "x-window"]) {
    const value = given[key];
    if (value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
      say([...at, key], `${name}: ${key}: expected a whole number from 0`);
  }
  if (/\{\d{5,}|,\d{5,}\}/.test(String(given["pattern"] ?? "")))
    say([...at, "pattern"], `${name}: its pattern repeats something 10000 times or more; write maxLength instead`);
  const fault = typeof given["pattern"] === "string" ? findReDoS(given["pattern"]) : undefined;
  if (fault !== undefined) say([...at, "pattern"], `${name}: its pattern ${fault}`);
  const { items } = given;
  if (typeof items === "object" && items !== null) lintLimits(items as Schema, [...at, "items"], `${name}[]`, say);
}
