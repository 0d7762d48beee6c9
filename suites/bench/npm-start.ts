/** Measures the wall time of the command behind `npm start`. */
import { spawnSync } from "node:child_process";
import { packageRoot } from "../../runner/spec/package-root.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

export const benchNpmStart = (): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    const startTime = performance.now();
    const { status } = spawnSync("npx", ["tsx", "runner/cli/main.ts", "run", "--out", dir], { cwd: packageRoot() });
    return [`npm start    ${((performance.now() - startTime) / 1000).toFixed(1)} s (exit code ${status})`];
  });
