/** Disputes of the documents: `list conflicts` names each, and a target that settles one gets cases with that outcome. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { selectCases } from "../../../runner/cli/select-cases.ts";
import { emulatorTarget } from "../../../runner/cli/target/find-target.ts";
import { readTarget } from "../../../runner/cli/target/target-file.ts";
import type { Case } from "../../../runner/model/index.ts";
import { disputesOf } from "../../../runner/spec/disputes.ts";
import { specsOf } from "../../vitest.ts";
import { runCases } from "../detection/run-cases.ts";
import { command } from "./run-in-process.ts";

const specs = specsOf();
const disputes = disputesOf(specs.services.values());
const MEMBERS = "tencent/im/delete_group_member/conflict/MemberToDel_Account/maxItems";
const NAMES = "tencent/iai/CreateGroup/conflict/GroupName/pattern";
const WINDOW = "aws-json/conflict/X-Amz-Date/x-window";

const folder = mkdtempSync(join(tmpdir(), "assay-conflicts-"));
afterAll(() => rmSync(folder, { recursive: true }));

function targetFile(conflicts: object): string {
  const credentials = { id: "A", key: "B" };
  const service = { endpoint: "http://127.0.0.1:1", credentials, region: "us-east-1" };
  const file = join(folder, "mine.yaml");
  const im = { ...service, credentials: { ...credentials, app: "C" } };
  writeFileSync(file, JSON.stringify({ services: { "tencent/im": im, tencent: service, aws: service }, conflicts }));
  return file;
}

const select = (conflicts: Record<string, string>, glob: string): Case[] => [
  ...selectCases(specs, { depth: "standard", select: [glob] }, { ...emulatorTarget("http://127.0.0.1:1"), conflicts }),
];

const outcomes = (cases: readonly Case[]) =>
  Object.fromEntries(
    cases.map(({ slug, level, expect: e }) => [slug, `${level} ${e.outcome}${"codes" in e ? ` ${e.codes[0]}` : ""}`]),
  );

test("`list conflicts` has each dispute of the specs, with its readings", async () => {
  const { code, lines } = await command(["list", "conflicts"]);
  expect(code ?? 0).toBe(0);
  expect(lines.filter(Boolean).map((line) => line.split("  ")[0])).toEqual(disputes.map(({ id }) => id));
  expect(lines.find((line) => line.startsWith(MEMBERS))).toBe(
    `${MEMBERS}  later editions of the page allow 100  100: refused with 10004 or 10005; 500: accepted`,
  );
  const conflicts = [...specs.actions.values()].flatMap((a) => a.parameters.flatMap((p) => p.conflicts));
  expect(conflicts.filter((c) => !disputes.some((d) => d.conflicts.includes(c)))).toEqual([]);
  expect(disputes.map(({ id }) => id)).toContain(WINDOW);
});

test("`explain --target` shows a case as the target that settles its dispute is judged", async () => {
  const id = "tencent/im/delete_group_member/boundary/MemberToDel_Account/101-items@tim-post";
  const expectedLine = async (...args: string[]) => {
    const { lines } = await command(["explain", id, ...args]);
    return lines.filter((line) => /^(?:level|expected): /.test(line));
  };
  expect(await expectedLine()).toEqual(["level: may", "expected: any"]);
  expect(await expectedLine("--target", targetFile({ [MEMBERS]: "100" }))).toEqual([
    "level: must",
    "expected: refused with 10004 or 10005",
  ]);
  const other = "aws/rekognition/DeleteUser/valid/call/minimal@aws-json";
  writeFileSync(
    join(folder, "im.yaml"),
    "services: { tencent/im: { endpoint: 'http://127.0.0.1:1', credentials: { id: A, key: B, app: C } } }\n",
  );
  const { code, err } = await command(["explain", other, "--target", join(folder, "im.yaml")]);
  expect(code).toBe(2);
  expect(err).toContain(`the target im has no endpoint for the action of ${other}`);
});

describe("a target that settles a dispute", () => {
  const boundary = "tencent/im/delete_group_member/boundary/MemberToDel_Account/*-items@tim-post";

  test.each([
    [{}, { "101-items": "may any", "500-items": "may any" }],
    [{ [MEMBERS]: "100" }, { "101-items": "must refused 10004", "500-items": "must refused 10004" }],
    [{ [MEMBERS]: "500" }, { "101-items": "must success", "500-items": "must success" }],
  ])("%j: the disputed values have that outcome, the ids stay", (conflicts, expected) => {
    const cases = select(conflicts, boundary);
    expect(outcomes(cases)).toMatchObject({ "100-items": "must success", ...expected });
    expect(cases.map(({ id }) => id)).toEqual(select({}, boundary).map(({ id }) => id));
    expect(
      cases.filter(
        ({ level, title, expect: e }) =>
          level === "must" && !title.startsWith(e.outcome === "refused" ? "MUST refuse" : "MUST accept"),
      ),
    ).toEqual([]);
  });

  test("over the characters of a pattern, and over the window of an envelope", () => {
    const names = "tencent/iai/CreateGroup/illegal-charset/GroupName/space-inside@tc3-post";
    expect(outcomes(select({ [NAMES]: "accepted" }, names))).toEqual({ "space-inside": "must success" });
    const code = "InvalidParameterValue.GroupNameIllegal";
    expect(outcomes(select({ [NAMES]: "refused" }, names))).toEqual({ "space-inside": `must refused ${code}` });
    const window = "aws/rekognition/DeleteUser/signature/window/899-seconds-old@awsjson11";
    expect(outcomes(select({ [WINDOW]: "900" }, window))).toEqual({ "899-seconds-old": "must success" });
    expect(outcomes(select({ [WINDOW]: "300" }, window))["899-seconds-old"]).toMatch(/^must refused /);
  });

  test("fails where it has another reading than it says", async () => {
    const cases = select({ [MEMBERS]: "100" }, boundary);
    const { verdicts } = await runCases({ select: [], cases, specs });
    const failed = verdicts.filter(({ status }) => status === "failed").map(({ id }) => id);
    expect(failed.sort()).toEqual(["101", "499", "500"].map((n) => boundary.replace("*", n)));
  });
});

describe("a target file", () => {
  test("may write a limit as a number", () => {
    expect(readTarget(targetFile({ [MEMBERS]: 100 }), null, specs).conflicts).toEqual({ [MEMBERS]: "100" });
  });

  test.each([
    [{ [`${MEMBERS}s`]: 100 }, `no such conflict; did you mean ${MEMBERS}`],
    [{ [MEMBERS]: 250 }, "250 is no reading of this conflict; write 500 or 100"],
  ])("%j is a usage error that names the known ones", async (conflicts, message) => {
    const { code, err } = await command(["plan", "--target", targetFile(conflicts)]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
