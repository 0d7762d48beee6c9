/** A folder of specs → the specs with all problems of all files, those of the JSON Schemas and those of the linters. */
import { loadSpecs, type Specs } from "../spec/load.ts";
import { lintAction, lintService } from "./action.ts";
import { lintEnvelope } from "./envelope.ts";

/** Problems of files are returned, not thrown. */
export const loadLintedSpecs = (dir: string): Specs =>
  loadSpecs(dir, { envelope: lintEnvelope, service: lintService, action: lintAction });
