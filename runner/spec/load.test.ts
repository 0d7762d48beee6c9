/** Problems of spec files: all are reported at once, each with line, column and key. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { loadLintedSpecs } from "../lint/index.ts";
import { builtInSpecs } from "./package-root.ts";
import { formatProblem } from "./problem.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "assay-specs-"));
  cpSync(join(builtInSpecs(), "tencent", "iai"), join(dir, "tencent", "iai"), { recursive: true });
});

/** Replaces a text in a file of `tencent/iai` and returns the problems, formatted with the bare file name. */
function problemsAfter(file: string, from: string | RegExp, to: string): string[] {
  const path = join(dir, "tencent", "iai", file);
  const text = readFileSync(path, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(path, changed);
  return loadLintedSpecs(dir).problems.map((p) => formatProblem(p).slice(dir.length + "/tencent/iai/".length));
}

test("the built-in specs have no problems", () => {
  const specs = loadLintedSpecs(builtInSpecs());
  expect(specs.problems).toEqual([]);
  expect(specs.actions.size).toBe(34);
});

test("a folder without envelopes uses the built-in ones", () => {
  const specs = loadLintedSpecs(dir);
  expect(specs.problems).toEqual([]);
  expect(specs.services.get("tencent/iai")?.envelope.name).toBe("tencent-cloud");
});

describe("each problem at its line and column", () => {
  test.each<[string, string, string | RegExp, string, RegExp]>([
    [
      "a version in another form than that of the envelope",
      "service.yaml",
      /^version: .*$/m,
      "version: v1",
      /^service\.yaml:3:10: version: does not match .*which the envelope tencent-cloud demands of a version/,
    ],
    ["invalid YAML", "DeleteGroup.yaml", "action: DeleteGroup", "action: [", /^DeleteGroup\.yaml:\d+:\d+: /],
    [
      "an unknown key",
      "DeleteGroup.yaml",
      "description:",
      "descriptoin:",
      /DeleteGroup\.yaml:3:1: unknown key "descriptoin"; did you mean description\?/,
    ],
    [
      "an action whose name is not that of its file",
      "DeleteGroup.yaml",
      "action: DeleteGroup",
      "action: DropGroup",
      /^DeleteGroup\.yaml:2:9: action: is "DropGroup", but the file is DeleteGroup\.yaml; both must have the same name/,
    ],
    [
      "a constraint without a refusal",
      "CreateGroup.yaml",
      /x-maxBytes: \{ codes: \[InvalidParameterValue\.GroupIdTooLong\].*\n/,
      "\n",
      /parameters\.GroupId\.schema: x-maxBytes has no entry in `refusals`; /,
    ],
    [
      "a constraint of items without a refusal",
      "CreateGroup.yaml",
      / {8}maxLength:\n {10}codes: \[InvalidParameterValue\.GroupExDescriptionsNameTooLong\]\n.*\n/,
      "\n",
      /parameters\.GroupExDescriptions\.schema: items\.maxLength has no entry in `refusals\.items`; /,
    ],
    [
      "a code that is in no error table",
      "CreateGroup.yaml",
      "[InvalidParameterValue.GroupIdTooLong]",
      "[InvalidParameterValue.GroupIdTooLang]",
      /GroupIdTooLang is in no error table; add a row to `errors` of the action or of service\.yaml; did you mean InvalidParameterValue\.GroupIdTooLong/,
    ],
    [
      "a pattern that does not compile",
      "CreateGroup.yaml",
      /pattern: '[^']*'/,
      "pattern: '['",
      /parameters\.GroupName\.schema\.pattern: is not a valid JSON Schema: /,
    ],
    [
      "an unknown resource",
      "DeleteGroup.yaml",
      "state: group",
      "state: grupp",
      /given\.GroupId: no resource "grupp" in tencent\/iai; did you mean group\?/,
    ],
    [
      "an unknown parameter in given",
      "DeleteGroup.yaml",
      /given:\n {2}GroupId/,
      "given:\n  GroupID",
      /given\.GroupID: no parameter "GroupID"; did you mean GroupId\?/,
    ],
    [
      "an unknown binding of a sample",
      "CreateGroup.yaml",
      "binding: v1-get-sha1",
      "binding: v1-get-md5",
      /samples\.\d\.binding: no binding "v1-get-md5"/,
    ],
    [
      "an unknown envelope",
      "service.yaml",
      "envelope: tencent-cloud",
      "envelope: tencent-clout",
      /^service\.yaml:\d+:11: envelope: no envelope "tencent-clout"; did you mean tencent-cloud\?/,
    ],
    [
      "an unknown action of a resource",
      "service.yaml",
      "create: CreateGroup",
      "create: CreateGrupp",
      /resources\.group\.create: no action "CreateGrupp" in tencent\/iai; did you mean CreateGroup/,
    ],
    [
      "an unknown probe",
      "DeleteGroup.yaml",
      /effects: \{ success: \w+/,
      "effects: { success: vanished",
      /effects\.success: no resource has a probe "vanished"/,
    ],
  ])("%s", (_, file, from, to, message) => {
    const problems = problemsAfter(file, from, to);
    expect(problems.join("\n")).toMatch(message);
    for (const p of problems) expect(p).toMatch(/^[\w.]+:\d+:\d+: \S/);
  });

  test("a code without a cause that no rule or situation expects", () => {
    const problems = problemsAfter(
      "service.yaml",
      /(InvalidParameterValue\.UrlIllegal: \{[^}]*?), cause: elsewhere, raisedBy: \w+/,
      "$1",
    );
    expect(problems.join("\n")).toMatch(/InvalidParameterValue\.UrlIllegal has no cause/);
  });

  test("problems of several files at once", () => {
    const path = join(dir, "tencent", "iai", "DeleteGroup.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace("description:", "descriptoin:"));
    expect(
      problemsAfter("CreateGroup.yaml", "[InvalidParameterValue.GroupIdTooLong]", "[Nonsense]").length,
    ).toBeGreaterThan(1);
  });
});
