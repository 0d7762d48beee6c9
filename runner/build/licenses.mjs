/** The files of a bundle → the licenses of the packages that they come from, which ask to be passed on with every copy. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `inputs`: paths relative to `root`. @throws for a package without a license file. */
export function licensesOf(root, inputs) {
  const packages = new Set(
    inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return [...packages]
    .sort()
    .map((folder) => `${"=".repeat(80)}\n${nameOf(join(root, folder))}\n\n${licenseOf(join(root, folder)).trim()}\n`)
    .join("\n");
}

function nameOf(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}`;
}

function licenseOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), "utf8");
  const { license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (license === undefined) throw new Error(`${folder}: no license; a package without one cannot be bundled`);
  return `License: ${license}`;
}
