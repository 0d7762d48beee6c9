/** The differences of a judged call from its control, for each kind of edit. */
import { expect, test } from "vitest";
import { plan } from "../../cases/plan.ts";
import type { Case, MemberEdit, RequestMutation } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { describeDeviations } from "./describe-deviation.ts";

const { actions } = loadSpecs(builtInSpecs());
const cases = [
  ...plan({
    actions: actions.values(),
    depth: "quick",
    select: ["tencent/iai/DeletePersonFromGroup/**"],
    isFlat: () => false,
  }),
];
const deviationsOf = (edit: MemberEdit | null) => describeDeviations({ ...(cases[0] as Case), situation: null, edit });

test.each<[MemberEdit | null, readonly (readonly [string, string | RequestMutation])[]]>([
  [null, []],
  [
    { op: "remove", at: [{ parameter: "GroupId" }, { parameter: "PersonId" }] },
    [
      ["remove", "/GroupId"],
      ["remove", "/PersonId"],
    ],
  ],
  [{ op: "set", at: { parameter: "Ids", steps: [2] }, value: { kind: "repeatFirstItem" } }, [["set", "/Ids/2"]]],
  [{ op: "add", name: "Extra", value: 1 }, [["add", "/Extra"]]],
  [
    { op: "request", mutation: { afterSigning: [{ op: "method", method: "PUT" }] } },
    [["request", { afterSigning: [{ op: "method", method: "PUT" }] }]],
  ],
  [
    {
      op: "several",
      edits: [
        { op: "add", name: "A", value: 1 },
        { op: "remove", at: [{ parameter: "B" }] },
      ],
    },
    [
      ["add", "/A"],
      ["remove", "/B"],
    ],
  ],
])("%j", (edit, expected) => {
  expect(
    deviationsOf(edit).map((deviation) => [
      deviation.op,
      deviation.op === "request" ? deviation.request : "path" in deviation ? deviation.path : deviation.situation,
    ]),
  ).toEqual(expected);
});

test("a situation is a deviation and comes before the edits", () => {
  const testCase = cases.find(({ situation }) => situation !== null);
  expect(testCase?.situation?.name).toBeTruthy();
  expect(describeDeviations({ ...(testCase as Case), edit: { op: "add", name: "A", value: 1 } })).toEqual([
    { op: "situation", situation: testCase?.situation?.name },
    { op: "add", path: "/A" },
  ]);
});
