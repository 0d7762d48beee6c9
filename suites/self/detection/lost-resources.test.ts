/** At the end of a run, each resource that it created and that no call deleted is looked up: one that is gone is named. */
import { expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import { createInProcessTransport } from "./in-process-transport.ts";
import { runCases } from "./run-cases.ts";

test.each([
  ["tencent/iai/GetPersonList", "group"],
  ["tencent/organization/GetGroup", "group"],
  ["tencent/im/get_role_in_group", "group"],
  ["aws/rekognition/ListUsers", "collection"],
])("%s: a target that forgets everything after the last case loses the %s", async (action, resource) => {
  const { respond, close } = await startEmulator({});
  if (!respond) throw new Error("the emulator has no responder");
  const empty = createInProcessTransport(respond);
  const run = async (forgets: boolean) => {
    let isOver = false;
    const { verdicts, lost } = await runCases({
      select: [`${action}/valid/call/minimal@*`],
      workers: 1,
      fakeClock: true,
      stopWhen: () => {
        isOver = true;
        return true;
      },
      wrapTransport: (transport) => ({
        ...transport,
        send: (...request) => (isOver && forgets ? empty : transport).send(...request),
      }),
    });
    expect(verdicts.map(({ status }) => status)).toEqual(["passed"]);
    return lost;
  };
  try {
    expect(await run(false)).toEqual([]);
    const [lost] = await run(true);
    expect(lost).toMatch(new RegExp(`${resource} \\S+ .*was created, no call deleted it, and at the end \\S+ shows: `));
  } finally {
    await close();
  }
});
