/** --specs DIR → the specs, or all that is wrong with them. */
import { builtInSpecs } from "../spec/folder.ts";
import { loadSpecs, type Specs } from "../spec/load.ts";
import { Problems } from "./usage.ts";

export function specsFrom(dir: string | undefined): Specs {
  const specs = loadSpecs(dir ?? builtInSpecs());
  if (specs.problems.length > 0) throw new Problems(specs.problems);
  return specs;
}
