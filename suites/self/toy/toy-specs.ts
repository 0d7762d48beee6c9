/** A folder of toy specs -> the base specs with the files of that folder in their place, in a temporary folder. */
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The caller removes the folder. */
export function toySpecsFolder(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), "assay-toy-"));
  const specs = join(import.meta.dirname, "specs");
  for (const folder of ["base", name]) cpSync(join(specs, folder), dir, { recursive: true });
  return dir;
}
