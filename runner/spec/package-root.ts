/** The package's own folder → where the built-in specs and targets lie. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Walks up to package.json: from dist/ the depth differs from the source's. */
export function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, "package.json"))) {
    const up = dirname(dir);
    if (up === dir) throw new Error("assay's package.json is not above its code; reinstall assay");
    dir = up;
  }
  return dir;
}

export const builtInSpecs = (): string => join(packageRoot(), "specs");
