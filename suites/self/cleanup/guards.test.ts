/** What a run must not send, and what it says instead. */
import { describe, expect, test } from "vitest";
import type { HttpRequest, HttpResponse, NoResponse, ServiceTarget, Target } from "../../../runner/model/index.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { type RunCasesOptions, type RunCasesResult, runCases } from "../detection/run-cases.ts";

const changed =
  (change: (service: ServiceTarget, prefix: string) => Partial<ServiceTarget>) =>
  (target: Target): Target => ({
    ...target,
    services: new Map([...target.services].map(([prefix, s]) => [prefix, { ...s, ...change(s, prefix) }])),
  });

/** As a target file's: something may be at stake. */
const guarded = (j: RunCasesOptions): Promise<RunCasesResult> =>
  runCases({ ...j, target: (target) => ({ ...(j.target?.(target) ?? target), isEmulator: false }) });

/** The action of a request over a main binding. */
function actionOf(request: HttpRequest): string {
  const header = (name: string) => request.headers.find(([n]) => n.toLowerCase() === name)?.[1];
  return (
    header("x-tc-action") ?? header("x-amz-target")?.split(".")[1] ?? /[^/?]+(?=\?|$)/.exec(request.path)?.[0] ?? ""
  );
}

/** Notes every action that is sent; `answer` may take the target's place. */
function wire(
  answer: (action: string, request: HttpRequest) => HttpResponse | NoResponse | undefined = () => undefined,
) {
  const sent: string[] = [];
  const through = (transport: Transport): Transport => ({
    ...transport,
    send: async (origin, request, timeouts) => {
      const action = actionOf(request);
      sent.push(action);
      return answer(action, request) ?? transport.send(origin, request, timeouts);
    },
  });
  return { sent, through };
}

const answered = (body: string, status = 200): HttpResponse => ({
  status,
  headers: [["content-type", "application/json"]],
  body: Buffer.from(body),
});
const refused = (code: string) =>
  answered(JSON.stringify({ Response: { Error: { Code: code, Message: "no" }, RequestId: crypto.randomUUID() } }));

const groups = ["tencent/iai/CreateGroup/valid/**@tc3-post", "tencent/iai/GetGroupList/valid/**@tc3-post"];
const mutating = /^(Create|Delete|Copy|Add|Remove)/;
const by = (verdicts: readonly { id: string; status: string }[], action: string) => [
  ...new Set(verdicts.filter(({ id }) => id.includes(`/${action}/`)).map(({ status }) => status)),
];

describe("nothing is changed before the ping has worked", () => {
  test.each<[string, HttpResponse, string]>([
    ["a page of HTML", answered("<html>welcome</html>"), "failed"],
    ["a closed account", refused("ResourceUnavailable.InArrears"), "indeterminate"],
    ["a refusal of the key", refused("AuthFailure.SecretIdNotFound"), "indeterminate"],
    ["an inner fault that stays", refused("InternalError"), "failed"],
    ["a right that is missing, by a code of no table", refused("UnauthorizedOperation.CamNoAuth"), "indeterminate"],
    ["a code that no page knows", refused("SomethingElse"), "failed"],
  ])("%s", async (_, answer, reading) => {
    const { sent, through } = wire((action) => (action === "GetGroupList" ? answer : undefined));
    const { verdicts, troubles } = await guarded({ select: groups, wrapTransport: through });
    expect(sent.filter((action) => mutating.test(action))).toEqual([]);
    expect(by(verdicts, "CreateGroup")).toEqual(["indeterminate"]);
    expect(by(verdicts, "GetGroupList")).toEqual([reading]);
    expect(troubles.join()).toMatch(/nothing of tencent\/iai is changed: its ping GetGroupList/);
  });

  test("where only test keys are used nothing is at stake, and everything is judged", async () => {
    const { through } = wire((action) => (action === "GetGroupList" ? answered("<html>welcome</html>") : undefined));
    const { verdicts } = await runCases({ select: groups, wrapTransport: through, postconditions: [] });
    expect(by(verdicts, "CreateGroup")).toContain("passed");
    expect(by(verdicts, "GetGroupList")).toEqual(["failed"]);
  });

  test("an action that the target lacks still speaks its language", async () => {
    const { through } = wire((action) => (action === "GetGroupList" ? refused("InvalidAction") : undefined));
    const { verdicts } = await guarded({
      select: ["tencent/iai/CreateGroup/illegal-charset/**@tc3-post"],
      wrapTransport: through,
    });
    expect(by(verdicts, "CreateGroup")).toContain("passed");
    expect(by(verdicts, "CreateGroup")).not.toContain("indeterminate");
  });

  test("what cannot be asked at all is not asked for more", async () => {
    const { sent, through } = wire(() => ({ reason: "refused", detail: "nobody there" }));
    const { verdicts } = await guarded({ select: groups, wrapTransport: through });
    expect(by(verdicts, "CreateGroup")).toEqual(["indeterminate"]);
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

  test.each(services)("%s: another than the target names", async (service, action) => {
    const { sent, through } = wire();
    const { verdicts } = await guarded({
      select: [`${service}/${action}/valid/**`],
      wrapTransport: through,
      target: changed(({ provided }) => ({
        account: "999999999999",
        provided: { ...provided, collection: "assay-given" },
      })),
    });
    expect(by(verdicts, action)).toEqual(["indeterminate"]);
    expect(sent.filter((a) => mutating.test(a) || a === action)).toEqual([]);
  });

  test.each(services)("%s: the one that the target names", async (service, action, account) => {
    const arn = `arn:aws:rekognition:us-east-1:${account}:collection/assay-given`;
    const { through } = wire((sent) =>
      sent === "DescribeCollection" ? answered(JSON.stringify({ CollectionARN: arn })) : undefined,
    );
    const { verdicts } = await guarded({
      select: [`${service}/${action}/valid/**`],
      wrapTransport: through,
      postconditions: [],
      target: changed(({ provided }) => ({ account, provided: { ...provided, collection: "assay-given" } })),
    });
    expect(by(verdicts, action)).toContain("passed");
  });
});

test("maxMutations is never passed, and what was made is taken away all the same", async () => {
  const { sent, through } = wire();
  const { verdicts, held, troubles } = await guarded({
    select: ["tencent/iai/CreateGroup/**@tc3-post"],
    wrapTransport: through,
    target: (target) => ({ ...target, maxMutations: 25 }),
  });
  expect(sent.filter((action) => action === "CreateGroup")).toHaveLength(25);
  expect(by(verdicts, "CreateGroup")).toContain("passed");
  expect(by(verdicts, "CreateGroup")).toContain("indeterminate");
  expect(troubles.join()).toMatch(/maxMutations is 25/);
  expect(held).toBe(0);
});

test("a run that only reads changes nothing, whatever its cases want", async () => {
  const { sent, through } = wire();
  await guarded({ select: ["tencent/iai/*/valid/**@tc3-post"], wrapTransport: through, readOnly: true });
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter((action) => mutating.test(action))).toEqual([]);
});

test("nine refusals of the key in ten answers end it, with one sentence", async () => {
  const { sent, through } = wire(() => refused("AuthFailure.UnauthorizedOperation"));
  const { verdicts, troubles } = await guarded({
    select: ["tencent/iai/GetGroupList/**"],
    wrapTransport: through,
    workers: 1,
  });
  expect(by(verdicts, "GetGroupList")).toEqual(["indeterminate"]);
  expect(sent.length).toBeLessThan(20);
  expect(verdicts.length).toBeGreaterThan(100);
  expect(troubles.filter((t) => t.includes("refuses the credentials"))).toHaveLength(1);
});

test("nothing is put into a group of the target's", async () => {
  const bodies: string[] = [];
  const { through } = wire((action, { body }) => {
    if (mutating.test(action) || /^(add|delete|create|destroy)_/.test(action)) bodies.push(String(body));
    return undefined;
  });
  const { verdicts } = await guarded({
    select: ["tencent/im/get_role_in_group/**"],
    wrapTransport: through,
    target: changed(({ provided }) => ({ provided: { ...provided, "group Public": "theirs", group: "theirs" } })),
  });
  expect(by(verdicts, "get_role_in_group")).toContain("passed");
  expect(bodies.filter((body) => body.includes('"theirs"'))).toEqual([]);
});

test("without a ping nothing is changed but on this machine", async () => {
  const unsupported = { actions: { GetGroupList: "not there" }, bindings: {}, requirements: {} };
  const here = await guarded({ select: groups, target: changed(() => ({ unsupported })) });
  expect(by(here.verdicts, "CreateGroup")).toContain("passed");
  const { sent, through } = wire((action) => (mutating.test(action) ? undefined : refused("InvalidAction")));
  const there = await guarded({
    select: groups,
    wrapTransport: through,
    target: changed(() => ({ unsupported, endpoint: "https://staging.example" })),
  });
  expect(by(there.verdicts, "CreateGroup")).toEqual(["indeterminate"]);
  expect(sent).toEqual([]);
});

test("a group of the target's is looked at and never changed", async () => {
  const { sent, through } = wire((action, { body }) =>
    action === "GetPersonList" && String(body).includes('"theirs"')
      ? answered(
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
    wrapTransport: through,
    target: changed(({ provided }) => ({ provided: { ...provided, group: "theirs" } })),
  });
  expect(verdicts.map(({ status }) => status)).toEqual(["passed", "passed"]);
  expect(sent.filter((action) => action === "CreateGroup")).toHaveLength(1);
});
