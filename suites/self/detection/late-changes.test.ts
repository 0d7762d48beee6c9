/** A repeated call is sent only when the target shows the effect of the first one: before that it may be accepted again. */
import { expect, test } from "vitest";
import type { Transport } from "../../../runner/transport/transport.ts";
import { runCases } from "./run-cases.ts";

test("DeleteUser is repeated when the deleted user is no longer listed", async () => {
  const actions: string[] = [];
  const record = (transport: Transport): Transport => ({
    ...transport,
    send: (origin, request, timeouts) => {
      const target = request.headers.find(([name]) => name.toLowerCase() === "x-amz-target")?.[1] ?? "";
      actions.push(target.replace("RekognitionService.", ""));
      return transport.send(origin, request, timeouts);
    },
  });
  const { verdicts } = await runCases({
    select: ["aws/rekognition/DeleteUser/duplicate/situation/again@*"],
    variants: ["late-changes"],
    fakeClock: true,
    wrapTransport: record,
  });
  expect(verdicts.map((v) => v.status)).toEqual(["passed"]);
  // The control creates and deletes another user before.
  const userOfCase = actions.lastIndexOf("CreateUser");
  const deletions = actions.flatMap((action, i) => (action === "DeleteUser" && i > userOfCase ? [i] : []));
  const between = actions.slice((deletions[0] ?? 0) + 1, deletions[1]);
  expect(between.length).toBeGreaterThan(1);
  expect(new Set(between)).toEqual(new Set(["ListUsers"]));
});
