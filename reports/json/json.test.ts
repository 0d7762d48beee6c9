/** report.json and its published schema, held together both ways. */
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

const golden = (memberName: string) =>
  readRecording(fileURLToPath(new URL(`../testing/golden/${memberName}.ndjson`, import.meta.url)));
const goldenRun = golden("run");
const recordings: readonly [string, Recording][] = [
  ["the whole run", goldenRun],
  ["a run that broke off", { ...goldenRun, footer: null }],
  ["a run beside an earlier one", golden("since")],
  ["hostile text", hostileRecording()],
  ["a run of nothing", recordingInMemory(goldenRun.header, [], footerOf([]))],
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

/** The same schema that lets nothing pass which it does not describe. */
function closeSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeSchema);
  if (!isShape(value)) return value;
  const closedMembers = Object.fromEntries(
    Object.entries(value).map(([memberName, one]) => [memberName, closeSchema(one)]),
  );
  return isShape(value["properties"]) && value["type"] === "object"
    ? { ...closedMembers, additionalProperties: false }
    : closedMembers;
}

/** Every place of a schema that describes a member, as `verdicts[].findings[].location`; references are followed. */
function describedPaths(shape: Shape, path = ""): string[] {
  const memberName = typeof shape["$ref"] === "string" ? shape["$ref"].slice("#/$defs/".length) : "";
  if (memberName !== "") return describedPaths((schema.$defs as Shape)[memberName] as Shape, path);
  const members = isShape(shape["properties"]) ? Object.entries(shape["properties"]) : [];
  const choices = Array.isArray(shape["anyOf"]) ? (shape["anyOf"] as Shape[]) : [];
  return [
    ...members.flatMap(([member, one]) => [`${path}.${member}`, ...describedPaths(one as Shape, `${path}.${member}`)]),
    ...choices.flatMap((one) => describedPaths(one, path)),
    ...(isShape(shape["items"]) ? describedPaths(shape["items"], `${path}[]`) : []),
  ];
}

/** The places of a value, by the same names. */
function valuePaths(value: Json, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuePaths(one, `${path}[]`));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([memberName, one]) => [
    `${path}.${memberName}`,
    ...valuePaths(one, `${path}.${memberName}`),
  ]);
}

describe.each(recordings)("of %s", (_, recording) => {
  test("it is valid, and every member of it is described", () => {
    expect(schemaErrors(renderReport(recording))).toEqual([]);
    expect(createValidator(closeSchema(schema) as object)(renderReport(recording))).toEqual([]);
  });
});

test("every member that is described is written by some run", () => {
  const seen = new Set(recordings.flatMap(([, recording]) => valuePaths(renderReport(recording))));
  const verdictsByStatus = describedPaths(schema);
  expect(verdictsByStatus.length).toBeGreaterThan(60);
  expect(verdictsByStatus.filter((place) => !seen.has(place))).toEqual([]);
});

test("a member that is always written is required, and one that is not is not", () => {
  const occurrences = new Map<string, { readonly times: number; readonly each: Map<string, number> }>();
  const count = (value: Json, path: string): void => {
    if (Array.isArray(value)) for (const one of value) count(one, `${path}[]`);
    if (!isShape(value)) return;
    const { times, each: memberCounts } = occurrences.get(path) ?? { times: 0, each: new Map<string, number>() };
    for (const [memberName, one] of Object.entries(value)) {
      memberCounts.set(memberName, (memberCounts.get(memberName) ?? 0) + 1);
      count(one, `${path}.${memberName}`);
    }
    occurrences.set(path, { times: times + 1, each: memberCounts });
  };
  for (const [, recording] of recordings) count(renderReport(recording), "");
  const alwaysPresent = (path: string) => {
    const { times, each: memberCounts } = occurrences.get(path) ?? { times: 0, each: new Map() };
    return [...memberCounts].filter(([, n]) => n === times).map(([memberName]) => memberName);
  };
  expect([...schema.required].sort()).toEqual(alwaysPresent("").sort());
  const defs = schema.$defs;
  const places: readonly [string, readonly string[]][] = [
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
  for (const [path, required] of places) expect([...required].sort(), path).toEqual(alwaysPresent(path).sort());
});

test("every member has a description", () => {
  const undescribed = [schema, ...Object.values(schema.$defs)].flatMap((shape) =>
    Object.entries("properties" in shape ? shape.properties : {}).filter(([, one]) => !("description" in one)),
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

test("the schema refuses what is no report", () => {
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

test("verdicts stand in plan order with their facts as they were recorded", () => {
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
