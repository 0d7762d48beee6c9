/** Globs: `*` matches within a segment, `**` across segments. */
import { expect, test } from "vitest";
import { actionMatcher, exclusion, globMatcher } from "./glob.ts";

const id = "tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post";

test.each([
  ["tencent/iai/**", true],
  ["tencent/iai/CreateGroup", true],
  ["tencent/*/CreateGroup/**", true],
  ["**/GroupId/**", true],
  ["**@tc3-post", true],
  ["tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii", true],
  ["tencent/iai/CreateGroup/*/GroupId/*@tc3-post", true],
  ["tencent/*/GroupId/**", false],
  ["tencent/iai/CreateGrou", false],
  ["**@v1-get-sha1", false],
  ["tencent/iai/Create.roup/**", false],
])("%s: %s", (glob, expected) => {
  expect(globMatcher([glob])(id)).toBe(expected);
});

test("one matching glob of several selects, and no glob selects everything", () => {
  expect(globMatcher(["aws/**", "tencent/**"])(id)).toBe(true);
  expect(globMatcher([])(id)).toBe(true);
});

test.each([
  ["tencent/iai/CreateGroup/boundary/**", true],
  ["tencent/iai/CreateGroup", true],
  ["tencent/iai", true],
  ["tencent", true],
  ["*/iai/Create*", true],
  ["**@tc3-post", true],
  ["tencent/**/GroupId/**", true],
  ["tencent/ia**", true],
  ["tencent/iai/DeleteGroup/**", false],
  ["tencent/iai/CreateGrou", false],
  ["tencent/im/**", false],
  ["aws/**", false],
])("of %s the action may have cases: %s", (glob, expected) => {
  expect(actionMatcher([glob])("tencent/iai/CreateGroup")).toBe(expected);
});

test("an action is only excluded where no glob matches one of its ids", () => {
  const parts = [
    "tencent",
    "iai",
    "Create*",
    "CreateGroup",
    "boundary",
    "*",
    "**",
    "GroupId",
    "*@tc3-post",
    "te**",
    "x",
  ];
  for (const a of parts)
    for (const b of parts)
      for (const c of parts)
        for (const glob of [a, `${a}/${b}`, `${a}/${b}/${c}`, `${a}/${b}/${c}/**`])
          if (globMatcher([glob])(id))
            expect([glob, actionMatcher([glob])("tencent/iai/CreateGroup")]).toEqual([glob, true]);
});

test.each<[select: string[], exclude: string[], selectsCase: boolean, selectsAction: boolean]>([
  [[], ["**/boundary/**"], false, true],
  [[], ["**/duplicate/**"], true, true],
  [["tencent/**"], ["tencent/iai/CreateGroup"], false, false],
  [["tencent/**"], ["tencent/iai/CreateGroup/**"], false, false],
  [["tencent/**"], ["tencent/iai/CreateGroup/boundary"], false, true],
  [["aws/**"], ["**/duplicate/**"], false, false],
])("of %j without %j", (select, exclude, selectsCase, selectsAction) => {
  const globs = [...select, ...exclude.map(exclusion)];
  expect(globMatcher(globs)(id)).toBe(selectsCase);
  expect(actionMatcher(globs)("tencent/iai/CreateGroup")).toBe(selectsAction);
});
