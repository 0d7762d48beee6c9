/** Lint against the generated cases: contradictions in a documentation page, and codes that no case expects, are problems unless the spec declares them. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lintAgainstCases } from "../../../runner/cli/commands/lint.ts";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { runAssay } from "../cli/run-cli.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "assay-contradictions-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Number, from 1, of the first line that contains or matches the text; 0 if there is none. */
function lineOf(file: string, text: string | RegExp): number {
  const lines = readFileSync(join(dir, file), "utf8").split("\n");
  return lines.findIndex((line) => (typeof text === "string" ? line.includes(text) : text.test(line))) + 1;
}

/** `file`: relative to the specs folder. */
interface Replacement {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** Replaces a text in a copy of the built-in specs and returns the problems, with paths relative to the specs folder. Loading must report none: it would hide them. */
function problemsAfter({ file, from, to }: Replacement) {
  const path = join(dir, file);
  const serviceFolder = dirname(file);
  if (!existsSync(path)) cpSync(join(builtInSpecs(), serviceFolder), join(dir, serviceFolder), { recursive: true });
  const text = readFileSync(path, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(path, changed);
  const specs = loadLintedSpecs(dir);
  expect(specs.problems).toEqual([]);
  return lintAgainstCases(specs).map((p) => ({ ...p, file: p.file.slice(dir.length + 1) }));
}

const createGroup = "tencent/iai/CreateGroup.yaml";
const deletePerson = "tencent/iai/DeletePersonFromGroup.yaml";

test("the built-in specs declare all contradictions of their pages", () => {
  expect(lintAgainstCases(loadLintedSpecs(builtInSpecs()))).toEqual([]);
});

describe("a successful sample that breaks a documented constraint", () => {
  test("without the conflict about spaces in Tag, samples 1 and 2 are reported with the character", () => {
    const from =
      / {6}- constraint: pattern\n {8}chars: ' '\n {8}description: the table forbids it, but samples 1 and 2 contain it and.*\n.*\n/;
    const problems = problemsAfter({ file: createGroup, from, to: "" });
    const tag = (value: string) => ({ file: createGroup, line: lineOf(createGroup, value), column: 12 });
    expect(problems).toMatchObject([tag("Tag: Excluding interns"), tag("Tag: All girls")]);
    expect(problems.map((p) => p.message)).toEqual([
      expect.stringMatching(/^samples\.0\.request\.Tag: sample 1 .*Tag.*" ".*constraint: pattern/),
      expect.stringMatching(/^samples\.1\.request\.Tag: sample 2 .*Tag.*" "/),
    ]);
  });

  test("a conflict covers only its own characters", () => {
    const problems = problemsAfter({ file: createGroup, from: "chars: '[ #,]'", to: "chars: '[ ,]'" });
    expect(problems).toMatchObject([{ line: lineOf(createGroup, "GroupName: 'Dormitory") }]);
    expect(problems[0]?.message).toMatch(/GroupName contains "#",/);
  });

  test("a character in a list item is reported at the item", () => {
    const from = / {6}- constraint: items\.pattern\n {8}chars: ' '\n.*\n.*\n/;
    const problems = problemsAfter({ file: createGroup, from, to: "" });
    expect(problems.map((p) => p.line)).toContain(lineOf(createGroup, "GroupExDescriptions.1: Department name"));
    for (const problem of problems)
      expect(problem.message).toMatch(/GroupExDescriptions\[\d\] .*constraint: items\.pattern/);
  });

  test("a length above the limit is reported with the missing conflict; with that conflict, nothing is reported", () => {
    const file = "tencent/im/delete_group_member.yaml";
    const problems = problemsAfter({ file, from: "x-maxBytes: 48", to: "x-maxBytes: 5" });
    expect(problems).toHaveLength(3);
    expect(problems[0]?.message).toMatch(/GroupId has 14 bytes.*constraint: x-maxBytes.*`bytes`/);
    const conflict = "    conflicts: [{ constraint: x-maxBytes, bytes: [6, 48], description: the samples are longer }]";
    const from = /( {4}source: \{ section: 请求包字段说明, row: GroupId \}\n)/;
    expect(problemsAfter({ file, from, to: `${conflict}\n$1` })).toEqual([]);
  });

  test("too many items in a list", () => {
    const file = "tencent/im/delete_group_member.yaml";
    expect(problemsAfter({ file, from: "maxItems: 500", to: "maxItems: 1" }).map((p) => p.message)).toEqual([
      expect.stringMatching(/sample 1 .*has 2 items.*constraint: maxItems.*`items`/),
      expect.stringMatching(/sample 2 /),
      expect.stringMatching(/sample 3 /),
    ]);
  });

  test("a value outside the enumeration, and a missing required member", () => {
    const file = "tencent/im/delete_group_member.yaml";
    expect(problemsAfter({ file, from: "Silence: 1,", to: "Silence: 7," })[0]?.message).toMatch(
      /Silence is not one of 0, 1/,
    );
    const withoutMember = problemsAfter({
      file,
      from: "request: { GroupId: '@TGS#2J4SZEAEL', Silence: 7, ",
      to: "request: { ",
    });
    expect(withoutMember.map((p) => p.message)).toContainEqual(
      expect.stringMatching(/^samples\.1\.request: sample 2 succeeds without GroupId/),
    );
  });
});

describe("a refused sample", () => {
  test("its code is not documented", () => {
    const file = "tencent/iai/DeletePerson.yaml";
    const code = "Code: ResourceNotFound.ErrorPersonNotExisted";
    const [problem, ...otherProblems] = problemsAfter({ file, from: code, to: "Code: ResourceNotFound.Nobody" });
    expect(otherProblems).toEqual([]);
    expect(problem?.line).toBe(lineOf(file, "ResourceNotFound.Nobody") - 1);
    expect(problem?.message).toMatch(/sample 1 .*ResourceNotFound\.Nobody.*source: \{ sample: 1 \}/);
    const entry =
      "  ResourceNotFound.Nobody: { description: no such person, cause: unreachable, reason: a test, source: { sample: 1 } }\n";
    const withEntry = problemsAfter({ file, from: /(errors:.*\n)/, to: `$1${entry}` });
    expect(withEntry.map((p) => p.message)).toEqual([expect.stringMatching(/breaks no rule with that code/)]);
  });

  test("nothing in the spec leads to its code", () => {
    const problems = problemsAfter({
      file: deletePerson,
      from: / {4}given:\n {6}GroupId.*\n {6}PersonId.*containers: another group \}\n/,
      to: "",
    });
    expect(problems).toMatchObject([{ file: deletePerson, line: lineOf(deletePerson, /^ {6}Response:$/) }]);
    expect(problems[0]?.message).toMatch(/^samples\.1\.response: sample 2 .*GroupPersonMapNotExist/);
    const withValidId = problemsAfter({
      file: createGroup,
      from: "GroupId: Tencent Employees in Shenzhen",
      to: "GroupId: TencentEmployees",
    });
    expect(withValidId.map((p) => p.message)).toContainEqual(
      expect.stringMatching(/^samples\.3\.response: sample 4 .*GroupIdIllegal/),
    );
  });
});

describe("a documented code that no case expects", () => {
  test("without its situation, the problem points at `errors` if the code is documented in service.yaml", () => {
    const from = / {2}person-unknown:\n(?: {4}.*\n){3} {2}person-deleted:\n(?: {4}.*\n){3}/;
    expect(problemsAfter({ file: deletePerson, from, to: "" })).toEqual([]);
    const lastCodes = "[InvalidParameterValue.PersonIdNotExist, FailedOperation.GroupPersonMapNotExist]";
    expect(
      problemsAfter({ file: deletePerson, from: lastCodes, to: "[FailedOperation.GroupPersonMapNotExist]" }),
    ).toEqual([
      {
        file: deletePerson,
        line: lineOf(deletePerson, "errors: all of service"),
        column: 9,
        message: expect.stringMatching(/^InvalidParameterValue\.PersonIdNotExist .*this action.*unreachable/),
      },
    ]);
  });

  test("a wrong cause is reported at the entry of the list; a correct cause resolves it", () => {
    const file = "aws/rekognition/service.yaml";
    const row = "ServiceQuotaExceededException: { description: the account has reached its quota, status: 400, cause: ";
    const problems = problemsAfter({ file, from: `${row}account`, to: `${row}state` });
    const actionFile = "aws/rekognition/CreateUser.yaml";
    expect(problems).toHaveLength(2);
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: actionFile,
        line: lineOf(actionFile, "- ServiceQuotaExceededException"),
        column: 5,
      }),
    );
    expect(problemsAfter({ file, from: `${row}state`, to: `${row}[state, unreachable], reason: a test` })).toEqual([]);
  });
});

test("`assay lint --specs` reports the problems and exits with 2", async () => {
  problemsAfter({ file: createGroup, from: "chars: '[ #,]'", to: "chars: '[ ,]'" });
  const { code, out } = await runAssay("lint", "--specs", dir);
  expect(code).toBe(2);
  expect(out).toMatch(/CreateGroup\.yaml:\d+:\d+: samples\.1\.request\.GroupName: sample 2 /);
});
