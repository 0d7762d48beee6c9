/** Rules inside parameters, in specs of a toy service that use all of them: cases, the emulator, its faults, and what `lint` reports. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { NO_RESOURCES, prepareCall } from "../../../runner/cases/bind/bind.ts";
import { toControlCase } from "../../../runner/cases/control.ts";
import { planAction } from "../../../runner/cases/plan.ts";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import type { Action, Case } from "../../../runner/model/index.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { command } from "../cli/run-in-process.ts";
import { runCases } from "../detection/run-cases.ts";
import { toySpecsFolder } from "../toy/toy-specs.ts";

const folders: string[] = [];
let folder = "";
beforeEach(() => {
  folder = toySpecsFolder("places");
  folders.push(folder);
});
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true });
});

test.each([1, 2, 3])("every case passes against the emulator, seed %d", async (seed) => {
  const specs = loadLintedSpecs(folder);
  expect(specs.problems).toEqual([]);
  const { verdicts } = await runCases({ specs, select: ["aws/toy/Create/**"], fakeClock: true, seed });
  expect(verdicts.filter(({ status }) => status !== "passed" && status !== "observed")).toEqual([]);
  const ids = verdicts.map(({ id }) => id.replace(/^aws\/toy\/Create\/|@.*$/g, ""));
  expect(ids).toEqual(
    expect.arrayContaining([
      "valid/optional/Config.Retry.Wait",
      "valid/optional/Target.Topic",
      "boundary/Config.Retry.Max/10",
      "boundary/Config.Ids/4-items",
      "boundary/Config.Ids[]/31-chars-ascii",
      "boundary/Tags[].Key/31-chars-ascii-second",
      "boundary/Settings/4-members",
      "boundary/Settings{}.Level/0",
      "boundary/Target/2-members",
      "boundary/Tree.Children[].Label/31-chars-ascii",
      "illegal-charset/Settings{key}/space-inside",
      "duplicate/Tags[].Key/same",
      "duplicate/Tags[].Notes[]/same",
      "missing-member/Config.Retry.Max/absent",
      "missing-member/Config.Retry.Wait/null",
      "missing-member/Source/none",
      "missing-member/Source/two",
      "wrong-type/Config.Retry/text",
      "wrong-type/Settings{}/list",
      "enum/Tags[].Rank/is-not-3",
      "unknown-member/Config.Retry/undeclared",
      "unknown-member/Tags.items/undeclared",
      "unknown-member/Settings{}/undeclared",
    ]),
  );
});

test.each([
  ["boundary/Config.Retry.Max/10", "Config", { Mode: "A", Retry: { Max: 5 } }],
  ["missing-member/Config.Retry.Max/absent", "Config", { Mode: "A", Retry: { Max: 5 } }],
  ["unknown-member/Config.Retry/undeclared", "Config", { Mode: "A", Retry: { Max: 5 } }],
  ["boundary/Config.Ids/4-items", "Config", { Mode: "A", Ids: expect.arrayContaining([expect.any(String)]) }],
  ["wrong-type/Source.Link/number", "Source", { Link: expect.any(String) }],
])("the control of %s sends the optional member that the case is about", (id, name, expected) => {
  const action = loadLintedSpecs(folder).actions.get("aws/toy/Create") as Action;
  const cases = [...planAction(action, { depth: "standard", isFlat: () => false })];
  const found = cases.find((c) => c.id === `aws/toy/Create/${id}@awsjson11`);
  const control = prepareCall(toControlCase(found as Case), 1, "token").bind(NO_RESOURCES)[name];
  const usual = JSON.parse(JSON.stringify(control, (key, value) => (key === "Max" ? 5 : key === "Mode" ? "A" : value)));
  expect(usual).toEqual(expected);
});

test("a place that holds the ids of resources gets refusals only", async () => {
  cpSync(join(builtInSpecs(), "tencent", "im"), join(folder, "tencent", "im"), { recursive: true });
  const path = join(folder, "tencent", "im", "add_group_member.yaml");
  const text = readFileSync(path, "utf8");
  const schema = /( +)items: .*Member_Account: \{ type: string \} \} \}\n/;
  expect(text).toMatch(schema);
  const places = "    places: { '[].Member_Account': { refusals: { maxLength: [10004] } } }\n";
  writeFileSync(
    path,
    text.replace(schema, (line) => `${line.replace("{ type: string }", "{ type: string, maxLength: 32 }")}${places}`),
  );
  const specs = loadLintedSpecs(folder);
  expect(specs.problems).toEqual([]);
  const select = ["boundary", "missing-member", "wrong-type"].map(
    (family) => `tencent/im/add_group_member/${family}/**`,
  );
  const { verdicts } = await runCases({ specs, select, fakeClock: true });
  const inside = verdicts.filter(({ id }) => id.includes("/MemberList[].Member_Account/"));
  expect(inside.map(({ status, actual }) => [status, actual === "success"])).toEqual(
    inside.map(() => ["passed", false]),
  );
  expect(inside.length).toBeGreaterThan(8);
});

test("the claiming family detects each fault at a place", async () => {
  const select = ["Config", "Tags", "Settings", "Source", "Target", "Tree"].flatMap((name) => [
    "--select",
    `aws/toy/Create:${name}**`,
  ]);
  const { code, lines } = await command(["faults", "--specs", folder, ...select]);
  expect(lines.filter((line) => line.startsWith("undetected"))).toEqual([]);
  expect(lines.filter((line) => /^detected .*:(?:\w+[[.{])/.test(line)).length).toBeGreaterThan(150);
  expect(code).toBe(0);
});

const file = () => join(folder, "aws", "toy", "Create.yaml");

function replace(from: string, to: string): void {
  const text = readFileSync(file(), "utf8");
  expect(text).toContain(from);
  writeFileSync(file(), text.replace(from, to));
}

describe("lint reports", () => {
  test.each([
    [
      "a path that the schema does not declare",
      ".Retry.On: {}",
      ".Retry.Off: {}",
      /^parameters\.Config\.places\.\.Retry\.Off: the schema declares no such value; a path has /,
    ],
    [
      "a limit without a refusal",
      "'{}.Level': { refusals: { minimum: [InvalidParameterException] } }",
      "'{}.Level': {}",
      /^parameters\.Settings\.schema: minimum of \{\}\.Level has no entry in `places\.\{\}\.Level\.refusals`; add the codes/,
    ],
    [
      "a refusal without a limit",
      ".Retry.On: {}",
      ".Retry.On: { refusals: { maximum: [InvalidParameterException] } }",
      /^parameters\.Config\.places\.\.Retry\.On\.refusals\.maximum: the schema has no maximum of \.Retry\.On; add it/,
    ],
    [
      "a code that no table has",
      ".Retry.On: {}",
      ".Retry.On: { refusals: { type: [Nobodys] } }",
      /^parameters\.Config\.places\.\.Retry\.On\.refusals\.type: Nobodys is in no error table/,
    ],
    [
      "a value to send that breaks the schema",
      "'[].Rank': { refusals",
      "'[].Rank': { positiveValues: { values: [3], reason: it is the default }, refusals",
      /^parameters\.Tags\.places\.\[\]\.Rank\.positiveValues\.values\.0: breaks the schema; correct it or the schema/,
    ],
    [
      "a conflict over no constraint",
      "'[].Key': { refusals",
      "'[].Key': { conflicts: [{ constraint: maxItems, items: [1, 2], description: they differ }], refusals",
      /^parameters\.Tags\.places\.\[\]\.Key\.conflicts\.0\.constraint: the schema has no disputable constraint "maxItems"/,
    ],
    [
      "a reference that leads nowhere",
      "$ref: '#'",
      "$ref: '#/$defs/Node'",
      /^parameters\.Tree\.schema.*: is not a valid JSON Schema/,
    ],
  ])("%s", (_, from, to, message) => {
    replace(from, to);
    expect(loadLintedSpecs(folder).problems.map((problem) => problem.message)).toContainEqual(
      expect.stringMatching(message),
    );
  });

  test("where a shape that contains itself is cut", async () => {
    const { code, lines } = await command(["lint", "--specs", folder]);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^note: .*parameters\.Tree\.schema: no case breaks anything at "\.Children\[\]\.Children\[\]\.Children\[\]" and deeper: /,
      ),
    );
    expect(code ?? 0).toBe(0);
  });
});
