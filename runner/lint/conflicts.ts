/** What a parameter says of its documents' disagreements → those that speak of no constraint, or of no value. */
import type { Parameter, SpecConflict } from "../model/index.ts";
import { didYouMean } from "../spec/problem.ts";
import { itemSchema } from "../spec/rules.ts";
import type { Path } from "../spec/yaml/yaml-file.ts";
import type { ReportProblem } from "./limits.ts";

/** How a conflict names the values in dispute, by what it is about. */
const rangeKeys = {
  pattern: "chars",
  minLength: "length",
  maxLength: "length",
  "x-minBytes": "bytes",
  "x-maxBytes": "bytes",
  minItems: "items",
  maxItems: "items",
} as const satisfies Readonly<Record<string, keyof SpecConflict>>;

export function lintConflicts(p: Parameter, at: Path, report: ReportProblem): void {
  const disputable = Object.keys(rangeKeys);
  const constraints = [
    ...disputable.filter((key) => key in p.schema),
    ...disputable.filter((key) => key in (itemSchema(p) ?? {})).map((key) => `items.${key}`),
  ];
  for (const [i, c] of p.conflicts.entries()) {
    const conflictPath: Path = [...at, "conflicts", i];
    if (!constraints.includes(c.constraint)) {
      const hint = didYouMean(c.constraint, constraints) || `; it has ${constraints.join(", ") || "none"}`;
      report(
        [...conflictPath, "constraint"],
        `constraint: ${p.name} has no constraint "${c.constraint}" that could be in conflict${hint}`,
      );
      continue;
    }
    const rangeKey = rangeKeys[c.constraint.replace(/^items\./, "") as keyof typeof rangeKeys];
    if (c[rangeKey] === undefined)
      report(conflictPath, `the values in dispute over ${c.constraint} are missing; write \`${rangeKey}\``);
    for (const key of ["length", "bytes", "items"] as const) {
      const [from, to] = c[key] ?? [0, 0];
      if (from > to) report([...conflictPath, key], `${key}: goes from ${from} to ${to}; write the smaller one first`);
    }
    const problem = c.chars === undefined ? undefined : regExpProblem(c.chars);
    if (problem) report([...conflictPath, "chars"], `chars: ${problem}`);
  }
}

function regExpProblem(source: string): string | undefined {
  try {
    new RegExp(source, "u");
    return undefined;
  } catch (error) {
    return `is no regular expression: ${(error as Error).message}`;
  }
}
