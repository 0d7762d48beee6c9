/** A schema that compiles → problems: limits that no value satisfies or no case can send, and patterns that take too long. */
import type { Schema } from "../model/index.ts";
import type { ReportProblem, YamlPath } from "../spec/yaml/yaml-file.ts";
import { findReDoS } from "./redos.ts";

const minMaxPairs = [
  ["minLength", "maxLength"],
  ["x-minBytes", "x-maxBytes"],
  ["minItems", "maxItems"],
  ["minimum", "maximum"],
  ["minProperties", "maxProperties"],
] as const;

/** Keywords for which cases send a value on the limit and one beyond it. */
const sizeKeywords = ["minLength", "maxLength", "x-minBytes", "x-maxBytes", "minItems", "maxItems"] as const;

/** 4 Mi characters, bytes or items: such a value is built in memory and sent in one request. */
const MAX_SENDABLE_SIZE = 4_194_304;

/** Reports each problem at its keyword; `path` is the path of the schema. */
export function lintLimits(schema: Schema, path: YamlPath, report: ReportProblem): void {
  const keywords = schema as Readonly<Record<string, unknown>>;
  const numberAt = (key: string) => (typeof keywords[key] === "number" ? (keywords[key] as number) : undefined);
  for (const [minKey, maxKey] of minMaxPairs) {
    const [min, max] = [numberAt(minKey), numberAt(maxKey)];
    if (min !== undefined && max !== undefined && min > max)
      report([...path, minKey], `is ${min}, but ${maxKey} is ${max}, so no value satisfies both; correct one of them`);
  }
  for (const key of sizeKeywords) {
    if ((numberAt(key) ?? 0) > MAX_SENDABLE_SIZE)
      report(
        [...path, key],
        `is greater than ${MAX_SENDABLE_SIZE}, so no case can test it; remove it and describe the limit under \`remarks\``,
      );
  }
  for (const key of ["x-minBytes", "x-maxBytes", "x-window"]) {
    const value = keywords[key];
    if (value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
      report([...path, key], "expected a whole number of at least 0");
  }
  const { pattern, items } = keywords;
  // Five digits or more in a quantifier.
  if (/\{\d{5,}|,\d{5,}\}/.test(String(pattern ?? "")))
    report([...path, "pattern"], "repeats something 10000 times or more; use `maxLength` instead");
  const problem = typeof pattern === "string" ? findReDoS(pattern) : undefined;
  if (problem !== undefined) report([...path, "pattern"], problem);
  if (typeof items === "object" && items !== null) lintLimits(items as Schema, [...path, "items"], report);
  for (const key of ["additionalProperties", "propertyNames"])
    if (isSchema(keywords[key])) lintLimits(keywords[key], [...path, key], report);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    if (isSchema(property)) lintLimits(property, [...path, "properties", name], report);
}

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;
