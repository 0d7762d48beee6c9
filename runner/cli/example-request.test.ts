/** The example request of one case of each family and kind of edit, of the built-in specs and of the example. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { plan } from "../cases/plan.ts";
import type { Case } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { exampleCurl } from "./example-request.ts";
import { isFlatBinding } from "./select-cases.ts";

function casesOf(dir: string): Case[] {
  const actions = loadSpecs(dir).actions.values();
  return [...plan({ actions, depth: "quick", select: [], isFlat: isFlatBinding })];
}

const example = join(builtInSpecs(), "example");

/** The first case of each binding, family and kind of edit. */
function examplesOf(cases: readonly Case[]): Case[] {
  const byKind = new Map<string, Case>();
  for (const c of cases) {
    const value = c.edit?.op === "set" ? c.edit.value.kind : "";
    const key = [c.binding, c.family, c.edit?.op, value, c.extraResource !== null, c.situation !== null].join(" ");
    if (!byKind.has(key)) byKind.set(key, c);
  }
  return [...byKind.values()];
}

describe("the example request", () => {
  it.each([builtInSpecs(), example])("of each kind of case in %s is a curl command", (dir) => {
    const cases = examplesOf(casesOf(dir)).filter((c) => c.fuzzIndex === null);
    expect(cases.length).toBeGreaterThan(15);
    for (const c of cases) expect(exampleCurl(c), c.id).toMatch(/^curl /);
  });

  it("of a value in use has the value that the call would have otherwise", () => {
    const c = casesOf(example).find(({ id }) => id === "acme/notes/CreateNote/duplicate/Title/existing@tc3-post");
    expect(exampleCurl(c as Case)).toContain('"Title":"');
  });
});
