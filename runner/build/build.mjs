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

/** Folders and files whose content decides over dist. */
const INPUTS = ["runner", "reports", "specs", "suites/vitest.ts", "package.json", "package-lock.json"];

/** The default folder of a run's log and reports lies in an input, but is none. */
const isOutput = (input, file) => input === "reports" && /^out(?:[/\\]|$)/.test(file);

/** A digest of paths, sizes and times of change: reading 700 files would take longer than starting assay. */
function digestOfInputs() {
  const digest = createHash("sha256");
  for (const input of INPUTS) {
    const path = join(root, input);
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: "utf8" }).sort() : [""];
    for (const file of files) {
      if (isOutput(input, file)) continue;
      const { size, mtimeMs } = statSync(join(path, file));
      digest.update(`${input}/${file} ${size} ${mtimeMs}\n`);
    }
  }
  return digest.digest("hex");
}

const inputs = digestOfInputs();
const stamp = join(dist, "inputs");
const isCurrent = existsSync(stamp) && readFileSync(stamp, "utf8") === inputs;
if (!(process.argv.includes("--if-stale") && isCurrent)) await build();

async function build() {
  const { bundle, bundleValidators } = await import("./bundle.mjs");
  // Built beside and renamed: two builds at once do not see each other's half-written files.
  const out = `${dist}-${process.pid}`;
  try {
    await bundle(root, out);
    const { status } = spawnSync(process.execPath, [join(out, "prebuild.js"), out], { stdio: "inherit" });
    if (status !== 0) throw new Error("the validators could not be made");
    await bundleValidators(root, out);
    writeFileSync(join(out, "inputs"), inputs);
    rmSync(dist, { recursive: true, force: true });
    renameSync(out, dist);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
