/** Findings explain themselves: the member that differs, the clocks of a time window, the page with the limit. */
import { expect, test } from "vitest";
import { runCases } from "./run-cases.ts";

const failureOf = async (fault: string, select: string) => {
  const { verdicts } = await runCases({ select: [select], faults: [fault], fakeClock: true });
  const [verdict] = verdicts;
  if (!verdict) throw new Error(select);
  return verdict;
};

test("a resource that is not as it was created: the member in which it differs", async () => {
  const { findings } = await failureOf("tag-not-kept", "tencent/iai/CreateGroup/valid/call/full@tc3-post");
  expect(findings).toMatchObject([{ check: "effect", expected: "group: as created", actual: "another Tag" }]);
});

test("a time window: the clock that was assumed", async () => {
  const { reason } = await failureOf(
    "tc3-window-wide-old",
    "tencent/iai/GetGroupList/signature/window/301-seconds-old@tc3-post",
  );
  expect(reason).toMatch(
    /^signed for a time 301 s behind the target's clock, as its Date headers show it; check the window/,
  );
});

test("a request that is too long: the page that states the sizes", async () => {
  const { verdicts } = await runCases({
    select: ["tencent/iai/GetGroupList/protocol/*/*-bytes@*"],
    depth: "exhaustive",
  });
  const urls = verdicts.filter(({ expect: e }) => e.outcome === "refused").map(({ source }) => source.url);
  expect(new Set(urls)).toEqual(new Set(["https://www.tencentcloud.com/document/product/1041/33627"]));
});
