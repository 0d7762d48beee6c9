/** report.json against its published schema: the schema describes each written member, and each described member is written. */
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { readRecording, recordingInMemory } from "../../runner/log/reader.ts";
import type { ChangeKind, ElementKind, Finding, Json, Recording, Status, Verdict } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { textOf } from "../report.ts";
import type { CauseKind } from "../summary/cause.ts";
import { footerOf, hostileRecording, verdictOf } from "../testing/laws.ts";
import { jsonReport } from "./json.ts";
import schema from "./report.schema.json" with { type: "json" };

const golden = (name: string) =>
  readRecording(fileURLToPath(new URL(`../testing/golden/${name}.ndjson`, import.meta.url)));
const goldenRun = golden("run");
const recordings: readonly [string, Recording][] = [
  ["the whole run", goldenRun],
  ["a run that broke off", { ...goldenRun, footer: null }],
  ["a run compared with an earlier one", golden("since")],
  ["hostile text", hostileRecording()],
  ["a run without cases", recordingInMemory(goldenRun.header, [], footerOf([]))],
];
const renderReport = (recording: Recording) => JSON.parse(textOf(jsonReport, recording)) as Json;
const createValidator = (shape: object) => {
  const validate = new Ajv2020({ strict: true, strictRequired: true, allErrors: true }).compile(shape);
  return (value: Json) => {
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
};
const schemaErrors = createValidator(schema);

type Shape = { readonly [member: string]: unknown };
const isShape = (value: unknown): value is Shape =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** The same schema with `additionalProperties: false` in each object that lists its properties. */
function closeSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeSchema);
  if (!isShape(value)) return value;
  const closedMembers = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closeSchema(member)]));
  return isShape(value["properties"]) && value["type"] === "object"
    ? { ...closedMembers, additionalProperties: false }
    : closedMembers;
}

/** Paths of all members that a schema describes, such as `.verdicts[].findings[].location`; references are followed. */
function describedPaths(shape: Shape, path = ""): string[] {
  const definition = typeof shape["$ref"] === "string" ? shape["$ref"].slice("#/$defs/".length) : "";
  if (definition !== "") return describedPaths((schema.$defs as Shape)[definition] as Shape, path);
  const members = isShape(shape["properties"]) ? Object.entries(shape["properties"]) : [];
  const choices = Array.isArray(shape["anyOf"]) ? (shape["anyOf"] as Shape[]) : [];
  return [
    ...members.flatMap(([name, member]) => [`${path}.${name}`, ...describedPaths(member as Shape, `${path}.${name}`)]),
    ...choices.flatMap((choice) => describedPaths(choice, path)),
    ...(isShape(shape["items"]) ? describedPaths(shape["items"], `${path}[]`) : []),
  ];
}

/** Paths of all members of a value, in the same form. */
function valuePaths(value: Json, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuePaths(item, `${path}[]`));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, member]) => [
    `${path}.${name}`,
    ...valuePaths(member, `${path}.${name}`),
  ]);
}

describe.each(recordings)("of %s", (_, recording) => {
  test("it is valid, and the schema describes each of its members", () => {
    expect(schemaErrors(renderReport(recording))).toEqual([]);
    expect(createValidator(closeSchema(schema) as object)(renderReport(recording))).toEqual([]);
  });
});

test("some run writes each member that the schema describes", () => {
  const writtenPaths = new Set(recordings.flatMap(([, recording]) => valuePaths(renderReport(recording))));
  const described = describedPaths(schema);
  expect(described.length).toBeGreaterThan(60);
  expect(described.filter((path) => !writtenPaths.has(path))).toEqual([]);
});

test("the required members are exactly those that are always written", () => {
  const occurrences = new Map<string, { readonly times: number; readonly memberCounts: Map<string, number> }>();
  const count = (value: Json, path: string): void => {
    if (Array.isArray(value)) for (const item of value) count(item, `${path}[]`);
    if (!isShape(value)) return;
    const { times, memberCounts } = occurrences.get(path) ?? { times: 0, memberCounts: new Map<string, number>() };
    for (const [name, member] of Object.entries(value)) {
      memberCounts.set(name, (memberCounts.get(name) ?? 0) + 1);
      count(member, `${path}.${name}`);
    }
    occurrences.set(path, { times: times + 1, memberCounts });
  };
  for (const [, recording] of recordings) count(renderReport(recording), "");
  const alwaysPresent = (path: string) => {
    const { times, memberCounts } = occurrences.get(path) ?? { times: 0, memberCounts: new Map() };
    return [...memberCounts].filter(([, n]) => n === times).map(([name]) => name);
  };
  expect([...schema.required].sort()).toEqual(alwaysPresent("").sort());
  const defs = schema.$defs;
  const requiredByPath: readonly [string, readonly string[]][] = [
    [".counts", defs.counts.required],
    [".since", defs.since.required],
    [".since.kinds", defs.since.properties.kinds.required],
    [".causes[]", defs.cause.required],
    [".causes[].findings[]", defs.signature.required],
    [".changes[]", defs.change.required],
    [".verdicts[]", defs.verdict.required],
    [".verdicts[].findings[]", defs.finding.required],
    [".observations[]", defs.observation.required],
    [".coverage[]", defs.element.required],
  ];
  for (const [path, required] of requiredByPath) expect([...required].sort(), path).toEqual(alwaysPresent(path).sort());
});

test("every member has a description", () => {
  const undescribed = [schema, ...Object.values(schema.$defs)].flatMap((shape) =>
    Object.entries("properties" in shape ? shape.properties : {}).filter(([, member]) => !("description" in member)),
  );
  expect(undescribed).toEqual([]);
});

test("the enumerations are those of the types", () => {
  const kinds: Record<CauseKind, true> = {
    failed: true,
    known: true,
    skipped: true,
    unimplemented: true,
    indeterminate: true,
    errored: true,
    warning: true,
  };
  const changes: Record<ChangeKind, true> = { worse: true, better: true, other: true, added: true, removed: true };
  const levels: Record<Verdict["level"], true> = { must: true, should: true, may: true };
  const findingLevels: Record<Finding["level"], true> = { must: true, should: true };
  const elements: Record<ElementKind, true> = {
    parameter: true,
    rule: true,
    code: true,
    sample: true,
    output: true,
    binding: true,
    situation: true,
  };
  const { status, cause, change, verdict, finding, element, counts, since } = schema.$defs;
  expect(status.enum).toEqual(STATUSES);
  expect(Object.keys(counts.properties)).toEqual(STATUSES);
  expect(cause.properties.status.enum).toEqual(Object.keys(kinds));
  expect(change.properties.kind.enum).toEqual(Object.keys(changes));
  expect(Object.keys(since.properties.kinds.properties)).toEqual(Object.keys(changes));
  expect(verdict.properties.level.enum).toEqual(Object.keys(levels));
  expect(finding.properties.level.enum).toEqual(Object.keys(findingLevels));
  expect(element.properties.kind.enum).toEqual(Object.keys(elements));
});

test("the schema rejects invalid reports", () => {
  const valid = textOf(jsonReport, goldenRun);
  const invalidations: [string, string][] = [
    ['"planned": 14', '"planned": -1'],
    ['"seed": 7', '"seed": "7"'],
    ['"passed": 3,', ""],
    ['"status":"passed"', '"status":"green"'],
    ['"level":"may"', '"level":"can"'],
    ['"family":"valid",', ""],
    ['"rule":null', '"rule":0'],
    ['"kind":"binding"', '"kind":"bond"'],
    ['"verdicts":{"passed"', '"verdicts":{"green"'],
    ['"exit": 4', '"exit": 999'],
  ];
  for (const [part, instead] of invalidations) {
    expect(valid, part).toContain(part);
    expect(schemaErrors(JSON.parse(valid.replace(part, instead)) as Json), part).not.toEqual([]);
  }
});

test("verdicts are in plan order with their recorded facts", () => {
  const actual = { "a\0b": [1, null, "\u202e"] };
  const finding: Finding = { check: "code", level: "must", location: "/Code", expected: ["A"], actual };
  const verdictsByStatus = STATUSES.map((status: Status, n) =>
    verdictOf(n, status, { rule: `r/${n}`, findings: [finding] }),
  );
  const passed = verdictOf(verdictsByStatus.length, "passed");
  const verdicts = [...verdictsByStatus, passed];
  const { verdicts: reported } = renderReport(
    recordingInMemory(goldenRun.header, verdicts.toReversed(), footerOf(verdicts)),
  ) as {
    verdicts: Json[];
  };
  expect(reported).toEqual(
    verdicts.map((verdict) => {
      const { id, status, level, family, rule, reason, findings, title, source } = verdict;
      const facts = { id, status, level, family, rule, reason, findings };
      return verdict === passed ? facts : { ...facts, title, source };
    }),
  );
});
