/** `npm run test:changed`: the tests near the uncommitted changes, or near those of the last commit. */
import { execFileSync, spawnSync } from "node:child_process";
import { selectTests } from "./select-tests.ts";

const git = (...args: string[]): string[] =>
  execFileSync("git", args, { encoding: "utf8" }).split("\n").filter(Boolean);

const untracked = git("ls-files", "--others", "--exclude-standard");
const uncommitted = [...git("diff", "--name-only", "HEAD"), ...untracked];
const changed = uncommitted.length > 0 ? uncommitted : git("diff", "--name-only", "HEAD~1");
const tests = [...git("ls-files", "*.test.ts"), ...untracked.filter((path) => path.endsWith(".test.ts"))];
const { files, families } = selectTests(changed, tests);
const ofFamilies = families.length > 0 ? `, faults of ${families.join(", ")}` : "";
console.log(`${changed.length} changed files: ${files.length} test files${ofFamilies}`);
const env = { ...process.env, ...(families.length > 0 ? { ASSAY_FAMILIES: families.join() } : {}) };
process.exitCode = spawnSync("npx", ["vitest", "run", ...files], { stdio: "inherit", env }).status ?? 1;
