/** The work of `npm start` → its wall time. */
import { spawnSync } from "node:child_process";
import { packageRoot } from "../../runner/spec/package-root.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

export const start = (): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    const begun = performance.now();
    const { status } = spawnSync("npx", ["tsx", "runner/cli/main.ts", "run", "--out", dir], { cwd: packageRoot() });
    return [`npm start    ${((performance.now() - begun) / 1000).toFixed(1)} s (exit code ${status})`];
  });
