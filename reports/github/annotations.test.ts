/** Annotations, read back by a model of the GitHub runner. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { Change, ChangesSince, Footer, Header, Recording, Verdict } from "../../runner/model/index.ts";
import { loadSpecs } from "../../runner/spec/load.ts";
import { builtInSpecs } from "../../runner/spec/package-root.ts";
import { ruleLocator } from "../../runner/spec/rule-location.ts";
import { parseWorkflowCommands } from "../../suites/self/github/workflow-commands.ts";
import { footerOf, hostile, verdictOf } from "../testing/laws.ts";
import { type AnnotationOptions, annotations } from "./annotations.ts";
import { formatAnnotation, stopCommands } from "./workflow-commands.ts";

const header = { run: "now", rerun: "assay run --select {id}" } as Header;
const defaultOptions: AnnotationOptions = { strict: false, placeOf: () => undefined };

function annotationsOf(
  verdicts: readonly Verdict[],
  overrides: Partial<Footer> = {},
  options: Partial<AnnotationOptions> = {},
) {
  const recording = recordingInMemory(header, verdicts, footerOf(verdicts, overrides));
  const output = annotations(recording, { ...defaultOptions, ...options })
    .map(formatAnnotation)
    .join("");
  const { commands, commandsStopped } = parseWorkflowCommands(output);
  expect(commands).toHaveLength(output.split("\n").length - 1);
  expect(commandsStopped).toBe(false);
  return commands.map(({ name, properties: { title = "", ...otherProperties }, text }) => ({
    name,
    title,
    ...otherProperties,
    text,
  }));
}

const failing = (n: number, code: string, overrides: Partial<Verdict> = {}): Verdict =>
  verdictOf(n, "failed", {
    findings: [{ check: "code", level: "must", location: "/Code", expected: ["A"], actual: code }],
    actual: code,
    ...overrides,
  });

describe("a run", () => {
  test("without failures has none", () => {
    expect(annotationsOf([verdictOf(0, "passed"), verdictOf(1, "observed"), verdictOf(2, "known")])).toEqual([]);
  });

  test("one error for each cause: number of cases, finding, first case with its source, rerun command", () => {
    const printed = annotationsOf([failing(0, "X"), failing(1, "X"), failing(2, "Y")]);
    expect(printed.map(({ name }) => name)).toEqual(["error", "error"]);
    expect(printed[0]).toEqual({
      name: "error",
      title: "assay: failed, 2 cases of p/s/Act",
      text: [
        'code: /Code must be A, but is "X".',
        "p/s/Act/valid/case-0@tc3-post (page.txt, section 2)",
        "rerun: assay run --select p/s/Act/valid/case-0@tc3-post",
      ].join("\n"),
    });
  });

  test("errored cases and stale known failures are errors; cases without a verdict, problems and leftovers are warnings", () => {
    const printed = annotationsOf([verdictOf(0, "errored"), verdictOf(1, "indeterminate", { reason: "no answer" })], {
      staleKnownFailures: ["p/s/old"],
      runProblems: ["no preflight"],
      leftovers: 2,
    });
    expect(printed.map(({ name, title }) => [name, title])).toEqual([
      ["error", "assay: a known failure is stale"],
      ["error", "assay: errored, 1 case of p/s/Act"],
      ["warning", "assay: indeterminate, 1 case of p/s/Act"],
      ["warning", "assay: problem of the run"],
      ["warning", "assay: resources may be left on the target"],
    ]);
  });

  test("that fails only because cases were not judged has a warning with the counts", () => {
    const printed = annotationsOf([verdictOf(0, "unimplemented", { reason: "not there" })], { exit: 3 });
    expect(printed.map(({ name }) => name)).toEqual(["warning"]);
    expect(printed[0]?.text).toMatch(/1 unimplemented/);
    expect(annotationsOf([verdictOf(0, "unimplemented", { reason: "announced" })], { exit: 0 })).toEqual([]);
  });

  test("with a warning that fails it has an error", () => {
    const verdict = verdictOf(0, "passed", {
      findings: [{ check: "code", level: "should", location: "/Code", expected: ["A"], actual: "B" }],
    });
    expect(annotationsOf([verdict], { warnings: 1 })).toEqual([]);
    expect(annotationsOf([verdict], { warnings: 1 }, { strict: true }).map(({ name, title }) => [name, title])).toEqual(
      [["error", "assay: warning, 1 case of p/s/Act"]],
    );
  });

  test("has at most ten annotations of a kind: nine, and one with the number of the others", () => {
    const failures = (n: number) => Array.from({ length: n }, (_, i) => failing(i, `Code${i}`));
    expect(annotationsOf(failures(10))).toHaveLength(10);
    const otherAction = failing(10, "Code0", { action: "p/s/Other" });
    expect(annotationsOf([...failures(10), otherAction])[0]?.title).toBe("assay: failed, 2 cases of 2 actions");
    const printed = annotationsOf(failures(25));
    expect(printed).toHaveLength(10);
    expect(printed.slice(0, 9).every(({ text }) => text.includes("rerun:"))).toBe(true);
    expect(printed[9]?.text).toMatch(/^and 16 more errors/);
  });

  test("with thousands of causes locates only the rules of those that it shows, and reads the log once", () => {
    const verdicts = Array.from({ length: 2000 }, (_, n) =>
      failing(n, `Code${n}`, {
        rule: `p/s/Act/rule/${n}`,
        ...(n % 2 === 0 ? { status: "indeterminate", reason: `${n}` } : {}),
      }),
    );
    const recording = recordingInMemory(header, verdicts, footerOf(verdicts));
    const requestedActions: (string | undefined)[] = [];
    const countedRecording: Recording = {
      ...recording,
      verdicts: (action) => {
        requestedActions.push(action);
        return recording.verdicts(action);
      },
    };
    const requestedRules: (string | null)[] = [];
    const locate = (_: string, rule: string | null) => void requestedRules.push(rule);
    expect(annotations(countedRecording, { strict: false, placeOf: locate })).toHaveLength(20);
    expect(requestedRules).toHaveLength(18);
    expect(requestedRules.slice(0, 2)).toEqual(["p/s/Act/rule/1", "p/s/Act/rule/3"]);
    expect(requestedActions).toEqual([undefined]);
  });
});

test("compared with an earlier run, only the changes that fail the run have annotations", () => {
  const changes: Change[] = [
    { id: "p/s/Act/worse", kind: "worse", before: "passed", after: "failed" },
    { id: "p/s/Act/gone", kind: "removed", before: "passed", after: "" },
  ];
  const kinds = { worse: 1, better: 0, other: 0, added: 0, removed: 1 };
  const counts = { compared: 1, total: 2, failing: 1, noVerdict: 0, newlyUndecided: 0 };
  const since: ChangesSince = { run: "then", started: "", kinds, changes, remarks: [], ...counts };
  const printed = annotationsOf([failing(0, "X")], { since });
  expect(printed.map(({ name, title }) => [name, title])).toEqual([["error", "assay: worse since then"]]);
  expect(printed[0]?.text).toMatch(/^passed → failed\np\/s\/Act\/worse\nrerun: /);
  // The log holds only the first thousand changes.
  expect(
    annotationsOf([], { since: { ...since, failing: 4000, changes: Array(1000).fill(changes[0]) } })[9]?.text,
  ).toMatch(/^and 3991 more errors/);
});

test("hostile text creates no command and breaks none", () => {
  const text = `${hostile("X")}\n::error::x,title=y%0A::set-output name=a::b ##[error]z`;
  const printed = annotationsOf([failing(0, text), verdictOf(1, "indeterminate", { reason: text })], {
    runProblems: [text],
  });
  expect(printed.map(({ name }) => name)).toEqual(["error", "warning", "warning"]);
  for (const annotation of printed) {
    expect(Object.keys(annotation)).toEqual(["name", "title", "text"]);
    expect(annotation.title).toMatch(/^assay: [\w ,/]+$/);
    expect(annotation.text).toContain("##[error]z");
  }
});

describe("the location in a spec", () => {
  const specs = loadSpecs(builtInSpecs());
  const action = "tencent/iai/CreateGroup";
  const locateRule = ruleLocator(specs, process.cwd());
  const specLineOf = async (rule: string) => {
    const { readFileSync } = await import("node:fs");
    const location = locateRule(action, `${action}/rule/${rule}`);
    expect(location?.file).toBe(`specs/${action}.yaml`);
    return readFileSync(location?.file ?? "", "utf8")
      .split("\n")
      [(location?.line ?? 0) - 1]?.trim();
  };

  test.each([
    ["GroupId/x-maxBytes", /^x-maxBytes: .*GroupIdTooLong/],
    ["GroupExDescriptions.items/maxLength", /^maxLength:$/],
    // The service declares this rule for all its actions, so the line is that of the parameter.
    ["GroupId/absent", /^GroupId:$/],
    ["situation/again", /^again:$/],
  ])("of the rule %s is the line of the rule", async (rule, expectedLine) => {
    expect(await specLineOf(rule)).toMatch(expectedLine);
  });

  test("of a gateway rule, or without a rule, is the file alone", () => {
    expect(locateRule(action, `${action}/rule/protocol/Version/absent`)).toEqual({ file: `specs/${action}.yaml` });
    expect(locateRule(action, null)).toEqual({ file: `specs/${action}.yaml` });
    expect(locateRule("no/such/Action", null)).toBeUndefined();
  });

  test("of a file outside the repository or in node_modules does not exist", () => {
    const root = mkdtempSync(join(tmpdir(), "assay-"));
    expect(ruleLocator(specs, root)(action, null)).toBeUndefined();
    const path = join(root, "node_modules", "assay", "x.yaml");
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, "");
    expect(ruleLocator({ ...specs, files: new Map([[action, path]]) }, root)(action, null)).toBeUndefined();
    expect(
      ruleLocator({ ...specs, files: new Map([[action, join(root, "mine", "x.yaml")]]) }, root)(action, null),
    ).toEqual({
      file: "mine/x.yaml",
    });
  });

  test("is in the annotation of a cause", () => {
    const id = `${action}/boundary/GroupId/65-bytes-ascii@tc3-post`;
    const verdict = failing(0, "X", { id, action, rule: `${action}/rule/GroupId/x-maxBytes` });
    const [annotation] = annotationsOf([verdict], {}, { placeOf: locateRule });
    expect(annotation).toMatchObject({ file: `specs/${action}.yaml`, line: expect.stringMatching(/^\d+$/) });
  });
});

describe("output while commands are stopped", () => {
  test("holds no command, and afterwards commands work again", () => {
    let out = "";
    const write = (text: string) => {
      out += text;
    };
    const resumeCommands = stopCommands("t-0-k", write);
    write("::error::x\n##[error]x\n  ::warning::y\n::stop-commands::z\n::z::\n");
    expect(parseWorkflowCommands(out)).toEqual({ commands: [], commandsStopped: true });
    resumeCommands();
    write("::error::mine\n");
    expect(parseWorkflowCommands(out).commands).toEqual([{ name: "error", properties: {}, text: "mine" }]);
    expect(parseWorkflowCommands("::error::x\n##[error]x\n").commands).toHaveLength(2);
  });
});
