/** A Node.js that is too old, simulated by another `process.version`: one sentence from each entry point. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { cliFile } from "../fixtures/built-files.ts";

const dist = dirname(cliFile);
const importing = (file: string) =>
  `import(${JSON.stringify(join(dist, file))}).then(() => console.error("read"), (e) => console.error(e.message))`;

function run(version: string, ...args: string[]) {
  const fake = `data:text/javascript,Object.defineProperty(process,"version",{value:"${version}"})`;
  const { status, stderr, stdout } = spawnSync(process.execPath, ["--import", fake, ...args], { encoding: "utf8" });
  return [status, stdout, stderr];
}

const sentence = (version: string) => `assay needs Node.js 20.19 or newer; this is ${version}\n`;

test.each(["v16.20.2", "v20.18.9"])("%s", (version) => {
  const build = join(packageRoot(), "runner", "build", "build.mjs");
  // The bin of the package; what `npm start` runs before it; the API, and the harness for vitest.
  expect(run(version, cliFile, "run")).toEqual([2, "", sentence(version)]);
  expect(run(version, build, "--if-stale")).toEqual([2, "", sentence(version)]);
  for (const file of ["index.js", "vitest.js"])
    expect(run(version, "--eval", importing(file)), file).toEqual([0, "", sentence(version)]);
});

test.each(["v20.19.0", "v26.0.0"])("%s is new enough", (version) => {
  expect(run(version, cliFile, "--version")).toEqual([0, "0.1.0\n", ""]);
  expect(run(version, "--eval", importing("index.js"))).toEqual([0, "", "read\n"]);
});

test("an old Node.js reads the start of the command line: it imports nothing, and has no syntax that is newer than 2015", () => {
  expect(readFileSync(cliFile, "utf8")).not.toMatch(/^import .* from|^export|\?\.|\?\?|await/m);
});
