/** vitest: long enough for a slow machine. */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongFilesFirst } from "./suites/self/fixtures/long-files-first.ts";

/** Files that need a process of their own: they replace a module, or measure the heap. */
const isolated = [
  "suites/self/redaction/no-secret-written.test.ts",
  "suites/self/report-files/render-memory.test.ts",
  "suites/self/report-files/merge-memory.test.ts",
  "runner/check/request-id-history.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["suites/self/fixtures/build.ts"],
    // Many tests wait for a process or a clock, so one file more than there are cores; each worker loads the code and the specs.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    passWithNoTests: false,
    sequence: { sequencer: LongFilesFirst },
    // A number to read, not a gate: what a test has to detect is held by the faults of the emulator.
    coverage: {
      include: ["{runner,reports}/**/*.ts"],
      exclude: ["**/*.test.ts", "**/testing/**"],
      reporter: ["text-summary"],
    },
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: ["runner/**/*.test.ts", "reports/**/*.test.ts", "suites/**/*.test.ts"],
          exclude: isolated,
          // A process runs many files, since importing the code and loading the specs takes longer than most of them.
          isolate: false,
        },
      },
      { extends: true, test: { name: "isolated", include: isolated } },
    ],
  },
});
