/** A folder of specs → the specs, without problems. */
import { loadValidSpecs } from "../cli/load-specs.ts";
import type { Specs } from "../spec/specs.ts";

/**
 * Reads and lints `dir/PROVIDER/SERVICE/*.yaml`. Without `dir`: the built-in specs, which are read once in a process.
 *
 * @param dir path of a folder of specs.
 * @throws ProblemsError with all problems of all files.
 */
export const readSpecs = (dir?: string): Specs => loadValidSpecs(dir);
