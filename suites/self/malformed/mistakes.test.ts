/** Likely mistakes of a first spec: the example with one change → the messages of `lint`, or the cases. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { planAction } from "../../../runner/cases/plan.ts";
import { lintAgainstCases } from "../../../runner/cli/commands/lint.ts";
import { isFlatBinding } from "../../../runner/cli/select-cases.ts";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import type { Action } from "../../../runner/model/index.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { command } from "../cli/run-in-process.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "assay-mistakes-"));
  cpSync(join(builtInSpecs(), "example", "acme"), join(dir, "acme"), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Replaces a text of a file of the example. */
function replace(file: string, from: string | RegExp, to: string): void {
  const path = join(dir, "acme", "notes", `${file}.yaml`);
  const text = readFileSync(path, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(path, changed);
}

function messages(): string[] {
  const specs = loadLintedSpecs(dir);
  return [...specs.problems, ...lintAgainstCases(specs)].map(({ message }) => message);
}

const casesOf = (name: string) => [
  ...planAction(loadLintedSpecs(dir).actions.get(`acme/notes/${name}`) as Action, {
    depth: "standard",
    isFlat: isFlatBinding,
  }),
];

test("`list faults` lists those of the folder, or of the selected actions", async () => {
  const ids = async (...args: string[]) =>
    (await command(["list", "faults", "--specs", dir, ...args])).lines
      .filter(Boolean)
      .map((line) => line.split(" ")[0]);
  const ofGetNote = await ids("--select", "acme/notes/GetNote/**");
  expect(ofGetNote).toContain("acme/notes/GetNote:NoteId/absent/lax");
  expect((await ids()).length).toBeGreaterThan(ofGetNote.length);
  expect((await ids()).filter((id) => /^(tencent|aws)\//.test(id ?? ""))).toEqual([]);
  // A deleted entry that a list keeps is a fault of the whole service.
  const ofOtherActions = ofGetNote.filter((id) => /^acme\/notes\/(?!GetNote:)/.test(id ?? ""));
  expect(ofOtherActions).toEqual(["acme/notes/ListNotes:list/deleted-entry"]);
});

describe("a rule without a case", () => {
  test("an optional list with at least one item, and an optional text of at least one character, are sent empty", () => {
    replace("CreateNote", "{ type: array, maxItems: 3", "{ type: array, minItems: 1, maxItems: 3");
    replace("CreateNote", "{ type: string, enum: [red, green, blue] }", "{ type: string, minLength: 1 }");
    replace("CreateNote", "{ enum: [InvalidParameterValue.ColorUnknown] }", "{}");
    expect(casesOf("CreateNote").map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        "acme/notes/CreateNote/boundary/Labels/0-items@tc3-post",
        "acme/notes/CreateNote/boundary/Color/0-chars@tc3-post",
      ]),
    );
    const rules = new Set(casesOf("CreateNote").map(({ rule }) => rule));
    expect(rules).toContain("acme/notes/CreateNote/rule/Labels/minItems");
    expect(rules).toContain("acme/notes/CreateNote/rule/Color/minLength");
  });

  test("lint reports a list of resources whose limit nothing can fill", () => {
    replace("DeleteNote", "schema: { type: string }", "schema: { type: array, items: { type: string }, maxItems: 5 }");
    replace(
      "DeleteNote",
      "  NoteId:\n    required: true",
      "  NoteId:\n    required: true\n    refusals: { maxItems: [InvalidParameter] }",
    );
    replace("DeleteNote", "NoteId: { state: note }", "NoteId: { listOf: note }");
    replace("DeleteNote", "NoteId: { state: unknown note }", "NoteId: { listOf: unknown note }");
    expect(messages()).toEqual([
      "parameters.NoteId.refusals.maxItems: the rule NoteId/maxItems has no case, because nothing states which resources fill the list; add `fillWith`",
    ]);
  });

  test("lint reports a unique member of an action that creates and updates nothing", () => {
    replace(
      "GetNote",
      "\n\ngiven:",
      "\n  Title: { schema: { type: string }, uniqueWithin: account, refusals: { unique: [InvalidParameter] } }\n\ngiven:",
    );
    expect(messages()).toEqual([
      "parameters.Title.refusals.unique: the rule Title/unique has no case, because GetNote neither creates nor updates a resource that is created with a Title; add a situation that expects the code",
    ]);
  });

  test("`list rules` names the reason: no case exists, or none is selected", async () => {
    replace("ListNotes", "maximum: 100, default: 20 }", "maximum: 100, default: 20, multipleOf: 1 }");
    replace("ListNotes", "maximum: *range", "maximum: *range\n      multipleOf: *range");
    const rows = async (...args: string[]) => (await command(["list", "rules", "--specs", dir, ...args])).out;
    expect(await rows()).toMatch(
      /rule\/Limit\/multipleOf .* cases: 0 {2}no family has cases of the keyword multipleOf/,
    );
    expect(await rows()).not.toContain("no selected case");
    expect(await rows("--read-only")).toMatch(/CreateNote\/rule\/Title\/maxLength .* cases: 0 {2}no selected case/);
  });
});

test("a repeated call with an additional member is of the family idempotency only where the member is a token", () => {
  const idsWith = (value: string) => {
    replace(
      "CreateNote",
      /precedingCalls: \[\{ call: this \}\](\n {4}additional.*)?/,
      `precedingCalls: [{ call: this }]\n    additionalMembers: { Color: ${value} }`,
    );
    return casesOf("CreateNote").flatMap(({ id }) => (id.includes("/situation/again") ? [id.split("/")[3]] : []));
  };
  expect([...idsWith("red"), ...idsWith("fresh")].filter((f) => f !== "precedence")).toEqual([
    "duplicate",
    "idempotency",
  ]);
});

describe("lint reports", () => {
  test.each<[problem: string, file: string, from: string | RegExp, to: string, message: string]>([
    [
      "a member of a probe that the called action lacks",
      "service",
      "exists: { call: GetNote, members: { NoteId: id }",
      "exists: { call: GetNote, members: { NoteID: id }",
      'resources.note.probes.exists.members.NoteID: GetNote has no parameter "NoteID"; did you mean NoteId?',
    ],
    [
      "a literal of a probe that its schema forbids",
      "service",
      /(as created:\n.*\n +members: \{ Limit: )100/,
      "$1101",
      "resources.note.probes.as created.members.Limit: ListNotes would refuse the value: it is 101, but maximum is 100",
    ],
    [
      "a member of the creating call that it lacks",
      "service",
      "Text: input.Text ",
      "Text: input.Txt ",
      'resources.note.probes.as created.Text: CreateNote has no parameter "Txt"; did you mean Text?',
    ],
    [
      "a parameter of the pages that the called action lacks",
      "service",
      /(pagination: \{ parameter: )Offset/,
      "$1Start",
      'resources.note.lookup.pagination.parameter: ListNotes has no parameter "Start"; there are Limit, Offset',
    ],
    [
      "a literal of the ping of another type",
      "service",
      "ping: { call: ListNotes, members: { Limit: 1 } }",
      "ping: { call: ListNotes, members: { Limit: '1' } }",
      "ping.members.Limit: ListNotes would refuse the value: it is not of the type integer",
    ],
    [
      "members with which a resource cannot be created",
      "GetNote",
      "NoteId: { state: note }",
      "NoteId: { state: note, createMembers: { Colour: red } }",
      'given.NoteId.createMembers.Colour: CreateNote has no parameter "Colour"; did you mean Color?',
    ],
    [
      "a literal of a preceding call that its schema forbids",
      "CreateNote",
      "precedingCalls: [{ call: this }]",
      "precedingCalls: [{ call: this, members: { Color: pink } }]",
      'situations.again.precedingCalls.0.members.Color: CreateNote would refuse the value: it is not one of "red", "green", "blue"',
    ],
    [
      "an additional member that the action lacks",
      "CreateNote",
      "precedingCalls: [{ call: this }]",
      "precedingCalls: [{ call: this }]\n    additionalMembers: { Token: fresh }",
      'situations.again.additionalMembers.Token: CreateNote has no parameter "Token"; there are Title, Text, Color, Labels',
    ],
    [
      "the code of a value in use without `uniqueWithin`",
      "CreateNote",
      "    uniqueWithin: account\n",
      "",
      "parameters.Title.refusals.unique: needs `uniqueWithin`; add `uniqueWithin: account` to the parameter, or the name of the parameter that names the container",
    ],
    [
      "the code of a keyword that the schema lacks",
      "CreateNote",
      "schema: { type: string, enum: [red, green, blue] }",
      "schema: { type: string }",
      "parameters.Color.refusals.enum: the schema has no enum; add it to `schema`, or remove the entry",
    ],
    [
      "the code of a keyword that the schema of the items lacks",
      "CreateNote",
      "items: { type: string, minLength: 1, maxLength: 10, ",
      "items: { type: string, minLength: 1, ",
      "parameters.Labels.refusals.items.maxLength: the schema has no items.maxLength; add it to `schema`, or remove the entry",
    ],
  ])("%s", (_, file, from, to, message) => {
    replace(file, from, to);
    expect(messages()).toContain(message);
  });

  test("a code without a row: where to add it, and no code that is merely similar", () => {
    replace("CreateNote", "[InvalidParameterValue.TextTooLong]", "[InvalidParameterValue.TextTooWide]");
    expect(messages()).toContain(
      "parameters.Text.refusals.x-maxBytes: InvalidParameterValue.TextTooWide is in no error table; add a row to `errors` of the action or of service.yaml",
    );
  });

  test("a misspelt state: the words that a state may begin with", () => {
    replace("GetNote", "state: unknown note", "state: unknwn note");
    expect(messages()).toEqual([
      'situations.note-unknown.where.NoteId: "unknwn" is no state of a note; write "note" for one that exists, or before it one of another, new, unknown, deleted; did you mean unknown?',
    ]);
  });

  test("a missing type, and a misspelt keyword", () => {
    replace("CreateNote", "{ type: string, x-maxBytes: 1000 }", "{ minLength: 1, x-maxBytes: 1000 }");
    replace("CreateNote", "uniqueItems: true", "uniqueItem: true");
    expect(messages()).toEqual(
      expect.arrayContaining([
        "parameters.Text.schema.minLength: needs `type: string` next to it",
        "parameters.Labels.schema.uniqueItem: is no keyword of JSON Schema; did you mean uniqueItems?",
      ]),
    );
  });

  test("a missing entry of `refusals`, but not that its code has no cause", () => {
    replace("CreateNote", "    refusals:\n      x-maxBytes: [InvalidParameterValue.TextTooLong]\n", "");
    replace("service", /(TextTooLong: .*), cause: elsewhere, raisedBy: CreateNote/, "$1");
    expect(messages().filter((m) => m.includes("has no cause"))).toEqual([]);
    expect(messages()).toContainEqual(expect.stringMatching(/x-maxBytes has no entry in `refusals`/));
  });
});

describe("a parameter whose valid texts are listed", () => {
  const withListedText = () => {
    replace(
      "CreateNote",
      "    source: { section: 2, row: Title }\n",
      "    positiveValues: { values: [home], reason: it must be a place }\n    source: { section: 2, row: Title }\n",
    );
    return casesOf("CreateNote").filter(({ place }) => place === "Title");
  };

  test("every outcome of another text within its limits is accepted, and the reason is shown", () => {
    const cases = withListedText();
    const within = cases.filter(({ id }) => /\/boundary\/Title\/(1|2|39|40)-chars|marks/.test(id));
    expect(within.map(({ level, rationale }) => `${level}: ${rationale}`)).toEqual(
      within.map(() => "may: the text is none of `positiveValues`: it must be a place"),
    );
    expect(within.length).toBeGreaterThan(3);
    const beyond = cases.filter(({ id }) => /\/boundary\/Title\/41-chars|illegal-charset/.test(id));
    expect(new Set(beyond.map(({ level }) => level))).toEqual(new Set(["must"]));
  });

  test("no fault refuses one of them; numbers of a documented range stay must", async () => {
    withListedText();
    const { lines } = await command([
      "list",
      "faults",
      "--specs",
      dir,
      "--select",
      "acme/notes/CreateNote:Title/*/strict",
    ]);
    expect(lines.map((line) => line.split(" ")[0]).filter(Boolean)).toEqual([]);
    const offsets = casesOf("ListNotes").filter(({ id }) => /boundary\/Offset\/[01]@/.test(id));
    expect(offsets.map(({ level }) => level)).toEqual(["must", "must"]);
  });
});

describe("remedies", () => {
  test("a code without a cause is named at its rule, or gets a cause", () => {
    replace("service", "cause: account }", "}");
    expect(messages()).toContainEqual(
      expect.stringContaining(
        "LimitExceeded.Notes has no cause, and no rule or situation expects it; name it at the rule or situation that it is about, or add `cause`: busy,",
      ),
    );
  });

  test("only probes are suggested for `success`, and only `unchanged` for `refused`", () => {
    replace("DeleteNote", "{ success: gone, refused: unchanged }", "{ success: vanished, refused: kept }");
    expect(messages()).toEqual([
      'effects.success: no resource has a probe "vanished"; there are exists, gone, as created',
      'effects.refused: no resource has a probe "kept"; there are unchanged',
    ]);
  });
});
