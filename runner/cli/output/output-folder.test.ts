/** A report that cannot be written completely is removed. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFileStreaming } from "./output-folder.ts";

test("a file is whole or absent", () => {
  const path = join(mkdtempSync(join(tmpdir(), "assay-")), "junit.xml");
  writeFileStreaming(path, (write) => ["<a>", "</a>"].forEach(write));
  expect(readFileSync(path, "utf8")).toBe("<a></a>");
  const broken = () =>
    writeFileStreaming(path, (write) => {
      write("<a>");
      throw new Error("ENOSPC");
    });
  expect(broken).toThrow("ENOSPC");
  expect(existsSync(path)).toBe(false);
});
