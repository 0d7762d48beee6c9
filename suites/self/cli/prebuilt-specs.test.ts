/** The built command line uses what the build made of the specs, and stops doing so when a file of the specs changes. */
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { PREBUILT_SPECS_FILE, type PrebuiltSpecs } from "../../../runner/spec/prebuilt.ts";
import { cliFile } from "../fixtures/built-files.ts";

/** Ids and descriptions, as `assay list actions` of an installed package prints them. */
const listActions = (root: string): string =>
  execFileSync(process.execPath, [join(root, "dist", "main.js"), "list", "actions"], { encoding: "utf8" });

test("a description that only the prebuilt specs have is printed until a spec is edited", () => {
  const root = mkdtempSync(join(tmpdir(), "assay-prebuilt-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const name of ["package.json", "specs"])
    cpSync(join(packageRoot(), name), join(root, name), { recursive: true });
  cpSync(dirname(cliFile), join(root, "dist"), { recursive: true });
  const file = join(root, "dist", PREBUILT_SPECS_FILE);
  const prebuilt = JSON.parse(readFileSync(file, "utf8")) as PrebuiltSpecs;
  const action = "tencent/iai/GetGroupList.yaml";
  const values = {
    ...prebuilt.values,
    [action]: { ...(prebuilt.values[action] as object), description: "Only prebuilt." },
  };
  writeFileSync(file, JSON.stringify({ ...prebuilt, values }));
  expect(listActions(root)).toContain("Only prebuilt.");
  appendFileSync(join(root, "specs", "aws", "rekognition", "DeleteUser.yaml"), "# edited\n");
  expect(listActions(root)).toContain("tencent/iai/GetGroupList");
  expect(listActions(root)).not.toContain("Only prebuilt.");
});
