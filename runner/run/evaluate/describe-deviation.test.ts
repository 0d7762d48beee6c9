/** What sets a judged call apart, told of each kind of edit. */
import { expect, test } from "vitest";
import { plan } from "../../cases/plan.ts";
import type { Case, MemberEdit, RequestMutation } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { describeDeviations } from "./describe-deviation.ts";

const { actions } = loadSpecs(builtInSpecs());
const all = [
  ...plan({
    actions: actions.values(),
    depth: "quick",
    select: ["tencent/iai/DeletePersonFromGroup/**"],
    isFlat: () => false,
  }),
];
const of = (edit: MemberEdit | null, more: Partial<Case> = {}) =>
  describeDeviations({ ...(all[0] as Case), situation: null, edit, ...more });

test.each<[MemberEdit | null, readonly (readonly [string, string | RequestMutation])[]]>([
  [null, []],
  [
    { op: "remove", at: [{ parameter: "GroupId" }, { parameter: "PersonId" }] },
    [
      ["remove", "/GroupId"],
      ["remove", "/PersonId"],
    ],
  ],
  [{ op: "set", at: { parameter: "Ids", item: 2 }, value: { kind: "repeatFirstItem" } }, [["set", "/Ids/2"]]],
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
])("%j", (edit, wanted) => {
  expect(
    of(edit).map((one) => [one.op, one.op === "request" ? one.request : "path" in one ? one.path : one.situation]),
  ).toEqual(wanted);
});

test("a situation is one, and stands before what is changed in it", () => {
  const c = all.find(({ situation }) => situation !== null);
  expect(c?.situation?.name).toBeTruthy();
  expect(describeDeviations({ ...(c as Case), edit: { op: "add", name: "A", value: 1 } })).toEqual([
    { op: "situation", situation: c?.situation?.name },
    { op: "add", path: "/A" },
  ]);
});
