/** The folder of the assay package, and in it the folder of the built-in specs. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Searches upwards for package.json: in dist/ this file lies deeper than in the sources. */
export function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, "package.json"))) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error("no package.json in any folder above assay's code; reinstall assay");
    dir = parent;
  }
  return dir;
}

export const builtInSpecs = (): string => join(packageRoot(), "specs");
