/** The CPU time of a selection of the tests, with all processes that vitest starts. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type BuiltTree, UnmeasurableError } from "../built-tree.ts";

/** Folders with tests of cases, checks, requests and reports, which take a tenth of the time of all unit tests. */
const folders = ["runner/check", "runner/http", "runner/cases", "reports/json"];

/** A POSIX shell counts the children of its children too. Its last line is their user and system time: `0m1.20s 0m0.30s`. */
const script = `"$@" >&2; code=$?; times; exit $code`;

/** Seconds of CPU of the selected tests that every one of `trees` has. */
export function measureTests({ name, dir }: BuiltTree, trees: readonly BuiltTree[]): number {
  const files = selectedTests(dir).filter((file) => trees.every((tree) => existsSync(join(tree.dir, file))));
  if (files.length === 0) throw new UnmeasurableError(`${name}: has none of the selected tests`);
  const vitest = [process.execPath, join("node_modules", "vitest", "vitest.mjs"), "run", ...files];
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script, "sh", ...vitest], {
    cwd: dir,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  if (status !== 0)
    throw new UnmeasurableError(`${name}: the selected tests ended with exit code ${status}\n${stderr}`);
  const times = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  if (times.length !== 2) throw new UnmeasurableError(`${name}: sh printed no times: ${stdout}`);
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

const selectedTests = (dir: string): string[] =>
  folders.flatMap((folder) =>
    existsSync(join(dir, folder))
      ? readdirSync(join(dir, folder), { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".test.ts"))
          .map((file) => `${folder}/${file}`)
      : [],
  );
