/** Ids that no resource has: their form is that of the call that creates the resource and of the call that names it. */
import { expect, test } from "vitest";
import type { Parameter, Resource, Schema, Service } from "../model/index.ts";
import { unknownId } from "./unknown-id.ts";

const parameter = (schema: Schema): Parameter =>
  ({ name: "Name", schema, anchored: true, conflicts: [] }) as unknown as Parameter;

function idFor(created: Schema, named: Schema) {
  const actions = new Map([["Create", { parameters: [parameter(created)] }]]);
  const resource = { name: "queue", create: "Create", id: "input.Name" } as Resource;
  return unknownId({ actions } as unknown as Service, resource, parameter(named), { seed: 1, token: "2abc3abc4abc5" });
}

const names: Schema = { type: "string", pattern: "[A-Za-z0-9_]+", maxLength: 20 };

test.each<[what: string, created: Schema, named: Schema, form: RegExp]>([
  ["the characters and the length of the created id", names, { type: "string" }, /^[A-Za-z0-9_]{1,20}$/],
  ["the narrower of two patterns", names, { type: "string", pattern: "[A-Za-z0-9_ -]+" }, /^[A-Za-z0-9_]{1,20}$/],
  ["the narrower one where the call has it", { type: "string", pattern: "[A-Za-z0-9_ -]+" }, names, /^\w{1,20}$/],
  ["the shorter of two lengths", names, { type: "string", maxLength: 16 }, /^\w{1,16}$/],
  ["without a schema of text, the value of the call", { type: "integer" }, { type: "string" }, /2abc3abc4abc5$/],
])("%s", (_, created, named, form) => {
  expect(idFor(created, named)).toMatch(form);
  expect(idFor(created, named)).toContain("abc4abc5");
});

test("an item of a list has the same form", () => {
  expect(idFor(names, { type: "array", items: { type: "string" } } as Schema)).toMatch(/^[A-Za-z0-9_]{1,20}$/);
});
