/** Values too short for the id of the run may be those of another client's resources: others are tried. */
import { expect, test } from "vitest";
import type { Transport } from "../../../runner/transport/transport.ts";
import { createConstantTransport } from "./constant-transport.ts";
import { runCases } from "./run-cases.ts";

/** Refuses the first `count` groups with an id of one character, as if another client had created them. */
function withGroupsOfOthers(transport: Transport, count: number): Transport {
  const refusal = createConstantTransport({ cloud: "InvalidParameterValue.GroupIdAlreadyExist", im: 0, aws: "" });
  let refused = 0;
  return {
    ...transport,
    send: (...request) => {
      const [, { headers, body }] = request;
      const creates = headers.some(([, value]) => value === "CreateGroup");
      const takesShortId = /"GroupId":"."/u.test(Buffer.from(body ?? "").toString());
      return creates && takesShortId && refused++ < count ? refusal.send(...request) : transport.send(...request);
    },
  };
}

const cases = ["CreateGroup", "DeleteGroup", "DeletePersonFromGroup"].map(
  (action) => `tencent/iai/${action}/boundary/GroupId/1-bytes-ascii@tc3-post`,
);

test.each([
  [3, "passed", ""],
  [10, "skipped", "each of the 10 values of this length that were tried already exists on the target"],
])("the first %i values exist: %s", async (count, status, reason) => {
  for (const id of cases) {
    const { verdicts } = await runCases({
      select: [id],
      wrapTransport: (transport) => withGroupsOfOthers(transport, count),
    });
    expect(verdicts.map((v) => [v.id, v.status, v.reason])).toEqual([[id, status, reason]]);
  }
});
