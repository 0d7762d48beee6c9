/** Calls that a run must not send, and the problems that it reports instead. */
import { describe, expect, test } from "vitest";
import type { HttpRequest, HttpResponse, NoResponse, ServiceTarget, Target } from "../../../runner/model/index.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { type RunCasesOptions, type RunCasesResult, runCases } from "../detection/run-cases.ts";

const changeServices =
  (change: (service: ServiceTarget, prefix: string) => Partial<ServiceTarget>) =>
  (target: Target): Target => ({
    ...target,
    services: new Map([...target.services].map(([prefix, s]) => [prefix, { ...s, ...change(s, prefix) }])),
  });

/** Runs the cases on a target that does not count as the emulator, so that all guards apply. */
const guarded = (options: RunCasesOptions): Promise<RunCasesResult> =>
  runCases({ ...options, target: (target) => ({ ...(options.target?.(target) ?? target), isEmulator: false }) });

/** The action of a request over the main binding of its service. */
function actionOf(request: HttpRequest): string {
  const header = (name: string) => request.headers.find(([n]) => n.toLowerCase() === name)?.[1];
  return (
    header("x-tc-action") ?? header("x-amz-target")?.split(".")[1] ?? /[^/?]+(?=\?|$)/.exec(request.path)?.[0] ?? ""
  );
}

/** A transport that records the sent actions; `respond` may return a response in place of the target's. */
function spyTransport(
  respond: (action: string, request: HttpRequest) => HttpResponse | NoResponse | undefined = () => undefined,
) {
  const sent: string[] = [];
  const wrapTransport = (transport: Transport): Transport => ({
    ...transport,
    send: async (origin, request, timeouts) => {
      const action = actionOf(request);
      sent.push(action);
      return respond(action, request) ?? transport.send(origin, request, timeouts);
    },
  });
  return { sent, wrapTransport };
}

const jsonResponse = (body: string, status = 200): HttpResponse => ({
  status,
  headers: [["content-type", "application/json"]],
  body: Buffer.from(body),
});
const refusal = (code: string) =>
  jsonResponse(JSON.stringify({ Response: { Error: { Code: code, Message: "no" }, RequestId: crypto.randomUUID() } }));

const groupCases = ["tencent/iai/CreateGroup/valid/**@tc3-post", "tencent/iai/GetGroupList/valid/**@tc3-post"];
const mutating = /^(Create|Delete|Copy|Add|Remove)/;
const statusesOf = (verdicts: readonly { id: string; status: string }[], action: string) => [
  ...new Set(verdicts.filter(({ id }) => id.includes(`/${action}/`)).map(({ status }) => status)),
];

describe("no call that changes state is sent before the ping has succeeded", () => {
  test.each<[string, HttpResponse, string]>([
    ["an HTML page", jsonResponse("<html>welcome</html>"), "failed"],
    ["a closed account", refusal("ResourceUnavailable.InArrears"), "indeterminate"],
    ["a refusal of the key", refusal("AuthFailure.SecretIdNotFound"), "indeterminate"],
    ["a persistent internal error", refusal("InternalError"), "failed"],
    ["a missing permission, by an undocumented code", refusal("UnauthorizedOperation.CamNoAuth"), "indeterminate"],
    ["an undocumented code", refusal("SomethingElse"), "failed"],
  ])("%s", async (_, pingResponse, readStatus) => {
    const { sent, wrapTransport } = spyTransport((action) => (action === "GetGroupList" ? pingResponse : undefined));
    const { verdicts, runProblems } = await guarded({ select: groupCases, wrapTransport });
    expect(sent.filter((action) => mutating.test(action))).toEqual([]);
    expect(statusesOf(verdicts, "CreateGroup")).toEqual(["indeterminate"]);
    expect(statusesOf(verdicts, "GetGroupList")).toEqual([readStatus]);
    expect(runProblems.join()).toMatch(/no call that changes state is sent to tencent\/iai: its ping GetGroupList/);
  });

  test("the guard does not apply to the emulator's test keys", async () => {
    const { wrapTransport } = spyTransport((action) =>
      action === "GetGroupList" ? jsonResponse("<html>welcome</html>") : undefined,
    );
    const { verdicts } = await runCases({ select: groupCases, wrapTransport, postconditions: [] });
    expect(statusesOf(verdicts, "CreateGroup")).toContain("passed");
    expect(statusesOf(verdicts, "GetGroupList")).toEqual(["failed"]);
  });

  test("a ping that the target does not implement counts as a success, since its response has the documented envelope", async () => {
    const { wrapTransport } = spyTransport((action) =>
      action === "GetGroupList" ? refusal("InvalidAction") : undefined,
    );
    const { verdicts } = await guarded({
      select: ["tencent/iai/CreateGroup/illegal-charset/**@tc3-post"],
      wrapTransport,
    });
    expect(statusesOf(verdicts, "CreateGroup")).toContain("passed");
    expect(statusesOf(verdicts, "CreateGroup")).not.toContain("indeterminate");
  });

  test("an unreachable target gets no further calls after the ping", async () => {
    const { sent, wrapTransport } = spyTransport(() => ({ reason: "refused", detail: "connection refused" }));
    const { verdicts } = await guarded({ select: groupCases, wrapTransport });
    expect(statusesOf(verdicts, "CreateGroup")).toEqual(["indeterminate"]);
    expect(new Set(sent)).toEqual(new Set(["GetGroupList"]));
  });
});

describe("the account", () => {
  const services = [
    ["tencent/iai", "CreateGroup", "100000000001"],
    ["tencent/organization", "CreateGroup", "100000000001"],
    ["tencent/im", "create_group", "1400000000"],
    ["aws/rekognition", "CreateCollection", "123456789012"],
  ] as const;

  test.each(services)(
    "%s: a different one than in the target file, so no call that changes state is sent",
    async (service, action) => {
      const { sent, wrapTransport } = spyTransport();
      const { verdicts } = await guarded({
        select: [`${service}/${action}/valid/**`],
        wrapTransport,
        target: changeServices(({ provided }) => ({
          account: "999999999999",
          provided: { ...provided, collection: "assay-given" },
        })),
      });
      expect(statusesOf(verdicts, action)).toEqual(["indeterminate"]);
      expect(sent.filter((sentAction) => mutating.test(sentAction) || sentAction === action)).toEqual([]);
    },
  );

  test.each(services)("%s: the one of the target file", async (service, action, account) => {
    const arn = `arn:aws:rekognition:us-east-1:${account}:collection/assay-given`;
    const { wrapTransport } = spyTransport((sent) =>
      sent === "DescribeCollection" ? jsonResponse(JSON.stringify({ CollectionARN: arn })) : undefined,
    );
    const { verdicts } = await guarded({
      select: [`${service}/${action}/valid/**`],
      wrapTransport,
      postconditions: [],
      target: changeServices(({ provided }) => ({ account, provided: { ...provided, collection: "assay-given" } })),
    });
    expect(statusesOf(verdicts, action)).toContain("passed");
  });
});

test("maxMutations is never exceeded, and created resources are deleted nevertheless", async () => {
  const { sent, wrapTransport } = spyTransport();
  const { verdicts, extraResources, runProblems } = await guarded({
    select: ["tencent/iai/CreateGroup/boundary/**@tc3-post"],
    wrapTransport,
    target: (target) => ({ ...target, maxMutations: 25 }),
  });
  expect(sent.filter((action) => action === "CreateGroup")).toHaveLength(25);
  expect(statusesOf(verdicts, "CreateGroup")).toContain("passed");
  expect(statusesOf(verdicts, "CreateGroup")).toContain("indeterminate");
  expect(runProblems.join()).toMatch(/maxMutations is 25/);
  expect(extraResources).toBe(0);
});

test("a read-only run sends no call that changes state, whatever its cases require", async () => {
  const { sent, wrapTransport } = spyTransport();
  await guarded({ select: ["tencent/iai/*/valid/**@tc3-post"], wrapTransport, readOnly: true });
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter((action) => mutating.test(action))).toEqual([]);
});

test("nine refusals of the key in ten responses end the run with one problem", async () => {
  const { sent, wrapTransport } = spyTransport(() => refusal("AuthFailure.UnauthorizedOperation"));
  const { verdicts, runProblems } = await guarded({
    select: ["tencent/iai/GetGroupList/**"],
    wrapTransport,
    workers: 1,
  });
  expect(statusesOf(verdicts, "GetGroupList")).toEqual(["indeterminate"]);
  expect(sent.length).toBeLessThan(20);
  expect(verdicts.length).toBeGreaterThan(100);
  expect(runProblems.filter((t) => t.includes("refuses the credentials"))).toHaveLength(1);
});

test("no member is added to a provided group", async () => {
  const bodies: string[] = [];
  const { wrapTransport } = spyTransport((action, { body }) => {
    if (mutating.test(action) || /^(add|delete|create|destroy)_/.test(action)) bodies.push(String(body));
    return undefined;
  });
  const { verdicts } = await guarded({
    select: ["tencent/im/get_role_in_group/**"],
    wrapTransport,
    target: changeServices(({ provided }) => ({
      provided: { ...provided, "group Public": "provided-group", group: "provided-group" },
    })),
  });
  expect(statusesOf(verdicts, "get_role_in_group")).toContain("passed");
  expect(bodies.filter((body) => body.includes('"provided-group"'))).toEqual([]);
});

test("without a ping, calls that change state are sent to loopback only", async () => {
  const unsupported = { actions: { GetGroupList: "not implemented" }, bindings: {}, requirements: {} };
  const local = await guarded({ select: groupCases, target: changeServices(() => ({ unsupported })) });
  expect(statusesOf(local.verdicts, "CreateGroup")).toContain("passed");
  const { sent, wrapTransport } = spyTransport((action) =>
    mutating.test(action) ? undefined : refusal("InvalidAction"),
  );
  for (const endpoint of ["https://staging.example", "http://127.0.0.1.staging.example", "http://[::ffff:10.0.0.1]"]) {
    const remote = await guarded({
      select: groupCases,
      wrapTransport,
      target: changeServices(() => ({ unsupported, endpoint })),
    });
    expect(statusesOf(remote.verdicts, "CreateGroup")).toEqual(["indeterminate"]);
  }
  expect(sent).toEqual([]);
});

test("a provided group is read but never changed", async () => {
  const { sent, wrapTransport } = spyTransport((action, { body }) =>
    action === "GetPersonList" && String(body).includes('"provided-group"')
      ? jsonResponse(
          JSON.stringify({
            Response: {
              PersonInfos: [],
              PersonNum: 0,
              FaceNum: 0,
              FaceModelVersion: "3.0",
              RequestId: crypto.randomUUID(),
            },
          }),
        )
      : undefined,
  );
  const { verdicts } = await guarded({
    select: [
      "tencent/iai/GetPersonList/valid/call/minimal@tc3-post",
      "tencent/iai/DeleteGroup/valid/call/minimal@tc3-post",
    ],
    wrapTransport,
    target: changeServices(({ provided }) => ({ provided: { ...provided, group: "provided-group" } })),
  });
  expect(verdicts.map(({ status }) => status)).toEqual(["passed", "passed"]);
  expect(sent.filter((action) => action === "CreateGroup")).toHaveLength(1);
});
