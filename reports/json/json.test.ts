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

const golden = (name: string) =>
  readRecording(fileURLToPath(new URL(`../testing/golden/${name}.ndjson`, import.meta.url)));
const whole = golden("run");
const recordings: readonly [string, Recording][] = [
  ["the whole run", whole],
  ["a run that broke off", { ...whole, footer: null }],
  ["a run beside an earlier one", golden("since")],
  ["hostile text", hostileRecording()],
  ["a run of nothing", recordingInMemory(whole.header, [], footerOf([]))],
];
const written = (recording: Recording) => JSON.parse(textOf(jsonReport, recording)) as Json;
const faultsOf = (shape: object) => {
  const validate = new Ajv2020({ strict: true, strictRequired: true, allErrors: true }).compile(shape);
  return (value: Json) => {
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
};
const faults = faultsOf(schema);

type Shape = { readonly [member: string]: unknown };
const isShape = (value: unknown): value is Shape =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** The same schema that lets nothing pass which it does not describe. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (!isShape(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, closed(one)]));
  return isShape(value["properties"]) && value["type"] === "object" ? { ...inner, additionalProperties: false } : inner;
}

/** Every place of a schema that describes a member, as `verdicts[].findings[].location`; references are followed. */
function described(shape: Shape, at = ""): string[] {
  const name = typeof shape["$ref"] === "string" ? shape["$ref"].slice("#/$defs/".length) : "";
  if (name !== "") return described((schema.$defs as Shape)[name] as Shape, at);
  const members = isShape(shape["properties"]) ? Object.entries(shape["properties"]) : [];
  const choices = Array.isArray(shape["anyOf"]) ? (shape["anyOf"] as Shape[]) : [];
  return [
    ...members.flatMap(([member, one]) => [`${at}.${member}`, ...described(one as Shape, `${at}.${member}`)]),
    ...choices.flatMap((one) => described(one, at)),
    ...(isShape(shape["items"]) ? described(shape["items"], `${at}[]`) : []),
  ];
}

/** The places of a value, by the same names. */
function placesOf(value: Json, at = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => placesOf(one, `${at}[]`));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, one]) => [`${at}.${name}`, ...placesOf(one, `${at}.${name}`)]);
}

describe.each(recordings)("of %s", (_, recording) => {
  test("it is valid, and every member of it is described", () => {
    expect(faults(written(recording))).toEqual([]);
    expect(faultsOf(closed(schema) as object)(written(recording))).toEqual([]);
  });
});

test("every member that is described is written by some run", () => {
  const seen = new Set(recordings.flatMap(([, recording]) => placesOf(written(recording))));
  const all = described(schema);
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter((place) => !seen.has(place))).toEqual([]);
});

test("a member that is always written is required, and one that is not is not", () => {
  const holders = new Map<string, { readonly times: number; readonly each: Map<string, number> }>();
  const count = (value: Json, at: string): void => {
    if (Array.isArray(value)) for (const one of value) count(one, `${at}[]`);
    if (!isShape(value)) return;
    const { times, each } = holders.get(at) ?? { times: 0, each: new Map<string, number>() };
    for (const [name, one] of Object.entries(value)) {
      each.set(name, (each.get(name) ?? 0) + 1);
      count(one, `${at}.${name}`);
    }
    holders.set(at, { times: times + 1, each });
  };
  for (const [, recording] of recordings) count(written(recording), "");
  const always = (at: string) => {
    const { times, each } = holders.get(at) ?? { times: 0, each: new Map() };
    return [...each].filter(([, n]) => n === times).map(([name]) => name);
  };
  expect([...schema.required].sort()).toEqual(always("").sort());
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
  for (const [at, required] of places) expect([...required].sort(), at).toEqual(always(at).sort());
});

test("every member has a description", () => {
  const bare = [schema, ...Object.values(schema.$defs)].flatMap((shape) =>
    Object.entries("properties" in shape ? shape.properties : {}).filter(([, one]) => !("description" in one)),
  );
  expect(bare).toEqual([]);
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
  const weights: Record<Finding["level"], true> = { must: true, should: true };
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
  expect(finding.properties.level.enum).toEqual(Object.keys(weights));
  expect(element.properties.kind.enum).toEqual(Object.keys(elements));
});

test("the schema refuses what is no report", () => {
  const good = textOf(jsonReport, whole);
  const spoiled: [string, string][] = [
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
  for (const [part, instead] of spoiled) {
    expect(good, part).toContain(part);
    expect(faults(JSON.parse(good.replace(part, instead)) as Json), part).not.toEqual([]);
  }
});

test("verdicts stand in plan order with their facts as they were recorded", () => {
  const actual = { "a\0b": [1, null, "\u202e"] };
  const finding: Finding = { check: "code", level: "must", location: "/Code", expected: ["A"], actual };
  const all = STATUSES.map((status: Status, n) => verdictOf(n, status, { rule: `r/${n}`, findings: [finding] }));
  const plain = verdictOf(all.length, "passed");
  const verdicts = [...all, plain];
  const { verdicts: read } = written(recordingInMemory(whole.header, verdicts.toReversed(), footerOf(verdicts))) as {
    verdicts: Json[];
  };
  expect(read).toEqual(
    verdicts.map((verdict) => {
      const { id, status, level, family, rule, reason, findings, title, source } = verdict;
      const facts = { id, status, level, family, rule, reason, findings };
      return verdict === plain ? facts : { ...facts, title, source };
    }),
  );
});
