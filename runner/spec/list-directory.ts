/** A folder of specs → the YAML files and the folders in it, and which of the folders are providers. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Problem } from "./problem.ts";

/** The remedy for a file or folder without read permission. */
export const MAKE_READABLE = "change its permissions so that you can read it";

interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * A folder that cannot be read is a problem that ends with `remedy`. A folder named `x.yaml` is listed as a file: reading
 * it reports what is wrong.
 */
export function listDirectory(dir: string, problems: Problem[], remedy: string): Listing {
  const files: string[] = [];
  const folders: string[] = [];
  for (const name of readDirectoryNames(dir, problems, remedy)) {
    const path = join(dir, name);
    if (name.endsWith(".yaml")) files.push(path);
    else if (name.endsWith(".yml"))
      problems.push(
        fileProblem(path, `files that end in .yml are not read; rename it to ${name.replace(/yml$/, "yaml")}`),
      );
    else if (isFolder(path)) folders.push(path);
  }
  return { files, folders };
}

/** False for `schema`, `envelopes`, and for `example` where it is a folder of specs of its own, as in the built-in specs. */
export function isProviderFolder(folder: string): boolean {
  const name = basename(folder);
  if (name !== "example") return name !== "schema" && name !== "envelopes";
  return readDirectoryNames(folder, [], "").some((service) => existsSync(join(folder, service, "service.yaml")));
}

/** A problem of a file or folder as a whole. */
export const fileProblem = (file: string, message: string): Problem => ({ file, line: 1, column: 1, message });

function readDirectoryNames(dir: string, problems: Problem[], remedy: string): string[] {
  try {
    return readdirSync(dir).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT" ? "no such folder" : code === "ENOTDIR" ? "is not a folder" : `cannot be read (${code})`;
    problems.push(fileProblem(dir, `${reason}; ${remedy}`));
    return [];
  }
}

/** False for a symbolic link whose target does not exist. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
