/** Requests without a socket get the same verdicts as those over HTTP, from a faulty emulator and for every kind of case. */
import { expect, test } from "vitest";
import type { Verdict } from "../../../runner/model/index.ts";
import { specsOf } from "../../vitest.ts";
import { runCases } from "./run-cases.ts";

const specs = specsOf();

/** One action of each envelope, with every family of cases; the largest requests are those of `protocol`. */
const select = [
  "tencent/iai/CreateGroup/**",
  "tencent/organization/RemoveUserFromGroup/**",
  "tencent/im/delete_group_member/**",
  "aws/rekognition/DeleteUser/**",
];
const faults = [
  "group-id-one-byte-more",
  "version-wrong-taken",
  "tc3-window-wide-old",
  "error-message-null",
  "im-silence-2",
  "aws-token-for-anything",
];

/** What a verdict says, without what differs between any two runs: durations, times and random ids. */
const comparable = ({ exchanges, durationMs: _, judgedCallMs: __, ...verdict }: Verdict) => ({
  ...verdict,
  exchanges: exchanges.map(({ role, action, response }) => [
    role,
    action,
    "status" in response
      ? [response.status, response.headers.map(([name]) => name).filter((name) => !connection.has(name))]
      : response,
  ]),
});
/** Headers that only a connection has. */
const connection = new Set(["connection", "keep-alive"]);

test("the verdicts agree", async () => {
  const [over, without] = await Promise.all(
    [true, false].map(async (overHttp) => {
      const { verdicts, leftovers, extraResources } = await runCases({ select, faults, specs, overHttp, workers: 1 });
      return { verdicts: verdicts.map(comparable), leftovers, extraResources };
    }),
  );
  expect(without).toEqual(over);
  expect(over?.verdicts.length).toBeGreaterThan(1500);
  expect(over?.verdicts.filter((v) => v.status === "failed").length).toBeGreaterThan(5);
});
