/** A value beyond a limit -> a finding with the number that the keyword limits, and the signature of its type. */
import { expect, test } from "vitest";
import type { Action, Json, Schema } from "../model/index.ts";
import { findingSignature } from "./finding-signature.ts";
import { outputFindings } from "./response-schemas.ts";

test.each<[keyword: string, limit: number, value: Json, actual: string, type: string]>([
  ["maxLength", 256, "x".repeat(512), "string of 512 characters", "string"],
  ["minLength", 1, "", "empty string of 0 characters", "empty string"],
  ["x-maxBytes", 3, "ää", "string of 4 bytes", "string"],
  ["maxItems", 1, [1, 2, 3], "array of 3 items", "array"],
  ["minProperties", 1, {}, "object of 0 members", "object"],
  ["maximum", 5, 7, "integer 7", "integer"],
  ["minimum", 0, -1.5e-7, "number -1.5e-7", "number"],
])("%s %j", (keyword, limit, value, actual, type) => {
  const schema = { [keyword]: limit } as Schema;
  const action = { output: schema, service: { envelope: { output: "" } } } as unknown as Action;
  const findings = outputFindings(action, value);
  expect(findings).toMatchObject([{ expected: `${keyword} ${limit}`, actual }]);
  expect(findings.map((finding) => findingSignature(finding).actual)).toEqual([type]);
});
