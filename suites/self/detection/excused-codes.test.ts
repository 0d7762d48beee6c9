/** Targets that are busy, lack a permission or have reached a quota: no case fails, and no run waits for minutes. */
import { describe, expect, test } from "vitest";
import type { HttpRequest, HttpResponse, Verdict } from "../../../runner/model/index.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { type RunCasesOptions, runCases } from "./run-cases.ts";

const body = ({ body: bytes }: HttpResponse): string => Buffer.from(bytes).toString();
const nameOf = ({ headers }: HttpRequest): string =>
  headers.find(([name]) => /^x-(?:tc-action|amz-target)$/i.test(name))?.[1].replace(/^.*\./, "") ?? "";

const cloudRefusal = (code: string): Response =>
  ({
    status: 200,
    text: JSON.stringify({ Response: { Error: { Code: code, Message: "m" }, RequestId: "" } }),
  }) as const;
const awsRefusal = (code: string): Response =>
  ({ status: 400, text: JSON.stringify({ __type: code, Message: "m" }) }) as const;

interface Response {
  readonly status: number;
  readonly text: string;
}

let ids = 0;

/** The response of the target, unless `refuse` returns another one. */
const refusing =
  (refuse: (action: string, accepted: () => Promise<boolean>, nowMs: number) => Promise<Response | undefined>) =>
  (transport: Transport, now: () => number): Transport => ({
    ...transport,
    send: async (...call) => {
      let sent: Awaited<ReturnType<Transport["send"]>> | undefined;
      const accepted = async () => {
        sent ??= await transport.send(...call);
        return !("reason" in sent) && !/"Error"|"__type"/.test(body(sent));
      };
      const refusal = await refuse(nameOf(call[1]), accepted, now());
      if (refusal === undefined) return sent ?? transport.send(...call);
      const { status, text } = refusal;
      const id = `r-${++ids}`;
      const headers: HttpResponse["headers"] = [
        ["content-type", status === 200 ? "application/json" : "application/x-amz-json-1.1"],
        ["x-amzn-requestid", id],
      ];
      return { status, headers, body: Buffer.from(text.replace('"RequestId":""', `"RequestId":"${id}"`)) };
    },
  });

async function run(
  options: RunCasesOptions,
): Promise<{ statuses: Set<string>; failed: string[]; verdicts: readonly Verdict[] }> {
  const { verdicts } = await runCases({ fakeClock: true, ...options });
  const failed = verdicts.filter(({ status }) => status === "failed").map(({ id, actual }) => `${id}: ${actual}`);
  return { statuses: new Set(verdicts.map(({ status }) => status)), failed, verdicts };
}

const stated = ["missing-member", "situation", "duplicate", "valid", "boundary"];
const select = ["tencent/iai/DeleteGroup", "tencent/iai/CreateGroup"].flatMap((a) => stated.map((f) => `${a}/${f}/**`));
const awsSelect = ["DeleteUser", "CreateUser"].flatMap((a) => stated.map((f) => `aws/rekognition/${a}/${f}/**`));

describe("no case fails", () => {
  test.each([7, 20, 60])("on a target that is busy for %i seconds again and again", async (seconds) => {
    const { failed } = await run({
      select,
      workers: 1,
      wrapTransport: refusing(async (_action, _accepted, nowMs) =>
        Math.floor(nowMs / 1000) % (2 * seconds) < seconds ? cloudRefusal("RequestLimitExceeded") : undefined,
      ),
    });
    expect(failed).toEqual([]);
  });

  test("on a target that lacks the permission for an action", async () => {
    const { failed, statuses } = await run({
      select: ["aws/rekognition/DeleteUser/**"],
      wrapTransport: refusing(async (action) =>
        action === "DeleteUser" ? awsRefusal("AccessDeniedException") : undefined,
      ),
    });
    expect(failed).toEqual([]);
    expect(statuses).toContain("indeterminate");
  });

  test("on a target whose account has room for one more of what the action creates", async () => {
    let count = 0;
    const { failed, verdicts } = await run({
      select: ["tencent/iai/CreateGroup/**@tc3-post"],
      workers: 1,
      wrapTransport: refusing(async (action, accepted) => {
        if (action === "CreateGroup") {
          if (count >= 1) return cloudRefusal("InvalidParameterValue.GroupNumExceed");
          if (await accepted()) count++;
        }
        if (action === "DeleteGroup" && (await accepted())) count--;
        return undefined;
      }),
    });
    expect(failed).toEqual([]);
    expect(verdicts.filter(({ reason }) => reason.includes("GroupNumExceed")).length).toBeGreaterThan(0);
  });
});

describe("waiting is bounded", () => {
  test.each([
    ["every call", (accepted: boolean) => accepted || !accepted],
    ["every refused call", (accepted: boolean) => !accepted],
  ])("on a target where %s gets a busy response", async (_, isBusy) => {
    let firstMs = 0;
    let lastMs = 0;
    const { verdicts } = await run({
      select: awsSelect,
      wrapTransport: (transport, now) => {
        firstMs = now();
        const wrapped = refusing(async (_action, accepted) =>
          isBusy(await accepted()) ? awsRefusal("ThrottlingException") : undefined,
        )(transport, now);
        return {
          ...wrapped,
          send: (...call) => {
            lastMs = now();
            return wrapped.send(...call);
          },
        };
      },
    });
    expect(verdicts.length).toBeGreaterThan(60);
    // Eight times 5 s and their jitter, and for each case a pause and a retry of each of two evaluations; all of it divided by 8 lanes.
    expect((lastMs - firstMs) / 1000).toBeLessThan(8 * 5.25 * 1.5 + verdicts.length);
  });
});
