/** Malformed files of each kind: `lint` and `run` exit with 2 and report file, line and expectation. They print no stack trace, send no requests and write no reports. */
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FileKind } from "../../../runner/spec/schema/read-schema.ts";
import { generateMalformedFiles, type MalformedFile } from "./generate.ts";
import { handwrittenFiles } from "./handwritten.ts";
import { type CliOutcome, type CliSandbox, createCliSandbox } from "./run-cli.ts";
import { samples } from "./valid-samples.ts";
import { setAt, toYaml } from "./yaml-with-positions.ts";

const kinds: readonly FileKind[] = ["action", "service", "envelope", "target", "known"];
/** Kind → number of files tested; printed at the end. */
const fileCounts: Record<string, number> = {};
let sandbox: CliSandbox;

beforeAll(async () => {
  process.env["ASSAY_MALFORMED_ID"] = "id";
  process.env["ASSAY_MALFORMED_KEY"] = "key";
  sandbox = await createCliSandbox();
});
afterAll(async () => {
  await sandbox.close();
  console.table(fileCounts);
});

/** Describes what is wrong with a command's report about a malformed file; empty if the report is correct. */
function problemsOf(
  { code, output }: CliOutcome,
  file: string,
  lines: readonly number[],
  expectedWord: string,
): string[] {
  const outputLines = output.split("\n").filter((l) => l !== "");
  const messages = outputLines.filter((l) => l.startsWith(`${file}:`));
  const positions = messages.map((l) => /^:(\d+):(\d+): \S/.exec(l.slice(file.length)));
  const atExpectedLine = messages.filter((_, i) => lines.includes(Number(positions[i]?.[1])));
  return [
    ...(code === 2 ? [] : [`exit ${code}`]),
    ...(atExpectedLine.length > 0 ? [] : [`no message for line ${lines.join(" or ")}`]),
    ...(atExpectedLine.some((l) => l.slice(file.length).includes(expectedWord))
      ? []
      : [`no message contains ${expectedWord}`]),
    ...(messages.length === outputLines.length ? [] : ["a message about another file"]),
    ...(positions.every((position) => position) ? [] : ["a message without line and column"]),
    ...(/hunter2|Gu5t9xGARNpq/.test(output) ? ["the output contains a secret"] : []),
    ...(/^ {4}at |assay failed|\[object Object\]|undefined|NaN/m.test(output) ? ["the output shows a crash"] : []),
  ];
}

/** Judges the outcome of `lint` on the malformed file, and of `run` too if `withRun` is true. Returns one text if a report is wrong. */
async function failures(
  kind: FileKind,
  malformedFile: MalformedFile,
  linted: CliOutcome,
  withRun: boolean,
): Promise<string[]> {
  const { text, line, expectedWord, suggestion, name } = malformedFile;
  const file = sandbox.pathOf(kind);
  const outcomes = [linted];
  if (withRun) {
    sandbox.corrupt(file, text);
    outcomes.push(await sandbox.run(kind));
    sandbox.restore(file);
  }
  const problems = outcomes.flatMap((outcome) => problemsOf(outcome, file, [line], expectedWord));
  const output = [...new Set(outcomes.map((outcome) => outcome.output))].join("");
  if (suggestion !== undefined && !new RegExp(`did you mean.* ${suggestion}\\b`).test(output))
    problems.push(`no suggestion of ${suggestion}`);
  return problems.length > 0 ? [`${name}: ${[...new Set(problems)].join(", ")}\n${output}`] : [];
}

test("the files are valid before they are corrupted: a run sends requests and writes reports", {
  timeout: 180_000,
}, async () => {
  for (const kind of kinds) {
    const [lint, run] = [await sandbox.lint(kind), await sandbox.run(kind)];
    expect(lint).toEqual({
      code: 0,
      output: "3 actions and 1 other files checked: no problems\n".replace(
        "1",
        kind === "target" || kind === "known" ? "1" : "0",
      ),
    });
    expect(run.code, kind).not.toBe(2);
    expect(sandbox.sideEffects(), kind).toHaveLength(2);
    sandbox.clearSideEffects();
  }
});

describe.each(kinds)("%s", (kind) => {
  const { files, keys, corruptedKeys } = generateMalformedFiles(kind);
  const groups = new Map<string, MalformedFile[]>();
  for (const file of files) {
    const key = /^([\w-]+)(?! unknown)/.exec(file.name)?.[1] ?? "the file";
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }

  test("every key of the schema is corrupted", () => {
    expect([...keys].filter(([key]) => !corruptedKeys.has(key)).map(([, path]) => path)).toEqual([]);
  });

  test.each([...groups])("%s", async (_, group) => {
    const groupFailures: string[] = [];
    // `run` reads its files with the code of `lint`, so it gets only one malformed file for each expected word.
    const testedWords = new Set<string>();
    const linted = await sandbox.lintEach(
      kind,
      group.map(({ text }) => text),
    );
    for (const [i, file] of group.entries()) {
      const outcome = linted[i] as CliOutcome;
      groupFailures.push(...(await failures(kind, file, outcome, !testedWords.has(file.expectedWord))));
      testedWords.add(file.expectedWord);
    }
    fileCounts[kind] = (fileCounts[kind] ?? 0) + group.length;
    expect(groupFailures.slice(0, 5)).toEqual([]);
    expect(sandbox.sideEffects()).toEqual([]);
  });
});

describe("handwritten", () => {
  test.each(handwrittenFiles.map((row) => [`${row.kind}: ${row.name}`, row] as const))("%s", async (_, row) => {
    const { kind, text, lines, expectedWord, only } = row;
    const file = sandbox.pathOf(kind);
    sandbox.corrupt(file, text);
    const outcomes = { lint: await sandbox.lint(kind), run: await sandbox.run(kind) };
    sandbox.restore(file);
    fileCounts["handwritten"] = (fileCounts["handwritten"] ?? 0) + 1;
    for (const command of only ? [only] : (["lint", "run"] as const))
      expect([command, problemsOf(outcomes[command], file, lines, expectedWord), outcomes[command].output]).toEqual([
        command,
        [],
        expect.anything(),
      ]);
    if (only !== "lint") expect(sandbox.sideEffects()).toEqual([]);
    sandbox.clearSideEffects();
  });
});

describe("specs folder", () => {
  const pathInSpecs = (name: string) => join(sandbox.specsFolder, name);

  test("a folder without service.yaml is reported by its path", async () => {
    sandbox.corrupt(sandbox.pathOf("service"), undefined);
    const outcomes = [await sandbox.lint("service"), await sandbox.run("service")];
    sandbox.restore(sandbox.pathOf("service"));
    for (const outcome of outcomes)
      expect(problemsOf(outcome, pathInSpecs("demo/box"), [1], "service.yaml")).toEqual([]);
  });

  test("two files of one action, and a file with an unsupported extension", async () => {
    sandbox.corrupt(pathInSpecs("demo/box/LookAgain.yaml"), readFileSync(pathInSpecs("demo/box/LookBox.yaml")));
    const duplicateOutcome = await sandbox.lint("action");
    sandbox.restore(pathInSpecs("demo/box/LookAgain.yaml"));
    expect(problemsOf(duplicateOutcome, pathInSpecs("demo/box/LookAgain.yaml"), [1], "LookBox")).toEqual([]);
    sandbox.corrupt(pathInSpecs("demo/box/LookAgain.yml"), "action: LookAgain\n");
    const extensionOutcome = await sandbox.lint("action");
    sandbox.restore(pathInSpecs("demo/box/LookAgain.yml"));
    expect(problemsOf(extensionOutcome, pathInSpecs("demo/box/LookAgain.yml"), [1], "LookAgain.yaml")).toEqual([]);
  });

  test("a binding of the envelope that assay does not implement", async () => {
    sandbox.corrupt(
      sandbox.pathOf("service"),
      toYaml(setAt(samples.service, ["bindings"], ["tc3-post", "tc9-post"])).text,
    );
    const envelope = setAt(samples.envelope, ["bindings", "tc9-post"], { extends: "tc3-post" });
    sandbox.corrupt(sandbox.pathOf("envelope"), toYaml(envelope).text);
    const outcomes = [await sandbox.lint("service"), await sandbox.run("service")];
    sandbox.restore(sandbox.pathOf("service"));
    sandbox.restore(sandbox.pathOf("envelope"));
    for (const outcome of outcomes)
      expect(problemsOf(outcome, sandbox.pathOf("service"), [11], "tc9-post")).toEqual([]);
  });

  test.each(["nowhere", "demo/box/service.yaml", "demo/box"])("--specs %s", async (name) => {
    for (const command of ["lint", "run"])
      expect(
        problemsOf(await sandbox.command(command, "--specs", pathInSpecs(name)), pathInSpecs(name), [1], ""),
      ).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0).each(kinds)("a file without read permission: %s", async (kind) => {
    chmodSync(sandbox.pathOf(kind), 0);
    const outcomes = [await sandbox.lint(kind), await sandbox.run(kind)];
    sandbox.restore(sandbox.pathOf(kind));
    for (const outcome of outcomes) expect(problemsOf(outcome, sandbox.pathOf(kind), [1], "read")).toEqual([]);
  });

  test.each(kinds)("a byte order mark, anchors and comments are valid: %s", async (kind) => {
    const validText = readFileSync(sandbox.pathOf(kind), "utf8");
    sandbox.corrupt(
      sandbox.pathOf(kind),
      `\ufeff# a comment\n--- # and another\n${validText.replace('"demo', '&name "demo')}...\n`,
    );
    const outcome = await sandbox.lint(kind);
    sandbox.restore(sandbox.pathOf(kind));
    expect(outcome.code, outcome.output).toBe(0);
  });
});
