/** The stages of functions, and their shares of a profile. */
import { expect, test } from "vitest";
import { sharesByStage } from "./shares.ts";
import { stageOf } from "./stages.ts";

test.each([
  ["file:///a/runner/cases/plan.ts", "planning"],
  ["file:///a/runner/resources/pool.ts", "ledger and leases"],
  ["file:///a/reports/json/json.ts", "reports"],
  ["file:///a/dist/reports/json/json.js", "reports"],
  ["file:///a/node_modules/fast-check/lib/fast-check.js", "fast-check"],
  ["file:///a/runner/node_modules/undici/lib/api.js", "transport"],
  ["file:///a/runner/new-folder/a.ts", "command line"],
  ["node:internal/modules/esm/loader", "loading"],
  ["node:fs", undefined],
  ["", undefined],
])("%s is %s", (url, stage) => {
  expect(stageOf("f", url)).toBe(stage);
});

test("a function may have the name of a member of every object", () => {
  expect(stageOf("constructor", "file:///a/runner/cases/plan.ts")).toBe("planning");
});

test("a built-in function counts for its caller, idle time for nothing", () => {
  const frame = (functionName: string, url = "") => ({ functionName, url });
  const profile = {
    nodes: [
      { id: 1, callFrame: frame("(root)"), children: [2, 3, 5, 7] },
      { id: 2, callFrame: frame("(idle)") },
      { id: 3, callFrame: frame("redact", "file:///a/runner/redaction/mask.ts"), children: [4] },
      { id: 4, callFrame: frame("stringify") },
      { id: 5, callFrame: frame("onread", "node:net"), children: [6] },
      { id: 6, callFrame: frame("sign", "file:///a/runner/protocols/sign.ts") },
      { id: 7, callFrame: frame("(garbage collector)") },
    ],
    samples: [2, 3, 4, 5, 6, 7],
    timeDeltas: [900, 10, 40, 20, 20, 10],
  };
  expect([...sharesByStage(profile)]).toEqual([
    ["redaction", 0.5],
    ["Node", 0.2],
    ["signing", 0.2],
    ["garbage collection", 0.1],
  ]);
});
