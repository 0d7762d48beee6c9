/** `assay list actions` agrees with documents.json, a second, independent transcription of the five pages. */
import { describe, expect, test } from "vitest";
import { runAssay } from "../cli/run-cli.ts";
import documents from "./documents.json" with { type: "json" };

interface ListedAction {
  id: string;
  action: string;
  version: string;
  document: string;
  rateLimit?: number;
  parameters: { name: string; required: boolean; type: string }[];
  errors: string[];
  samples: { title: string; request: unknown; response: unknown }[];
  rules: { id: string; path: string; breach: string; value: unknown; codes: string | string[] }[];
}

interface Page {
  document: string;
  action: string;
  version: string;
  ratePerSecond?: number;
  parameters: { name: string; required: boolean; type: string }[];
  errors: (string | number)[];
  samples: { title: string; request: unknown; response: unknown }[];
  rules: { at: string; breach: string; value: unknown; codes: (string | number)[] | string }[];
}

const pages = documents as Page[];
const listedActions = JSON.parse((await runAssay("list", "actions", "--format", "json")).out) as ListedAction[];

test("the pages have 152 codes and 10 samples", () => {
  expect(pages.flatMap((p) => p.errors)).toHaveLength(152);
  expect(pages.flatMap((p) => p.samples)).toHaveLength(10);
});

describe.each(pages)("$document $action", (page) => {
  const action = listedActions.find((a) => a.document === page.document) as ListedAction;

  test("name, version, rate limit and parameters", () => {
    expect(action.action).toBe(page.action);
    expect(action.version).toBe(page.version);
    expect(action.rateLimit).toBe(page.ratePerSecond);
    expect(action.parameters).toEqual(page.parameters.map(({ name, required, type }) => ({ name, required, type })));
  });

  test("every code, in the order of the page", () => {
    expect(action.errors).toEqual(page.errors.map(String));
  });

  test("every sample, literally", () => {
    expect(action.samples).toEqual(page.samples);
  });

  test.each(page.rules.map((r, i) => ({ ...r, i })))("rule $i: $at $breach", (rule) => {
    const candidates =
      rule.at === "situation"
        ? action.rules.filter((r) => r.path === "situation")
        : action.rules.filter((r) => r.path === rule.at && r.breach === rule.breach);
    if (typeof rule.value === "number") expect(candidates.map((r) => r.value)).toContain(rule.value);
    if (rule.codes === "success") expect(candidates.some((r) => r.codes === "success")).toBe(true);
    else
      expect(
        candidates.some((r) => (rule.codes as (string | number)[]).every((c) => r.codes.includes(String(c)))),
      ).toBe(true);
  });
});
