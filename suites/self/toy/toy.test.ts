/** Specs of a small service against a server that keeps their rules, or breaks one: no false alarm, and no failure without a verdict. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import { lintUsability } from "../../../runner/lint/unusable-specs.ts";
import { command } from "../cli/run-in-process.ts";
import { type RunCasesResult, runCases } from "../detection/run-cases.ts";
import { startToyServer, type ToyOptions, type ToyServer } from "./server.ts";
import { toySpecsFolder } from "./toy-specs.ts";

let folder = "";
let server: ToyServer | undefined;
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.close();
});

function lintedSpecs(name: string) {
  folder = toySpecsFolder(name);
  return loadLintedSpecs(folder);
}

const problemsOf = (name: string): string[] => lintedSpecs(name).problems.map(({ message }) => message);

/** Without the families about signatures and common parameters, which the server does not read. */
async function run(name: string, options: ToyOptions): Promise<RunCasesResult> {
  const specs = lintedSpecs(name);
  expect(specs.problems).toEqual([]);
  server = await startToyServer(options);
  return runCases({
    specs,
    select: [],
    only: ({ family }) => family !== "signature" && family !== "protocol",
    endpoint: server.url,
    fakeClock: true,
  });
}

test.each<[specs: string, options: ToyOptions]>([
  ["base", {}],
  ["blob-base64", {}],
  ["fresh-too-short", { token: true }],
  ["input-not", {}],
  ["map-min-properties", {}],
  ["nested-silent", {}],
  ["reference-longer-than-name", { maxIdLength: 2048 }],
  ["send-values-boundary", {}],
])("%s: a server that keeps every rule has no failure and no case without a verdict", async (name, options) => {
  const { verdicts, leftovers, runProblems, lost } = await run(name, options);
  expect(verdicts.filter(({ status }) => status !== "passed" && status !== "observed")).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(200);
  expect({ leftovers, runProblems, lost }).toEqual({ leftovers: 0, runProblems: [], lost: [] });
});

test.each([1, 2, 3])(
  "combinations: what the schemas demand together passes against the emulator, seed %d",
  async (seed) => {
    const specs = lintedSpecs("combinations");
    expect(specs.problems).toEqual([]);
    const { verdicts } = await runCases({ specs, select: ["aws/toy/Create/**"], fakeClock: true, seed });
    expect(verdicts.filter(({ status }) => status !== "passed" && status !== "observed")).toEqual([]);
    const planned = verdicts.map(({ id }) => id.replace("@awsjson11", ""));
    expect(planned).toEqual(
      expect.arrayContaining(
        ["content/absent", "unit/with-Unit", "sized/with-Kind"].map(
          (breach) => `aws/toy/Create/missing-member/${breach}`,
        ),
      ),
    );
    expect(planned).not.toContain("aws/toy/Create/valid/pair/Text.and.File");
  },
);

test("send-values-break-schema: lint reports a value to send that breaks its schema", () => {
  expect(problemsOf("send-values-break-schema")).toEqual([
    "parameters.Text.positiveValues.values.0: is no valid value: it has 0 characters, but minLength is 3; correct it or the schema",
  ]);
});

test("nested-silent: lint prints which constraints no case breaks, each with the reason", async () => {
  lintedSpecs("nested-silent");
  const { code, lines } = await command(["lint", "--specs", folder]);
  const nested = "members of objects have no cases of their own; a server that ignores this passes";
  expect(code ?? 0).toBe(0);
  expect(lines.slice(0, 3)).toEqual([
    expect.stringMatching(
      /^note: .*Create.yaml:\d+:\d+: parameters.Mode.schema: no case breaks required, properties.Kind.enum, /,
    ),
    expect.stringContaining(
      `parameters.Tags.schema: no case breaks minProperties, maxProperties, propertyNames.maxLength, additionalProperties.maxLength: ${nested}`,
    ),
    expect.stringContaining("parameters.List.schema: no case breaks items.required, items.properties.Key.minLength, "),
  ]);
});

test.each([
  [
    "crossParameterRules: no call keeps all of these rules",
    "crossParameterRules: { never: { schema: { not: { required: [Name] } }, refused: [InvalidParameterException] } }",
  ],
  ["parameters.Name.schema.pattern: no value could be generated", ""],
])("lint reports %s", (message, rule) => {
  lintedSpecs("base");
  const file = join(folder, "aws", "toy", "Create.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, rule === "" ? text.replace("minLength: 1,", "not: { minLength: 1 },") : `${text}${rule}\n`);
  expect(lintUsability(loadLintedSpecs(folder)).map((problem) => problem.message)).toEqual([
    expect.stringContaining(message),
  ]);
});

test("probe-typo: lint reports a member that the called action does not have", () => {
  expect(problemsOf("probe-typo")).toEqual([
    'resources.thing.probes.exists.members.Idd: Get has no parameter "Idd"; did you mean Id?',
  ]);
});
