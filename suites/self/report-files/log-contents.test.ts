/** Contents of a log: the exchanges that explain a failure; for a passed case only the duration. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { HttpResponse, RecordedExchange, Verdict } from "../../../runner/model/index.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { runCases } from "../detection/run-cases.ts";

const roles = ({ exchanges }: Verdict): string[] => exchanges.map(({ role }) => role);

async function firstFailure(fault: string, select: string): Promise<Verdict> {
  const { verdicts } = await runCases({ faults: [fault], select: [select] });
  const failure = verdicts.find(({ status }) => status === "failed");
  if (failure === undefined) throw new Error(`nothing failed under ${select}`);
  return failure;
}

const body = ({ request }: RecordedExchange): Record<string, unknown> => JSON.parse(request.body.text);

test("a failed case has its control, the deviation from it, start times and durations", async () => {
  const verdict = await firstFailure(
    "group-id-one-byte-more",
    "tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post",
  );
  expect(roles(verdict)).toEqual(["control", "judged"]);
  expect(verdict.deviations).toEqual([{ op: "set", path: "/GroupId" }]);
  const [control, judged] = verdict.exchanges as [RecordedExchange, RecordedExchange];
  expect(String(body(judged)["GroupId"])).toHaveLength(65);
  expect(Object.keys(body(control)).sort()).toEqual(Object.keys(body(judged)).sort());
  expect(control.response).toMatchObject({ status: 200 });
  expect(verdict.judgedCallMs).toBe(judged.durationMs);
  for (const { started } of verdict.exchanges) expect(new Date(started ?? "").toISOString()).toBe(started);
});

test("a case with a changed HTTP request has the change as its deviation", async () => {
  const verdict = await firstFailure("tc3-body-unsigned", "tencent/iai/CreateGroup/signature/body/altered@tc3-post");
  const appendedSpace = { op: "around", before: "", after: " " };
  expect(verdict.deviations).toEqual([{ op: "request", request: { afterSigning: [appendedSpace] } }]);
  expect(roles(verdict)).toEqual(["control", "judged"]);
});

test("a case of a situation has the situation as its deviation", async () => {
  const verdict = await firstFailure(
    "unknown-group-removed-from",
    "tencent/iai/DeletePersonFromGroup/missing-member/situation/group-unknown@tc3-post",
  );
  expect(verdict.deviations).toEqual([{ op: "situation", situation: "group-unknown" }]);
});

describe("a failed postcondition has the call that read the state", () => {
  test.each([
    ["group-not-deleted", "tencent/iai/DeleteGroup/valid/call/minimal@tc3-post"],
    ["last-group-leaves-the-person", "tencent/iai/DeletePersonFromGroup/valid/**@tc3-post"],
    ["group-made-before-it-is-refused", "tencent/iai/CreateGroup/**@tc3-post"],
  ])("%s", async (fault, select) => {
    const { verdicts } = await runCases({ faults: [fault], select: [select] });
    const verdict = verdicts.find(({ findings }) =>
      findings.some(({ check }) => ["effect", "unchanged", "bystander"].includes(check)),
    );
    expect(verdict).toBeDefined();
    const probe = verdict?.exchanges.find(({ role }) => role === "probe");
    const finding = verdict?.findings.find(({ check }) => check !== "outcome");
    expect(probe?.action.split("/").at(-1)).toBe(finding?.location);
  });
});

test("a passed case has its duration, but no exchanges", async () => {
  const { verdicts } = await runCases({ select: ["tencent/iai/CreateGroup/valid/**"] });
  expect(verdicts.length).toBeGreaterThan(10);
  for (const { judgedCallMs, exchanges, deviations } of verdicts) {
    expect(judgedCallMs).toBeGreaterThan(0);
    expect([exchanges, deviations]).toEqual([[], undefined]);
  }
});

/** Controls are cached per action, so a large one would let the target determine our memory use. */
test("a control with a large response is not cached", async () => {
  const pad = "x".repeat(20_000);
  const { verdicts } = await runCases({
    faults: ["group-id-one-byte-more"],
    select: ["tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post"],
    wrapTransport: (transport) => ({
      ...transport,
      send: async (...call) => {
        const response = await transport.send(...call);
        if ("reason" in response) return response;
        const text = Buffer.from(response.body).toString().replace(/\}$/, `,"Pad":"${pad}"}`);
        return { ...response, body: Buffer.from(text) };
      },
    }),
  });
  expect(verdicts.map(roles)).toEqual([["judged"]]);
});

/** Changes the accepted responses of one action. */
const changeResponses = (target: string, change: Partial<HttpResponse>) => (transport: Transport) => ({
  ...transport,
  send: async (...call: Parameters<Transport["send"]>) => {
    const response = await transport.send(...call);
    const isAction = call[1].headers.some(
      ([name, value]) => /^x-(amz-target|tc-action)$/i.test(name) && value === target,
    );
    return isAction && !("reason" in response) && response.status === 200 ? { ...response, ...change } : response;
  },
});

describe("an indeterminate case names the call that was not accepted, and has its exchange", () => {
  test.each([
    ["as its set-up", "DeleteUser/valid/call/minimal", "setup"],
    ["as its control", "CreateUser/boundary/UserId/129-chars-ascii", "control"],
    ["as the set-up of its control", "DeleteUser/boundary/UserId/129-chars-ascii", "setup"],
    ["as the call before", "CreateUser/duplicate/situation/again", "before"],
  ])("%s", async (_, id, role) => {
    const wrapTransport = changeResponses("RekognitionService.CreateUser", { status: 201 });
    const { verdicts } = await runCases({ select: [`aws/rekognition/${id}@awsjson11`], wrapTransport });
    const action = "aws/rekognition/CreateUser";
    const blockedBy = { action, response: "HTTP 201, neither a success nor a code" };
    expect(verdicts).toMatchObject([{ status: "indeterminate", blockedBy, exchanges: [{ role, action }] }]);
    expect(verdicts[0]?.exchanges[0]?.response).toMatchObject({ status: 201 });
  });

  test("the response is named by its code", async () => {
    const code = "InvalidParameterValue.GroupIdIllegal";
    const refusal = { Error: { Code: code, Message: "" }, RequestId: randomUUID() };
    const body = Buffer.from(JSON.stringify({ Response: refusal }));
    const wrapTransport = changeResponses("CreateGroup", { body });
    const select = ["CreateGroup", "DeleteGroup"].map(
      (name) => `tencent/iai/${name}/boundary/GroupId/65-bytes-ascii@tc3-post`,
    );
    const { verdicts } = await runCases({ select, wrapTransport });
    const blockedBy = { action: "tencent/iai/CreateGroup", response: code };
    const verdictOf = (name: string) => verdicts.find(({ action }) => action.endsWith(`/${name}`));
    const reason = `the control call was not accepted: response ${code}`;
    expect(verdictOf("CreateGroup")).toMatchObject({ status: "indeterminate", reason, blockedBy });
    expect(verdictOf("DeleteGroup")).toMatchObject({ status: "indeterminate", blockedBy });
  });
});
