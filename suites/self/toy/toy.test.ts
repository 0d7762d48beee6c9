/** Specs of a small service against a server that keeps their rules, or breaks one: no false alarm, and no failure without a verdict. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import { lintUsability } from "../../../runner/lint/unusable-specs.ts";
import { readRecording } from "../../../runner/log/reader.ts";
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

/** The command line against the toy server, over HTTP. */
async function runCommand(broken: ToyOptions["broken"], ...select: readonly string[]) {
  lintedSpecs("base");
  server = await startToyServer({ ...(broken && { broken }) });
  const out = join(folder, "out");
  const { code, lines } = await command([
    ...["run", "--specs", folder, "--endpoint", server.url, "--out", out, "--lanes", "1", "--quiet"],
    ...select.flatMap((glob) => ["--select", `aws/toy/${glob}`]),
  ]);
  const file = (name: string) => readFileSync(join(out, name), "utf8");
  const verdicts = [...readRecording(join(out, "run.ndjson")).verdicts()];
  return { code, lines, verdicts, file, failed: verdicts.filter(({ status }) => status === "failed") };
}

const failures = (junit: string): number => junit.split("<failure ").length - 1;

test("HTTP 500 for each valid call is a failure, and the headline of a run in which nothing passes", async () => {
  const { code, lines, failed, verdicts, file } = await runCommand("create", "*/valid/**", "*/boundary/**");
  const headline = `No case passed: the target failed by itself, with HTTP 500, at ${failed.length} valid calls.`;
  expect(code).toBe(1);
  expect(lines).toContain(headline);
  expect(file("summary.md").split("\n")[0]).toMatch(/^# assay: .*, failing$/);
  expect(file("summary.md")).toContain(headline);
  expect(file("junit.xml")).toContain(headline);
  expect(failed.filter(({ expect: { outcome }, actual }) => outcome !== "success" || actual !== "HTTP 500")).toEqual(
    [],
  );
  expect(failures(file("junit.xml"))).toBe(failed.length + 1);
  const others = verdicts.filter(({ status }) => status !== "failed");
  expect([...new Set(others.map(({ status }) => status))]).toEqual(["indeterminate"]);
});

test("HTTP 500 where the control was accepted is a failure of that case only", async () => {
  const { code, failed, lines, verdicts, file } = await runCommand("body", "Create/protocol/body/**");
  expect(code).toBe(1);
  expect(failed.map(({ id, actual }) => `${id.split("/")[5]} ${actual}`)).toEqual(
    ["malformed", "empty", "not-an-object-list", "not-an-object-text", "not-an-object-number", "not-an-object-null"]
      .concat("10000-levels")
      .map((place) => `${place}@awsjson11 HTTP 500`),
  );
  expect(verdicts.filter(({ status }) => status === "indeterminate")).toEqual([]);
  expect(failures(file("junit.xml"))).toBe(failed.length);
  expect(lines.some((line) => line.includes("No case passed"))).toBe(false);
});

test("the request of which the server dies is a failure, and named wherever there is no response after it", async () => {
  const { code, lines, failed, verdicts, file } = await runCommand(
    "null",
    "Create/protocol/body/**",
    "Create/duplicate/**",
    "Delete/boundary/**",
  );
  const deadly = "aws/toy/Create/protocol/body/not-an-object-null@awsjson11";
  const headline = `The target died: it closed the connection and accepted no other one. It died of the request: ${deadly}.`;
  expect(code).toBe(1);
  expect(lines).toContain(headline);
  expect(file("summary.md")).toContain(headline.replaceAll("_", "\\_"));
  expect(failed.filter(({ actual }) => actual === "reset").map(({ id }) => id)).toEqual([deadly]);
  const later = verdicts.slice(verdicts.findIndex(({ id }) => id === deadly) + 1);
  expect(later.length).toBeGreaterThan(0);
  expect(later.filter(({ status, reason }) => status !== "indeterminate" || !reason.includes(deadly))).toEqual([]);
});

test.each<[what: string, broken: ToyOptions["broken"], failed: string[]]>([
  ["each time is a failure", "cut", ["aws/toy/Create/protocol/body/not-an-object-null@awsjson11"]],
  ["once is none", "cut-once", []],
  ["at any call is none", "every-9th", []],
])("a connection that the server closes %s", async (_, broken, expected) => {
  const { failed } = await runCommand(broken, "Create/protocol/body/**", "Create/boundary/**", "Create/valid/**");
  expect(failed.map(({ id }) => id)).toEqual(expected);
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

test("nested-silent: a server that checks nothing inside a parameter fails at each place", async () => {
  const { verdicts } = await run("nested-silent", { broken: "nested" });
  const places = verdicts
    .filter(({ status, family }) => status === "failed" && family !== "fuzz" && family !== "precedence")
    .map(({ id }) => id.split("/").slice(3, 5).join(" "));
  expect([...new Set(places)].sort()).toEqual([
    "boundary List[].Key",
    "boundary Tags",
    "boundary Tags{key}",
    "boundary Tags{}",
    "enum Mode.Kind",
    "illegal-charset List[].Key",
    "missing-member List[].Key",
    "missing-member Mode.Kind",
    "wrong-type List.items",
    "wrong-type List[].Key",
    "wrong-type Mode.Kind",
    "wrong-type Tags{}",
  ]);
});

test.each([
  [
    "map-min-properties",
    [
      /^note: .*Create.yaml:\d+:\d+: parameters.Tags.schema: no case breaks additionalProperties.maxLength: .* list "\{\}"; /,
      /no case breaks minProperties: it has no entry in `refusals`; a server that ignores this passes/,
    ],
  ],
  [
    "combinations",
    [
      /parameters.Size.schema: no case breaks multipleOf: no family sends a value that breaks it; /,
      /parameters.Place.schema: no case breaks properties.Point.required: .* list "\.Point\.X"; /,
    ],
  ],
  ["nested-silent", []],
])("%s: lint prints which constraints no case breaks, each with the reason", async (name, notes) => {
  lintedSpecs(name);
  const { code, lines } = await command(["lint", "--specs", folder]);
  expect(code ?? 0).toBe(0);
  const printed = lines.filter((line) => line.startsWith("note: "));
  for (const note of notes) expect(printed).toContainEqual(expect.stringMatching(note));
  expect(printed.length === 0).toBe(notes.length === 0);
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
