/** Writes the reference tables of specs/README.md: `npm run reference`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtInSpecs } from "../spec/package-root.ts";
import { withReference } from "./spec-reference.ts";

const page = join(builtInSpecs(), "README.md");
writeFileSync(page, withReference(readFileSync(page, "utf8")));
