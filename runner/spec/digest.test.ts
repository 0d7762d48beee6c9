/** The digest of specs changes with every byte and every file name, and with nothing else. */
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { specsDigest } from "./digest.ts";
import { builtInSpecs } from "./package-root.ts";

test("one byte and a renamed file change it; the location of the folder does not", () => {
  const root = mkdtempSync(join(tmpdir(), "assay-digest-"));
  try {
    const dir = join(root, "specs");
    cpSync(builtInSpecs(), dir, { recursive: true });
    const original = specsDigest(dir);
    expect(original).toMatch(/^[0-9a-f]{12}$/);
    expect(specsDigest(builtInSpecs())).toBe(original);
    writeFileSync(join(dir, "README.md"), "not a spec");
    writeFileSync(join(dir, "target.yaml"), "not a spec");
    rmSync(join(dir, "example"), { recursive: true });
    expect(specsDigest(dir)).toBe(original);
    // The new name sorts as the old one did, so only the name differs.
    const renamedFile = join(dir, "tencent", "iai", "CreateGroup-.yaml");
    renameSync(join(dir, "tencent", "iai", "CreateGroup.yaml"), renamedFile);
    const afterRename = specsDigest(dir);
    expect(afterRename).not.toBe(original);
    writeFileSync(renamedFile, " ", { flag: "a" });
    expect(specsDigest(dir)).not.toBe(afterRename);
  } finally {
    rmSync(root, { recursive: true });
  }
});
