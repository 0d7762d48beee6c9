/** A folder of specs → a digest of its YAML files, by which two runs are known to have used the same specs. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { isProviderFolder } from "./list-directory.ts";

/** The first 12 hex digits of a SHA-256 over paths and contents. Built-in envelopes that a folder of its own uses are not part of it: they change with assay's version. */
export function specsDigest(dir: string): string {
  const digest = createHash("sha256");
  for (const file of yamlFilesUnder(dir)) {
    digest
      .update(`${file.replaceAll("\\", "/")}\0`)
      .update(readFileSync(join(dir, file)))
      .update("\0");
  }
  return digest.digest("hex").slice(0, 12);
}

/** Paths relative to the folder, sorted. Files next to the folders of the providers, such as a target file, are no specs. */
export const yamlFilesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml") && file.includes(sep))
    .filter((file) => !file.startsWith(`example${sep}`) || isProviderFolder(join(folder, "example")))
    .sort();
