/** Globs: `*` matches within a segment, `**` across segments. */
import { expect, test } from "vitest";
import { globMatcher } from "./glob.ts";

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
