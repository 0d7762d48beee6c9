/** The `conflicts` of a parameter and its places → problems: a conflict over no constraint of the schema, or without the disputed values. */
import type { Parameter, Schema, SpecConflict } from "../model/index.ts";
import { suggestNames } from "../spec/problem.ts";
import { itemSchema } from "../spec/rules.ts";
import type { ReportProblem, YamlPath } from "../spec/yaml/yaml-file.ts";

/** By constraint: the key under which a conflict over it gives the disputed values. */
const rangeKeys = {
  pattern: "chars",
  minLength: "length",
  maxLength: "length",
  "x-minBytes": "bytes",
  "x-maxBytes": "bytes",
  minItems: "items",
  maxItems: "items",
} as const satisfies Readonly<Record<string, keyof SpecConflict>>;

export function lintConflicts(p: Parameter, path: YamlPath, report: ReportProblem): void {
  const items = disputableConstraints(itemSchema(p) ?? {}).map((key) => `items.${key}`);
  lintConflictList(p.conflicts, [...disputableConstraints(p.schema), ...items], path, report);
  for (const place of p.places)
    lintConflictList(place.conflicts, disputableConstraints(place.schema), [...path, "places", place.path], report);
}

function lintConflictList(
  conflicts: readonly SpecConflict[],
  constraints: readonly string[],
  parentPath: YamlPath,
  report: ReportProblem,
): void {
  for (const [i, c] of conflicts.entries()) {
    const path: YamlPath = [...parentPath, "conflicts", i];
    if (!constraints.includes(c.constraint)) {
      report(
        [...path, "constraint"],
        `the schema has no disputable constraint "${c.constraint}"${suggestNames(c.constraint, constraints)}`,
      );
      continue;
    }
    const rangeKey = rangeKeys[c.constraint.replace(/^items\./, "") as keyof typeof rangeKeys];
    if (c[rangeKey] === undefined)
      report(path, `the disputed values of ${c.constraint} are missing; add \`${rangeKey}\``);
    for (const key of ["length", "bytes", "items"] as const) {
      const [from, to] = c[key] ?? [0, 0];
      if (from > to) report([...path, key], `${from} is greater than ${to}; write the smaller number first`);
    }
    const problem = c.chars === undefined ? undefined : regExpProblem(c.chars);
    if (problem) report([...path, "chars"], problem);
  }
}

/** The characters of a text are disputable even without a pattern: another document may name those that are allowed. */
const disputableConstraints = (schema: Schema): string[] =>
  Object.keys(rangeKeys).filter((key) => key in schema || (key === "pattern" && schema.type === "string"));

function regExpProblem(source: string): string | undefined {
  try {
    new RegExp(source, "u");
    return undefined;
  } catch (error) {
    return `is not a valid regular expression: ${(error as Error).message}`;
  }
}
