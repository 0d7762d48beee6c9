/** The digest of specs: the same for the same, another for another. */
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { specsDigest } from "./digest.ts";
import { builtInSpecs } from "./package-root.ts";

test("tells one byte and a moved file, and no place of the folder", () => {
  const root = mkdtempSync(join(tmpdir(), "assay-digest-"));
  try {
    const dir = join(root, "specs");
    cpSync(builtInSpecs(), dir, { recursive: true });
    const whole = specsDigest(dir);
    expect(whole).toMatch(/^[0-9a-f]{12}$/);
    expect(specsDigest(builtInSpecs())).toBe(whole);
    writeFileSync(join(dir, "README.md"), "not a spec");
    expect(specsDigest(dir)).toBe(whole);
    // It keeps its place among the others.
    const renamed = join(dir, "tencent", "iai", "CreateGroup-.yaml");
    renameSync(join(dir, "tencent", "iai", "CreateGroup.yaml"), renamed);
    const moved = specsDigest(dir);
    expect(moved).not.toBe(whole);
    writeFileSync(renamed, " ", { flag: "a" });
    expect(specsDigest(dir)).not.toBe(moved);
  } finally {
    rmSync(root, { recursive: true });
  }
});
