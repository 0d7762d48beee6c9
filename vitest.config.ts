/** vitest: long enough for a slow machine. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["runner/**/*.test.ts", "reports/**/*.test.ts", "suites/**/*.test.ts"],
    // Many tests wait for a process of their own: as many files at once as there are cores.
    maxWorkers: "100%",
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    passWithNoTests: false,
  },
});
