/**
 * Sources → dist: the bundle of the command line and of the vitest harness, compiled validators, and the parsed built-in specs.
 * `--if-stale` does nothing where dist was made of the present sources. `dist/inputs` holds the digest of what it was made of.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const dist = join(root, "dist");

/** Folders and files whose content decides over dist; the last one is npm's record of what is installed. */
const INPUTS = [
  "runner",
  "reports",
  "specs",
  "suites/vitest.ts",
  "package.json",
  "package-lock.json",
  "node_modules/.package-lock.json",
];

/** The default folder of a run's log and reports lies in an input, but is none. */
const isOutput = (input, file) => input === "reports" && /^out(?:[/\\]|$)/.test(file);

/** A digest of paths, sizes and times of change: reading 700 files would take longer than starting assay. */
function digestOfInputs() {
  const digest = createHash("sha256");
  for (const input of INPUTS) {
    const path = join(root, input);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    for (const file of isFolder ? readdirSync(path, { recursive: true, encoding: "utf8" }).sort() : [""]) {
      if (isOutput(input, file)) continue;
      // An editor's link to nowhere has no status.
      const status = statSync(join(path, file), { throwIfNoEntry: false });
      if (status) digest.update(`${input}/${file} ${status.size} ${status.mtimeMs}\n`);
    }
  }
  return digest.digest("hex");
}

const inputs = digestOfInputs();
const isCurrent = () => {
  const stamp = join(dist, "inputs");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === inputs;
};

try {
  if (!(process.argv.includes("--if-stale") && isCurrent())) await build();
} catch (error) {
  process.stderr.write(`the build of assay failed: ${error.message}\n`);
  // As for every error of assay itself: 1 would mean that a target is not as documented.
  process.exitCode = 4;
}

async function build() {
  const { bundle, bundleValidators } = await import("./bundle.mjs");
  const out = `${dist}-${process.pid}`;
  try {
    await bundle(root, out);
    const { status } = spawnSync(process.execPath, [join(out, "prebuild.js"), out], { stdio: "inherit" });
    if (status !== 0) throw new Error("the validators could not be made");
    await bundleValidators(root, out);
    writeFileSync(join(out, "inputs"), inputs);
    replaceDist(out);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The new folder is complete before it gets the name. Where another build was quicker, its result serves as well. */
function replaceDist(out) {
  const old = `${out}-old`;
  try {
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(out, dist);
  } catch (error) {
    if (!isCurrent()) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}
