/** What a log holds of a case: enough to understand its failure, and no more of what passed. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { HttpResponse, RecordedExchange, Verdict } from "../../../runner/model/index.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { runCases } from "../detection/run-cases.ts";

const roles = ({ exchanges }: Verdict): string[] => exchanges.map(({ role }) => role);

async function failedOf(fault: string, select: string): Promise<Verdict> {
  const { verdicts } = await runCases({ faults: [fault], select: [select] });
  const found = verdicts.find(({ status }) => status === "failed");
  if (found === undefined) throw new Error(`nothing failed under ${select}`);
  return found;
}

const body = ({ request }: RecordedExchange): Record<string, unknown> => JSON.parse(request.body.text);

test("a failure stands beside its control, with what sets them apart, when it was sent and how long it took", async () => {
  const verdict = await failedOf(
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

test("a case that is wrong on the wire says how", async () => {
  const verdict = await failedOf("tc3-body-unsigned", "tencent/iai/CreateGroup/signature/body/altered@tc3-post");
  const around = { op: "around", before: "", after: " " };
  expect(verdict.deviations).toEqual([{ op: "request", request: { afterSigning: [around] } }]);
  expect(roles(verdict)).toEqual(["control", "judged"]);
});

test("one in another state names the state", async () => {
  const verdict = await failedOf(
    "unknown-group-removed-from",
    "tencent/iai/DeletePersonFromGroup/missing-member/situation/group-unknown@tc3-post",
  );
  expect(verdict.deviations).toEqual([{ op: "situation", situation: "group-unknown" }]);
});

describe("an effect that did not come about is shown by the call that looked for it", () => {
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

test("of what passed the time is kept, and nothing else", async () => {
  const { verdicts } = await runCases({ select: ["tencent/iai/CreateGroup/valid/**"] });
  expect(verdicts.length).toBeGreaterThan(10);
  for (const { judgedCallMs, exchanges, deviations } of verdicts) {
    expect(judgedCallMs).toBeGreaterThan(0);
    expect([exchanges, deviations]).toEqual([[], undefined]);
  }
});

/** A control of a megabyte, remembered for every action, would be the target's say over our memory. */
test("a control with a large answer is not remembered", async () => {
  const pad = "x".repeat(20_000);
  const { verdicts } = await runCases({
    faults: ["group-id-one-byte-more"],
    select: ["tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post"],
    wrapTransport: (transport) => ({
      ...transport,
      send: async (...call) => {
        const answer = await transport.send(...call);
        if ("reason" in answer) return answer;
        const text = Buffer.from(answer.body).toString().replace(/\}$/, `,"Pad":"${pad}"}`);
        return { ...answer, body: Buffer.from(text) };
      },
    }),
  });
  expect(verdicts.map(roles)).toEqual([["judged"]]);
});

/** What is accepted of one action is answered otherwise. */
const answering = (target: string, change: Partial<HttpResponse>) => (transport: Transport) => ({
  ...transport,
  send: async (...call: Parameters<Transport["send"]>) => {
    const answer = await transport.send(...call);
    const asked = call[1].headers.some(([name, value]) => /^x-(amz-target|tc-action)$/i.test(name) && value === target);
    return asked && !("reason" in answer) && answer.status === 200 ? { ...answer, ...change } : answer;
  },
});

describe("what waits for a call that was not accepted names it, and shows how it was answered", () => {
  test.each([
    ["as its set-up", "DeleteUser/valid/call/minimal", "setup"],
    ["as its control", "CreateUser/boundary/UserId/129-chars-ascii", "control"],
    ["as the set-up of its control", "DeleteUser/boundary/UserId/129-chars-ascii", "setup"],
    ["as the call before", "CreateUser/duplicate/situation/again", "before"],
  ])("%s", async (_, id, role) => {
    const wrapTransport = answering("RekognitionService.CreateUser", { status: 201 });
    const { verdicts } = await runCases({ select: [`aws/rekognition/${id}@awsjson11`], wrapTransport });
    const action = "aws/rekognition/CreateUser";
    const blockedBy = { action, response: "HTTP 201, neither a success nor a code" };
    expect(verdicts).toMatchObject([{ status: "indeterminate", blockedBy, exchanges: [{ role, action }] }]);
    expect(verdicts[0]?.exchanges[0]?.response).toMatchObject({ status: 201 });
  });

  test("by the code that it got", async () => {
    const answer = "InvalidParameterValue.GroupIdIllegal";
    const refusal = { Error: { Code: answer, Message: "" }, RequestId: randomUUID() };
    const body = Buffer.from(JSON.stringify({ Response: refusal }));
    const wrapTransport = answering("CreateGroup", { body });
    const select = ["CreateGroup", "DeleteGroup"].map(
      (name) => `tencent/iai/${name}/boundary/GroupId/65-bytes-ascii@tc3-post`,
    );
    const { verdicts } = await runCases({ select, wrapTransport });
    const blockedBy = { action: "tencent/iai/CreateGroup", response: answer };
    const of = (name: string) => verdicts.find(({ action }) => action.endsWith(`/${name}`));
    const reason = `its control was not accepted: answered ${answer}`;
    expect(of("CreateGroup")).toMatchObject({ status: "indeterminate", reason, blockedBy });
    expect(of("DeleteGroup")).toMatchObject({ status: "indeterminate", blockedBy });
  });
});
