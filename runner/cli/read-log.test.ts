/** The logs that `report`, `compare` and `--since` read: errors for paths that are no file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UsageError } from "./errors.ts";
import { readLogOrFail, readPreviousRunOrFail } from "./read-log.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-read-log-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each<[string, string, (path: string) => unknown]>([
  ["a recorded run", "", readLogOrFail],
  ["the log of --since", "--since ", (path) => readPreviousRunOrFail(path, "emulator")],
])(
  "%s: a missing file, a folder and a device are usage errors that name the path and the remedy",
  (_, option, read) => {
    const missing = join(folder, "missing.ndjson");
    const message = (path: string) => {
      try {
        read(path);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        return (error as Error).message;
      }
      return "no error";
    };
    expect(message(missing)).toBe(`${option}${missing}: file not found; \`assay run\` writes such a log`);
    expect(message(folder)).toBe(`${option}${folder}: this is a folder; give the run.ndjson in it`);
    expect(message("/dev/null")).toBe(`${option}/dev/null: not a regular file; give the path of a run.ndjson`);
  },
);
