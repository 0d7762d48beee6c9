/** --specs DIR → the specs, or all that is wrong with them. */

import { unworkable } from "../lint/unusable-specs.ts";
import { loadSpecs, type Specs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { Problems } from "./errors.ts";

export function specsFrom(dir: string | undefined): Specs {
  const specs = loadSpecs(dir ?? builtInSpecs());
  const problems = [...specs.problems, ...unworkable(specs)];
  if (problems.length > 0) throw new Problems(problems);
  return specs;
}
