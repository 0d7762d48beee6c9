/** Coverage lines come in the order of the plan, each once, as soon as all cases of its action are judged. */
import { expect, test } from "vitest";
import { verdictOf } from "../../reports/testing/laws.ts";
import { selectCases } from "../cli/select-cases.ts";
import type { Coverage } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { createCoverageStream } from "./coverage-stream.ts";

const names = ["tencent/iai/CreateGroup", "tencent/iai/DeleteGroup", "tencent/iai/GetGroupList"];
const [create = [], remove = [], list = []] = names.map((name) => [
  ...selectCases(loadSpecs(builtInSpecs()), {
    depth: "quick",
    select: [`${name}/valid/**`, `${name}/unknown-member/**`],
  }),
]);

function createStream() {
  const lines: Coverage[] = [];
  const stream = createCoverageStream((line) => lines.push(line));
  const judge = (cases: typeof create) => {
    for (const c of cases) stream.add(c, verdictOf(0, "passed"));
  };
  const take = (cases: typeof create) => {
    for (const c of cases) stream.take(c);
  };
  return { stream, take, judge, written: () => lines.map(({ action }) => action), lines };
}

test("an action is written once the plan has gone on and its last case is judged", () => {
  const { take, judge, written, stream } = createStream();
  take(create);
  judge(create);
  expect(written()).toEqual([]);
  take(remove);
  judge(remove);
  expect(written()).toEqual([names[0]]);
  stream.end();
  expect(written()).toEqual([names[0], names[1]]);
});

test("a later action that is judged first waits for the earlier one, and no case is lost", () => {
  const { take, judge, written, stream, lines } = createStream();
  for (const cases of [create, remove, list]) take(cases);
  judge(remove);
  expect(written()).toEqual([]);
  judge(create);
  expect(written()).toEqual([names[0], names[1]]);
  judge(list);
  stream.end();
  expect(written()).toEqual(names);
  for (const [i, cases] of [create, remove, list].entries()) {
    const binding = lines[i]?.elements.filter(({ kind }) => kind === "binding");
    expect(binding?.reduce((sum, element) => sum + element.cases, 0)).toBe(cases.length);
    expect(cases.length).toBeGreaterThan(0);
  }
});
