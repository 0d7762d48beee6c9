/** What a page says against itself, and codes that nothing gets, are faults of a spec that does not say so: each with its place. */
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

/** A line of the file, its number from 1. */
function lineOf(file: string, text: string | RegExp): number {
  const lines = readFileSync(join(dir, file), "utf8").split("\n");
  return lines.findIndex((line) => (typeof text === "string" ? line.includes(text) : text.test(line))) + 1;
}

interface Splice {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** Replaces a text and gives the faults, paths shortened; that of the load would hide them. */
function after({ file, from, to }: Splice) {
  const path = join(dir, file);
  const service = dirname(file);
  if (!existsSync(path)) cpSync(join(builtInSpecs(), service), join(dir, service), { recursive: true });
  const text = readFileSync(path, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(path, changed);
  const specs = loadLintedSpecs(dir);
  expect(specs.problems).toEqual([]);
  return lintAgainstCases(specs).map((p) => ({ ...p, file: p.file.slice(dir.length + 1) }));
}

const create = "tencent/iai/CreateGroup.yaml";
const remove = "tencent/iai/DeletePersonFromGroup.yaml";

test("the built-in specs say all that their pages say against themselves", () => {
  expect(lintAgainstCases(loadLintedSpecs(builtInSpecs()))).toEqual([]);
});

describe("a sample that succeeds against its own page", () => {
  test("strike the conflict over blanks from Tag: samples 1 and 2 are told, with the character", () => {
    const from =
      / {6}- constraint: pattern\n {8}chars: ' '\n {8}description: the table forbids it, but samples 1 and 2 contain it and.*\n.*\n/;
    const faults = after({ file: create, from, to: "" });
    const tag = (value: string) => ({ file: create, line: lineOf(create, value), column: 12 });
    expect(faults).toMatchObject([tag("Tag: Excluding interns"), tag("Tag: All girls")]);
    expect(faults.map((f) => f.message)).toEqual([
      expect.stringMatching(/^samples\.0\.request\.Tag: sample 1 .*Tag.*" ".*constraint: pattern/),
      expect.stringMatching(/^samples\.1\.request\.Tag: sample 2 .*Tag.*" "/),
    ]);
  });

  test("a conflict covers the characters that it names, and no others", () => {
    const faults = after({ file: create, from: "chars: '[ #,]'", to: "chars: '[ ,]'" });
    expect(faults).toMatchObject([{ line: lineOf(create, "GroupName: 'Dormitory") }]);
    expect(faults[0]?.message).toMatch(/GroupName contains "#",/);
  });

  test("in an item of a list: the item is told", () => {
    const from = / {6}- constraint: items\.pattern\n {8}chars: ' '\n.*\n.*\n/;
    const faults = after({ file: create, from, to: "" });
    expect(faults.map((f) => f.line)).toContain(lineOf(create, "GroupExDescriptions.1: Department name"));
    for (const fault of faults) expect(fault.message).toMatch(/GroupExDescriptions\[\d\] .*constraint: items\.pattern/);
  });

  test("a length: the limit and the conflict that is wanted are told; with it, nothing is", () => {
    const file = "tencent/im/delete_group_member.yaml";
    const faults = after({ file, from: "x-maxBytes: 48", to: "x-maxBytes: 5" });
    expect(faults).toHaveLength(3);
    expect(faults[0]?.message).toMatch(/GroupId has 14 bytes.*constraint: x-maxBytes.*`bytes`/);
    const conflict = "    conflicts: [{ constraint: x-maxBytes, bytes: [6, 48], description: the samples are longer }]";
    const from = /( {4}source: \{ section: 请求包字段说明, row: GroupId \}\n)/;
    expect(after({ file, from, to: `${conflict}\n$1` })).toEqual([]);
  });

  test("too many items", () => {
    const file = "tencent/im/delete_group_member.yaml";
    expect(after({ file, from: "maxItems: 500", to: "maxItems: 1" }).map((f) => f.message)).toEqual([
      expect.stringMatching(/sample 1 .*has 2 items.*constraint: maxItems.*`items`/),
      expect.stringMatching(/sample 2 /),
      expect.stringMatching(/sample 3 /),
    ]);
  });

  test("a value that no enumeration has, and a required member that is not there", () => {
    const file = "tencent/im/delete_group_member.yaml";
    expect(after({ file, from: "Silence: 1,", to: "Silence: 7," })[0]?.message).toMatch(/Silence is not one of 0, 1/);
    const absent = after({ file, from: "request: { GroupId: '@TGS#2J4SZEAEL', Silence: 7, ", to: "request: { " });
    expect(absent.map((f) => f.message)).toContainEqual(
      expect.stringMatching(/^samples\.1\.request: sample 2 succeeds without GroupId/),
    );
  });
});

describe("a sample that is refused", () => {
  test("with a code that no table has", () => {
    const file = "tencent/iai/DeletePerson.yaml";
    const code = "Code: ResourceNotFound.ErrorPersonNotExisted";
    const [fault, ...others] = after({ file, from: code, to: "Code: ResourceNotFound.Nobody" });
    expect(others).toEqual([]);
    expect(fault?.line).toBe(lineOf(file, "ResourceNotFound.Nobody") - 1);
    expect(fault?.message).toMatch(/sample 1 .*ResourceNotFound\.Nobody.*source: \{ sample: 1 \}/);
    const entry =
      "  ResourceNotFound.Nobody: { description: nobody, cause: unreachable, reason: a test, source: { sample: 1 } }\n";
    const named = after({ file, from: /(errors:.*\n)/, to: `$1${entry}` });
    expect(named.map((f) => f.message)).toEqual([expect.stringMatching(/breaks no rule with that code/)]);
  });

  test("although nothing in the spec leads to its code", () => {
    const faults = after({
      file: remove,
      from: / {4}given:\n {6}GroupId.*\n {6}PersonId.*containers: another group \}\n/,
      to: "",
    });
    expect(faults).toMatchObject([{ file: remove, line: lineOf(remove, /^ {6}Response:$/) }]);
    expect(faults[0]?.message).toMatch(/^samples\.1\.response: sample 2 .*GroupPersonMapNotExist/);
    const valid = after({
      file: create,
      from: "GroupId: Tencent Employees in Shenzhen",
      to: "GroupId: TencentEmployees",
    });
    expect(valid.map((f) => f.message)).toContainEqual(
      expect.stringMatching(/^samples\.3\.response: sample 4 .*GroupIdIllegal/),
    );
  });
});

describe("a code that a call is said to get and no case does", () => {
  test("strike its situation: `errors` is told where the row is the service's", () => {
    const from = / {2}person-unknown:\n(?: {4}.*\n){3} {2}person-deleted:\n(?: {4}.*\n){3}/;
    expect(after({ file: remove, from, to: "" })).toEqual([]);
    const last = "[InvalidParameterValue.PersonIdNotExist, FailedOperation.GroupPersonMapNotExist]";
    expect(after({ file: remove, from: last, to: "[FailedOperation.GroupPersonMapNotExist]" })).toEqual([
      {
        file: remove,
        line: lineOf(remove, "errors: all of service"),
        column: 9,
        message: expect.stringMatching(/^InvalidParameterValue\.PersonIdNotExist .*this action.*unreachable/),
      },
    ]);
  });

  test("a written cause that is not so: the entry of the list is told, and a true cause helps", () => {
    const file = "aws/rekognition/service.yaml";
    const row = "ServiceQuotaExceededException: { description: the account has reached its quota, status: 400, cause: ";
    const faults = after({ file, from: `${row}account`, to: `${row}state` });
    const place = "aws/rekognition/CreateUser.yaml";
    expect(faults).toHaveLength(2);
    expect(faults).toContainEqual(
      expect.objectContaining({ file: place, line: lineOf(place, "- ServiceQuotaExceededException"), column: 5 }),
    );
    expect(after({ file, from: `${row}state`, to: `${row}[state, unreachable], reason: a test` })).toEqual([]);
  });
});

test("`assay lint --specs` tells them as it tells all faults, and ends with 2", async () => {
  after({ file: create, from: "chars: '[ #,]'", to: "chars: '[ ,]'" });
  const { code, out } = await runAssay("lint", "--specs", dir);
  expect(code).toBe(2);
  expect(out).toMatch(/CreateGroup\.yaml:\d+:\d+: samples\.1\.request\.GroupName: sample 2 /);
});
