/** A folder of specs → a short digest of all that it says, so that two runs can tell whether they judged by the same. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Envelopes that the folder lacks are assay's own, and change with its version. */
export function specsDigest(dir: string): string {
  const digest = createHash("sha256");
  for (const file of yamlUnder(dir)) {
    digest
      .update(`${file.replaceAll("\\", "/")}\0`)
      .update(readFileSync(join(dir, file)))
      .update("\0");
  }
  return digest.digest("hex").slice(0, 12);
}

const yamlUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .sort();
