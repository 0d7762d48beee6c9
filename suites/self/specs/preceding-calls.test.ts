/** A preceding call of another action sends the members that this action declares, its own literals and its own states. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { runCases } from "../detection/run-cases.ts";

const dir = mkdtempSync(join(tmpdir(), "assay-preceding-"));
const file = join(dir, "acme", "notes", "UpdateNote.yaml");
let text = "";
beforeAll(() => {
  cpSync(join(builtInSpecs(), "example", "acme"), join(dir, "acme"), { recursive: true });
  text = readFileSync(file, "utf8");
});
afterAll(() => rmSync(dir, { recursive: true }));

/** The specs in which the situation `prepared` of UpdateNote has these keys. */
function specsWith(situation: string) {
  writeFileSync(file, text.replace("situations:\n", `situations:\n  prepared:\n    ${situation}\n`));
  return loadLintedSpecs(dir);
}

test.each([
  // The new note has the title that the update then sends.
  ["CreateNote", "InvalidParameterValue.TitleInUse"],
  ["CreateNote, members: { Text: first }", "InvalidParameterValue.TitleInUse"],
  ["DeleteNote, members: { NoteId: { state: another note } }", "success"],
  ["DeleteNote", "ResourceNotFound.Note"],
])("{ call: %s } before UpdateNote: %s", async (call, expected) => {
  const outcome = expected === "success" ? "succeeds: true" : `refused: [${expected}]`;
  const specs = specsWith(`precedingCalls: [{ call: ${call} }]\n    ${outcome}`);
  expect(specs.problems).toEqual([]);
  const { verdicts, leftovers } = await runCases({ specs, select: ["acme/notes/UpdateNote/*/situation/prepared@*"] });
  expect(verdicts.map(({ status, actual, reason }) => ({ status, actual, reason }))).toEqual([
    { status: "passed", actual: expected, reason: "" },
  ]);
  expect(leftovers).toBe(0);
});

test("lint reports a required member that the judged call does not send, and a state of a parameter that the called action lacks", () => {
  const withoutTitle = text;
  text = text.replace(/ {2}Title:\n {4}required: true/, "  Title:");
  const problems = (call: string) =>
    specsWith(`precedingCalls: [${call}]\n    succeeds: true`).problems.map(({ message }) => message);
  expect(problems("{ call: CreateNote }")).toEqual([
    "situations.prepared.precedingCalls.0: CreateNote requires Title, which the call of UpdateNote does not send; add it to `members`",
  ]);
  expect(problems("{ call: CreateNote, members: { Title: a } }")).toEqual([]);
  expect(problems("{ call: CreateNote, members: { Title: a, NoteId: { state: note } } }")).toEqual([
    'situations.prepared.precedingCalls.0.members.NoteId: no parameter "NoteId"; there are Title, Text, Color, Labels',
  ]);
  text = withoutTitle;
});

test("a situation may differ from the valid call in a member only, or in what the resource was created with", async () => {
  const specs = specsWith("additionalMembers: { Title: reserved }\n    refused: [InvalidParameterValue.TitleIllegal]");
  expect(specs.problems).toEqual([]);
  const { verdicts } = await runCases({ specs, select: ["acme/notes/UpdateNote/**"], fakeClock: true });
  expect(verdicts.filter(({ status }) => status !== "passed" && status !== "observed")).toEqual([]);
  const ofSituation = verdicts.filter(({ id }) => id.includes("/situation/prepared"));
  expect(ofSituation.map(({ id, actual }) => `${id}: ${actual}`)).toEqual([
    "acme/notes/UpdateNote/situation/situation/prepared@tc3-post: InvalidParameterValue.TitleIllegal",
  ]);
  const red = specsWith(
    "where: { NoteId: { state: note, createMembers: { Color: red } } }\n    refused: [InvalidParameterValue.TitleIllegal]",
  );
  expect(red.problems).toEqual([]);
  const none = specsWith("refused: [InvalidParameterValue.TitleIllegal]").problems.map(({ message }) => message);
  expect(none).toEqual([
    "situations.prepared: does not differ from `given`; add `where` (another state, or the same with other `createMembers`), `precedingCalls` or `additionalMembers`",
  ]);
});

/** A server that deletes the note of each refused update: GetNote no longer shows it. */
function deletesWhatItRefuses(transport: Transport): Transport {
  const deleted = new Set<string>();
  return {
    ...transport,
    send: async (origin, request, timeouts) => {
      const action = request.headers.find(([name]) => name === "X-TC-Action")?.[1];
      const { NoteId = "" } = JSON.parse(Buffer.from(request.body).toString() || "{}") as { NoteId?: string };
      const response = await transport.send(origin, request, timeouts);
      if ("reason" in response) return response;
      if (action === "UpdateNote" && Buffer.from(response.body).includes("Error")) deleted.add(NoteId);
      const error = { Code: "ResourceNotFound.Note", Message: "" };
      const body = Buffer.from(JSON.stringify({ Response: { Error: error, RequestId: `r-${deleted.size}` } }));
      return action === "GetNote" && deleted.has(NoteId) ? { ...response, body } : response;
    },
  };
}

test("a refused update leaves its resource, and a server that deletes it fails", async () => {
  writeFileSync(file, text.replace("effects: { success: exists }", "effects: { success: exists, refused: unchanged }"));
  const specs = loadLintedSpecs(dir);
  expect(specs.problems).toEqual([]);
  const select = ["acme/notes/UpdateNote/boundary/**", "acme/notes/UpdateNote/illegal-charset/**"];
  const { verdicts } = await runCases({ specs, select });
  expect(verdicts.filter(({ status }) => status !== "passed" && status !== "observed").map(({ id }) => id)).toEqual([]);
  const broken = await runCases({ specs, select, wrapTransport: deletesWhatItRefuses, fakeClock: true });
  const failed = broken.verdicts.filter(({ status }) => status === "failed");
  expect(failed.length).toBeGreaterThan(0);
  expect(new Set(failed.flatMap(({ findings }) => findings.map(({ check }) => check)))).toEqual(new Set(["unchanged"]));
});
