/** A copy of the working tree, or of a revision, in a folder of its own, built. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../../runner/spec/package-root.ts";

export interface BuiltTree {
  readonly name: string;
  readonly dir: string;
  /** The script behind the command `assay`. */
  readonly script: string;
}

/** A tree that cannot be copied or built, or whose commands do not do what is measured. */
export class UnmeasurableError extends Error {}

/** Limit of an archive, far above the size of the repository. */
const MAX_ARCHIVE_BYTES = 100 * 1024 * 1024;

/** Files that git tracks or would add, as they are now. */
export function buildWorkingTree(dir: string): BuiltTree {
  const { stdout } = runIn(packageRoot(), "git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const file of stdout.toString().split("\0")) {
    if (file === "" || !existsSync(join(packageRoot(), file))) continue;
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    copyFileSync(join(packageRoot(), file), join(dir, file));
  }
  return build(dir, "working tree");
}

export function buildRevision(revision: string, dir: string): BuiltTree {
  mkdirSync(dir, { recursive: true });
  const { stdout } = runIn(packageRoot(), "git", ["archive", "--format=tar", revision]);
  runIn(dir, "tar", ["-x"], stdout);
  return build(dir, revision);
}

function build(dir: string, name: string): BuiltTree {
  const lockOf = (root: string) => readFileSync(join(root, "package-lock.json"), "utf8");
  // Both trees with the same packages read them from the same files.
  if (lockOf(dir) === lockOf(packageRoot()))
    symlinkSync(join(packageRoot(), "node_modules"), join(dir, "node_modules"), "dir");
  else runIn(dir, "npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"]);
  runIn(dir, "npm", ["run", "--silent", "build"]);
  const { bin } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { bin?: { assay?: string } };
  if (bin?.assay === undefined) throw new UnmeasurableError(`${name}: package.json has no bin.assay`);
  return { name, dir, script: join(dir, bin.assay) };
}

function runIn(cwd: string, command: string, args: readonly string[], input?: Buffer): SpawnSyncReturns<Buffer> {
  const result = spawnSync(command, args, { cwd, maxBuffer: MAX_ARCHIVE_BYTES, ...(input ? { input } : {}) });
  if (result.status === 0) return result;
  const reason = result.error?.message ?? `${result.stdout}${result.stderr}`.trim();
  throw new UnmeasurableError(`${command} ${args.join(" ")}: ${reason}`);
}
