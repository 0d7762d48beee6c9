/** A printed request of pairs has the lists and objects that the action declares. */
import { expect, test } from "vitest";
import type { Action, CallMembers, Sample, Schema } from "../../model/index.ts";
import { sampleToMembers } from "./sample-members.ts";

const infos = {
  type: "array",
  items: { type: "object", properties: { Index: { type: "integer" }, Text: { type: "string" } } },
};
const schemas = {
  Infos: infos,
  Ids: { type: "array", items: { type: "string" } },
  Limit: { type: "integer" },
  Config: { type: "object", properties: { Max: { type: "integer" }, Infos: infos } },
};
const action = {
  parameters: Object.entries(schemas).map(([name, schema]) => ({ name, schema: schema as Schema })),
} as unknown as Action;

test.each<[string, CallMembers, CallMembers]>([
  ["a number in digits", { Limit: "5" }, { Limit: 5 }],
  ["a list of texts", { "Ids.0": "1", "Ids.1": "b" }, { Ids: ["1", "b"] }],
  ["a list that begins with 1", { "Ids.1": "a" }, {}],
  [
    "a list of objects",
    { "Infos.0.Index": "3", "Infos.0.Text": "7", "Infos.1.Text": "b" },
    { Infos: [{ Index: 3, Text: "7" }, { Text: "b" }] },
  ],
  [
    "a list in an object",
    { "Config.Max": "2", "Config.Infos.0.Index": "1" },
    { Config: { Max: 2, Infos: [{ Index: 1 }] } },
  ],
  ["a JSON value", { Config: { Max: "2" } }, { Config: { Max: 2 } }],
  ["nothing that the action declares", { Other: "1", "Other.0": "1" }, {}],
])("%s", (_, request, expected) => {
  expect(sampleToMembers(action, { request } as unknown as Sample)).toEqual(expected);
});
