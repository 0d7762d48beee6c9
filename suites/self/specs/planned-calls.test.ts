/** Every planned call of every spec, held against its schemas and rules by ajv, without the code that plans. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { afterAll, expect, test } from "vitest";
import { NO_RESOURCES, prepareCall } from "../../../runner/cases/bind/bind.ts";
import { families } from "../../../runner/cases/families/index.ts";
import { plan } from "../../../runner/cases/plan.ts";
import { verifiedTemplates } from "../../../runner/cases/verified-templates.ts";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import type { Action, CallMembers, Case, Json, Parameter, Schema } from "../../../runner/model/index.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { lintedServices } from "../../../runner/spec/prebuilt.ts";
import { isFlat } from "../detection/cached-cases.ts";
import { toySpecsFolder } from "../toy/toy-specs.ts";

const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
const bytes = (holds: (n: number, limit: number) => boolean) => ({
  type: "string" as const,
  validate: (limit: number, value: string) => holds(Buffer.byteLength(value), limit),
});
ajv.addKeyword({ keyword: "x-maxBytes", ...bytes((n, limit) => n <= limit) });
ajv.addKeyword({ keyword: "x-minBytes", ...bytes((n, limit) => n >= limit) });
ajv.addKeyword({
  keyword: "x-uniqueBy",
  type: "array",
  validate: (member: string, items: Record<string, unknown>[]) => {
    const values = items.filter((item) => member in item).map((item) => JSON.stringify(item[member]));
    return values.every((value, i) => values.indexOf(value) === i);
  },
});
ajv.removeKeyword("contentEncoding");
ajv.addKeyword({
  keyword: "contentEncoding",
  type: "string",
  validate: (_: string, value: string) => Buffer.from(value, "base64").toString("base64") === value,
});

const compiled = new Map<object, ValidateFunction>();
function keeps(schema: Schema, value: Json | CallMembers, anchored = true): boolean {
  const validate =
    compiled.get(schema) ?? ajv.compile(JSON.parse(JSON.stringify(schema), anchored ? anchor : undefined) as object);
  compiled.set(schema, validate);
  return validate(value) === true;
}
const anchor = (key: string, value: unknown) =>
  key === "pattern" && typeof value === "string" ? `^(?:${value})$` : value;

/** A token as a run has them; digits and letters in the middle of the alphabet are as likely as others. */
const TOKEN = "09ys742pps3quxpk";

/** A resource has the id that its creating call would send; other existing values are valid ones of the parameter. */
function call(c: Case): CallMembers {
  const prepared = prepareCall(c, 1, TOKEN);
  const existingValues = prepareCall({ ...c, ...withoutEdit, members: names(c.action) }, 2, TOKEN).bind(NO_RESOURCES);
  return prepared.bind({ values: Object.fromEntries(prepared.requiredIds), existingValues, fill: () => undefined });
}

const withoutEdit = { edit: null, sample: null, situation: null } as const;
const names = ({ parameters }: Action) => parameters.map(({ name }) => name);

const brokenParameters = ({ parameters }: Action, members: CallMembers): Parameter[] =>
  parameters.filter((p) => {
    const value = members[p.name];
    if (value === undefined) return p.required && p.refusals.get("absent")?.level !== "may";
    return !keeps(p.schema, value, p.anchored);
  });
const brokenRules = ({ crossParameterRules }: Action, members: CallMembers): string[] =>
  crossParameterRules.filter(({ schema }) => !keeps(schema, members)).map(({ name }) => name);

/** Breaches that no schema shows: a value in use, an undeclared member, and an empty value or null that the schema allows. */
const WITHOUT_KEYWORD = /\/(unique|unknown|empty|minLength|minItems|is-null)$/;

/** What contradicts the expectation of the case; undefined where nothing does. */
function contradiction(c: Case): string | undefined {
  const { action, edit, expect: expected } = c;
  const control = call({ ...c, edit: null, expect: { outcome: "success" } });
  const wrong = [...brokenParameters(action, control).map(({ name }) => name), ...brokenRules(action, control)];
  if (wrong.length > 0) return `the control breaks ${wrong.join()}`;
  if (edit === null || expected.outcome === "any") return undefined;
  const members = call(c);
  const parameters = brokenParameters(action, members).map(({ name }) => name);
  const rules = brokenRules(action, members);
  if (expected.outcome === "success")
    return parameters.length + rules.length > 0 ? `the call breaks ${[...parameters, ...rules].join()}` : undefined;
  if (JSON.stringify(members) === JSON.stringify(control)) return "the call equals its control";
  const edits = edit.op === "several" ? edit.edits : [edit];
  const deviating = edits
    .flatMap((e) => (e.op === "set" ? [e.at] : e.op === "remove" ? e.at : []))
    .map((at) => at.parameter);
  const others = parameters.filter((name) => !deviating.includes(name));
  if (others.length > 0) return `the call also breaks ${others.join()}`;
  const named = action.crossParameterRules
    .filter(({ name }) => c.rule?.endsWith(`/${name}/input`))
    .map(({ name }) => name);
  if (named.length > 0)
    return parameters.length > 0 || rules.join() !== named.join() ? `breaks ${rules.join()}` : undefined;
  if (rules.length > 0) return `the call also breaks ${rules.join()}`;
  const isBroken =
    parameters.length > 0 ||
    edits.some((e) => e.op === "add" || (e.op === "set" && e.value.kind === "existingValue")) ||
    WITHOUT_KEYWORD.test(c.rule ?? "");
  const isUnknownId = edit.op === "set" && action.given.has(edit.at.parameter) && c.rule === null;
  return isBroken || isUnknownId || c.situation !== null ? undefined : "the call breaks nothing";
}

const folders: [name: string, dir: string][] = [
  ["built-in", builtInSpecs()],
  ["example", join(builtInSpecs(), "example")],
  ["queues", join(import.meta.dirname, "..", "fixtures", "queues")],
  ...readdirSync(join(import.meta.dirname, "..", "toy", "specs")).map((name): [string, string] => [
    name,
    toySpecsFolder(name),
  ]),
];
afterAll(() => {
  for (const [, dir] of folders.slice(3)) if (existsSync(dir)) rmSync(dir, { recursive: true });
});

let checked = 0;
test.each(folders)("%s: each call is valid but for its deviation", (name, dir) => {
  const { actions, problems } = loadLintedSpecs(dir);
  expect(problems.length > 0).toBe(["probe-typo", "send-values-break-schema"].includes(name));
  const cases = problems.length > 0 ? [] : plan({ actions: actions.values(), depth: "exhaustive", select: [], isFlat });
  const wrong: string[] = [];
  for (const c of cases) {
    // A sample is sent as printed, a fuzz case is generated later, and another request or signature has the members of its control.
    if (c.sample || c.fuzzIndex !== null || c.edit?.op === "request") continue;
    checked++;
    const reason = contradiction(c);
    if (reason !== undefined) wrong.push(`${c.id}: ${reason}`);
  }
  expect(wrong).toEqual([]);
});

test("the number of calls", () => {
  console.log(
    `${checked} planned calls of ${folders.length} folders keep their schemas and rules but for their deviation`,
  );
  expect(checked).toBeGreaterThan(20_000);
});

// So a run with the built-in specs, which the build has linted, need not verify them again.
test("no template of the built-in specs is changed or left out", () => {
  let count = 0;
  const changed: string[] = [];
  for (const action of loadLintedSpecs(builtInSpecs()).actions.values()) {
    // Here the files are read without the build, so everything is verified.
    expect(lintedServices.has(action.service)).toBe(false);
    for (const family of families) {
      const templates = [...family.templates(action)];
      const verified = new Set(verifiedTemplates({ ...family, templates: () => templates }, action));
      count += templates.length;
      changed.push(
        ...templates.filter((t) => !verified.has(t)).map((t) => `${action.id}/${family.id}/${t.place}/${t.slug}`),
      );
    }
  }
  expect(changed).toEqual([]);
  expect(count).toBeGreaterThan(8000);
});
