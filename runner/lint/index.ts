/** A folder of specs → the specs, with every problem of every file: of its form, and of what no schema can express. */
import { loadSpecs, type Specs } from "../spec/load.ts";
import { lintAction, lintService } from "./action.ts";
import { lintEnvelope } from "./envelope.ts";

/** Never throws for a problem of a file. */
export const loadLintedSpecs = (dir: string): Specs =>
  loadSpecs(dir, { envelope: lintEnvelope, service: lintService, action: lintAction });
