/** --specs DIR → the specs. Throws all problems of the spec files at once. */
import { loadLintedSpecs } from "../lint/index.ts";
import { lintUsability } from "../lint/unusable-specs.ts";
import type { Specs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { ProblemsError } from "./errors.ts";

export function loadValidSpecs(dir: string | undefined): Specs {
  const specs = dir === undefined ? loadBuiltIn() : loadLintedSpecs(dir);
  const problems = [...specs.problems, ...(specs.linted ? [] : lintUsability(specs))];
  if (problems.length > 0) throw new ProblemsError(problems);
  return specs;
}

let builtIn: Specs | undefined;

/** Loads the built-in specs only once, because tests run many commands in one process. */
function loadBuiltIn(): Specs {
  builtIn ??= loadLintedSpecs(builtInSpecs());
  return builtIn;
}
