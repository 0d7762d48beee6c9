/** A folder of specs → the YAML files and the folders in it. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "./problem.ts";

interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** `remedy` where the folder cannot be read. Whatever is named as a spec is one, a folder too: reading it tells what is wrong. */
export function listDirectory(dir: string, problems: Problem[], remedy: string): Listing {
  const files: string[] = [];
  const folders: string[] = [];
  for (const name of readDirectoryNames(dir, problems, remedy)) {
    const path = join(dir, name);
    if (name.endsWith(".yaml")) files.push(path);
    else if (name.endsWith(".yml"))
      problems.push(fileProblem(path, `is not read; name it ${name.replace(/yml$/, "yaml")}`));
    else if (isFolder(path)) folders.push(path);
  }
  return { files, folders };
}

export const fileProblem = (file: string, message: string): Problem => ({ file, line: 1, column: 1, message });

function readDirectoryNames(dir: string, problems: Problem[], remedy: string): string[] {
  try {
    return readdirSync(dir).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "no such folder" : code === "ENOTDIR" ? "is no folder" : `cannot be read (${code})`;
    problems.push(fileProblem(dir, `${why}; ${remedy}`));
    return [];
  }
}

/** A link that leads nowhere is none. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
