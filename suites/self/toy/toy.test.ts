/** Specs of a small service against a server that keeps their rules, or breaks one: no false alarm, and no failure without a verdict. */
import { rmSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
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

test("probe-typo: lint reports a member that the called action does not have", () => {
  expect(problemsOf("probe-typo")).toEqual([
    'resources.thing.probes.exists.members.Idd: Get has no parameter "Idd"; did you mean Id?',
  ]);
});
