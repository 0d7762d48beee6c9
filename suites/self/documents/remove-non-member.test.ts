/** Removing a non-member: Tencent IM accepts it, the other services refuse it, and a server with the opposite behaviour fails. */
import { describe, expect, test } from "vitest";
import { runCases } from "../detection/run-cases.ts";

const refused = (...codes: string[]) => ({ outcome: "refused", codes });

describe.each([
  ["tencent/im/delete_group_member", "not-a-member", { outcome: "success" }, "im-non-member-refused"],
  [
    "tencent/iai/DeletePersonFromGroup",
    "person-elsewhere",
    refused("FailedOperation.GroupPersonMapNotExist"),
    "non-member-removed",
  ],
  [
    "tencent/organization/RemoveUserFromGroup",
    "user-elsewhere",
    refused("InvalidParameter.GroupUserNotExist"),
    "non-user-removed",
  ],
  ["aws/rekognition/DeleteUser", "user-elsewhere", refused("ResourceNotFoundException"), "aws-unknown-user-deleted"],
])("%s", (action, situation, expected, fault) => {
  const select = [`${action}/missing-member/situation/${situation}`];

  test("the documented outcome passes", async () => {
    const { verdicts } = await runCases({ select });
    expect(verdicts.length).toBeGreaterThan(0);
    for (const { status, level, expect: expectation } of verdicts)
      expect({ status, level, wanted: expectation }).toEqual({ status: "passed", level: "must", wanted: expected });
  });

  test("the opposite outcome fails", async () => {
    const { verdicts } = await runCases({ select, faults: [fault] });
    expect(verdicts.length).toBeGreaterThan(0);
    for (const { status } of verdicts) expect(status).toBe("failed");
  });
});
