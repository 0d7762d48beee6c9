/** What the build made of a folder of specs is used only while every file of the folder is the same. */
import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { builtInSpecs } from "./package-root.ts";
import { digestOfFolder, type PrebuiltSpecs, valuesOf } from "./prebuilt.ts";

const action = join("tencent", "iai", "DeleteGroup.yaml");
let dir = "";
let prebuilt: PrebuiltSpecs;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "assay-prebuilt-"));
  cpSync(builtInSpecs(), dir, { recursive: true });
  prebuilt = { digest: digestOfFolder(dir), values: { [action]: { action: "DeleteGroup" } } };
});
afterEach(() => rmSync(dir, { recursive: true }));

test("the values of the unchanged folder are those of the build, by absolute path; page and example may change", () => {
  rmSync(join(dir, "example"), { recursive: true });
  writeFileSync(join(dir, "README.md"), "changed");
  expect([...valuesOf(prebuilt, dir)]).toEqual([[join(dir, action), { action: "DeleteGroup" }]]);
});

test.each<[string, () => void]>([
  ["an action is changed", () => appendFileSync(join(dir, action), "# changed\n")],
  ["an action is deleted", () => rmSync(join(dir, action))],
  ["an action is added", () => writeFileSync(join(dir, "tencent", "iai", "NewAction.yaml"), "")],
  ["an action is renamed", () => renameSync(join(dir, action), join(dir, "tencent", "iai", "Other.yaml"))],
  ["a link is added", () => symlinkSync(join(dir, action), join(dir, "tencent", "iai", "Link.yaml"))],
  ["a service is deleted", () => rmSync(join(dir, "tencent", "im"), { recursive: true })],
  ["an envelope is changed", () => appendFileSync(join(dir, "envelopes", "aws-json.yaml"), "\n")],
  ["a JSON Schema is changed", () => appendFileSync(join(dir, "schema", "action.schema.json"), "\n")],
  ["a JSON Schema is deleted", () => rmSync(join(dir, "schema", "known.schema.json"))],
])("there are none where %s", (_, change) => {
  change();
  expect([...valuesOf(prebuilt, dir)]).toEqual([]);
});
