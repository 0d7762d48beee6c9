/** The judge against hand-made answers: each verdict for its reason alone. */
import { beforeEach, describe, expect, test } from "vitest";
import { planAction } from "../cases/plan.ts";
import { decodeResponse } from "../http/decode.ts";
import type { Action, Case, HttpResponse, Json } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { judge } from "./judge.ts";
import { createRequestIdHistory, type RequestIdHistory } from "./request-id-history.ts";

const specs = loadSpecs(builtInSpecs());
const caseOf = (id: string): Case => {
  const action = specs.actions.get(id.split("/").slice(0, 3).join("/")) as Action;
  const found = [...planAction(action, { depth: "standard", isFlat: () => false })].find((c) => c.id === id);
  if (!found) throw new Error(id);
  return found;
};

const group = "tencent/iai/CreateGroup";
const valid = caseOf(`${group}/valid/call/minimal@tc3-post`);
const tooLong = caseOf(`${group}/boundary/GroupId/65-bytes-ascii@tc3-post`);
const disputed = caseOf(`${group}/illegal-charset/GroupName/space-inside@tc3-post`);
const guessed = caseOf(`${group}/missing-member/GroupName/null@tc3-post`);
const list = caseOf("tencent/iai/GetGroupList/valid/call/minimal@tc3-post");
const deleteUser = caseOf("aws/rekognition/DeleteUser/valid/call/minimal@awsjson11");
const noUser = caseOf("aws/rekognition/DeleteUser/missing-member/situation/user-unknown@awsjson11");
const removal = caseOf("tencent/im/delete_group_member/valid/call/minimal@tim-post");
const adding = caseOf("tencent/im/add_group_member/valid/call/minimal@tim-post");
const noGroup = caseOf("tencent/im/delete_group_member/missing-member/situation/group-unknown@tim-post");

let ids: RequestIdHistory;
beforeEach(() => {
  ids = createRequestIdHistory();
});

function answer(
  body: Json | string,
  status = 200,
  headers: [string, string][] = [["content-type", "application/json"]],
): HttpResponse {
  return { status, headers, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) };
}

function judged(c: Case, response: HttpResponse) {
  return judge(c, response, decodeResponse(response, c.action.service.envelope), ids);
}

const ok = (more: object = {}): Json => ({ Response: { RequestId: "r-1", ...more } }) as Json;
const error = (Code: string, more: object = {}): Json =>
  ({ Response: { Error: { Code, Message: "m" }, RequestId: "r-1", ...more } }) as Json;
const checks = (c: Case, response: HttpResponse) => judged(c, response).findings.map((f) => `${f.check} ${f.location}`);

describe("Tencent Cloud", () => {
  test("a success is a success, with members that nobody declared", () => {
    expect(judged(valid, answer(ok({ FaceModelVersion: "3.0" }))).status).toBe("passed");
    expect(judged(valid, answer({ ...(ok() as object), retcode: 0 } as Json)).findings).toEqual([
      expect.objectContaining({ check: "request-id", actual: "repeated" }),
    ]);
  });

  test.each<[string, HttpResponse, string]>([
    ["another status", answer(ok(), 201), "status status"],
    ["HTML for a content type", answer(ok(), 200, [["content-type", "text/html"]]), "content-type header:content-type"],
    ["no content type", answer(ok(), 200, []), "content-type header:content-type"],
    ["no RequestId", answer({ Response: {} }), "envelope /Response/RequestId"],
    ["an empty RequestId", answer({ Response: { RequestId: "" } }), "request-id /Response/RequestId"],
    ["a number for a RequestId", answer({ Response: { RequestId: 7 } }), "request-id /Response/RequestId"],
    ["Error: null", answer(ok({ Error: null })), "envelope body"],
    ["a refusal", answer(error("InvalidParameter")), "outcome /Response/Error/Code"],
    ["a byte order mark", answer(`\ufeff${JSON.stringify(ok())}`), "envelope body"],
    ["half a JSON", answer(JSON.stringify(ok()).slice(0, -1)), "envelope body"],
    ["a list", answer([ok()]), "envelope "],
    ["nothing", answer(""), "envelope body"],
  ])("a valid call that gets %s has failed", (_, response, finding) => {
    const { status } = judged(valid, response);
    expect(status).toBe("failed");
    ids = createRequestIdHistory();
    expect(checks(valid, response).some((f) => f.startsWith(finding))).toBe(true);
  });

  test("a body that is not UTF-8", () => {
    const response = { ...answer(ok()), body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) };
    expect(judged(valid, response).findings).toMatchObject([{ check: "envelope", actual: "the body is not UTF-8" }]);
  });

  test("a content type with parameters, in another case, is the same", () => {
    expect(judged(valid, answer(ok(), 200, [["content-type", "Application/JSON; charset=utf-8"]])).status).toBe(
      "passed",
    );
  });

  test("the documented code, to the letter", () => {
    expect(judged(tooLong, answer(error("InvalidParameterValue.GroupIdTooLong"))).status).toBe("passed");
    for (const code of [
      "invalidparametervalue.groupidtoolong",
      "InvalidParameterValue",
      "InvalidParameterValue.GroupIdIllegal",
      "Whatever",
    ]) {
      ids = createRequestIdHistory();
      expect(judged(tooLong, answer(error(code))), code).toMatchObject({
        status: "failed",
        findings: [{ check: "code", level: "must", actual: code }],
      });
    }
  });

  test("a success where a refusal is documented has failed", () => {
    expect(judged(tooLong, answer(ok()))).toMatchObject({
      status: "failed",
      findings: [{ check: "outcome", actual: "success" }],
    });
  });

  test("the right code under the wrong status has failed", () => {
    expect(judged(tooLong, answer(error("InvalidParameterValue.GroupIdTooLong"), 400))).toMatchObject({
      status: "failed",
      findings: [{ check: "status", actual: 400 }],
    });
  });

  test.each([
    "FailedOperation.GroupInDeletedState",
    "RequestLimitExceeded",
    "AuthFailure.SignatureFailure",
    "ResourceUnavailable.InArrears",
  ])("%s says nothing about the case", (code) => {
    expect(judged(valid, answer(error(code))).status).toBe("indeterminate");
    expect(judged(tooLong, answer(error(code))).status).toBe("indeterminate");
  });

  test("a documented fault is a failure", () => {
    expect(judged(valid, answer(error("InternalError"))).status).toBe("failed");
  });

  test("a guessed code: another one that fits is a warning, a fault or an unknown one is not", () => {
    expect(guessed.level).toBe("should");
    expect(judged(guessed, answer(error("InvalidParameterValue.GroupNameIllegal")))).toMatchObject({
      status: "passed",
      findings: [{ check: "code", level: "should" }],
    });
    for (const code of [
      "InternalError",
      "Whatever",
      "InvalidParameterValue.GroupIdAlreadyExist",
      "FailedOperation.ImageDecodeFailed",
    ]) {
      ids = createRequestIdHistory();
      expect(judged(guessed, answer(error(code))).status, code).toBe("failed");
    }
    ids = createRequestIdHistory();
    expect(judged(guessed, answer(ok())).status).toBe("failed");
  });

  test("where the documents are at odds either side is observed, but not a fault or a broken envelope", () => {
    expect(judged(disputed, answer(ok())).status).toBe("observed");
    ids = createRequestIdHistory();
    expect(judged(disputed, answer(error("InvalidParameterValue.GroupNameIllegal")))).toMatchObject({
      status: "observed",
      findings: [],
    });
    ids = createRequestIdHistory();
    expect(judged(disputed, answer(error("Whatever")))).toMatchObject({
      status: "observed",
      findings: [{ check: "code", level: "should" }],
    });
    ids = createRequestIdHistory();
    expect(judged(disputed, answer(error("RequestLimitExceeded"))).status).toBe("indeterminate");
    for (const response of [answer(error("InternalError")), answer({ Response: {} }), answer(ok(), 500)]) {
      ids = createRequestIdHistory();
      expect(judged(disputed, response).status).toBe("failed");
    }
  });

  test("the same RequestId twice", () => {
    expect(judged(valid, answer(ok())).status).toBe("passed");
    expect(judged(valid, answer(ok())).status).toBe("failed");
  });

  test.each([407, 408, 429, 500, 502, 503])("HTTP %i without an envelope is nobody's verdict", (status) => {
    expect(judged(valid, answer("<html>", status, [["content-type", "text/html"]])).status).toBe("indeterminate");
  });

  test("a gateway's own JSON is no success: under 5xx nobody's verdict, under 200 a failure", () => {
    const body = { message: "Service Unavailable" };
    expect(judged(valid, answer(body, 503)).status).toBe("indeterminate");
    expect(judged(valid, answer(body, 200)).status).toBe("failed");
    expect(judged(tooLong, answer(body, 503)).status).toBe("indeterminate");
  });

  test("a content type that is told twice has to be right twice", () => {
    const type = ["content-type", "application/json"] as [string, string];
    const told = (...headers: [string, string][]) => {
      ids = createRequestIdHistory();
      return judged(valid, answer(ok(), 200, headers));
    };
    expect(told(type, type).status).toBe("passed");
    expect(told(type, ["content-type", "text/html"])).toMatchObject({
      status: "failed",
      findings: [{ check: "content-type", actual: "text/html" }],
    });
    const long = told(["content-type", "x".repeat(10_000)]).findings[0]?.actual;
    expect(String(long)).toHaveLength("… (10000 characters)".length + 200);
  });

  test("a code of a megabyte stands nowhere whole", () => {
    for (const c of [valid, tooLong, disputed, guessed]) {
      const verdict = judged(c, answer(error("x".repeat(1 << 20))));
      expect(JSON.stringify(verdict).length).toBeLessThan(1500);
    }
  });

  test("a code that reads success is none", () => {
    expect(judged(valid, answer(error("success")))).toMatchObject({ status: "failed", actual: '"success"' });
  });

  test("a list of broken entries: each of a few is told, of many only the first", () => {
    const told = (n: number) => {
      ids = createRequestIdHistory();
      const GroupInfos = Array.from({ length: n }, () => ({ GroupId: 1 }));
      return judged(list, answer(ok({ GroupInfos, GroupNum: n }))).findings;
    };
    expect(told(3).map((f) => f.location)).toEqual([
      "/Response/GroupInfos/0/GroupName",
      "/Response/GroupInfos/0/GroupId",
      "/Response/GroupInfos/1/GroupName",
      "/Response/GroupInfos/1/GroupId",
      "/Response/GroupInfos/2/GroupName",
      "/Response/GroupInfos/2/GroupId",
    ]);
    expect(told(1000)).toHaveLength(20);
    expect(told(50_000)).toHaveLength(1);
  });

  test("a number beyond all numbers is no integer", () => {
    const body = '{"Response":{"RequestId":"r","GroupInfos":[],"GroupNum":1e400}}';
    expect(judged(list, answer(body))).toMatchObject({
      status: "failed",
      findings: [{ check: "output", location: "/Response/GroupNum" }],
    });
  });

  test("a message is never looked at", () => {
    for (const Message of ["", "任意", "x".repeat(9999)]) {
      ids = createRequestIdHistory();
      expect(
        judged(
          tooLong,
          answer({ Response: { Error: { Code: "InvalidParameterValue.GroupIdTooLong", Message }, RequestId: "r" } }),
        ).status,
      ).toBe("passed");
    }
  });
});

describe("AWS JSON 1.1", () => {
  const type: [string, string] = ["content-type", "application/x-amz-json-1.1"];
  const id: [string, string] = ["x-amzn-requestid", "r-1"];

  test.each<[string, HttpResponse]>([
    ["an empty body", answer("", 200, [type, id])],
    ["an empty body without a content type", answer("", 200, [id])],
    ["an empty object", answer({}, 200, [type, id])],
  ])("%s is a success", (_, response) => {
    expect(judged(deleteUser, response).status).toBe("passed");
  });

  test.each<[string, HttpResponse]>([
    ["the bare type", answer({ __type: "ResourceNotFoundException", Message: "m" }, 400, [type, id])],
    [
      "a type with a name space",
      answer({ __type: "com.amazon#ResourceNotFoundException", message: "m" }, 400, [type, id]),
    ],
    ["code", answer({ code: "ResourceNotFoundException" }, 400, [type, id])],
    [
      "a header with an address behind it",
      answer({}, 400, [type, id, ["x-amzn-errortype", "ResourceNotFoundException:http://x/"]]),
    ],
  ])("a refusal told by %s", (_, response) => {
    expect(judged(noUser, response)).toMatchObject({ status: "passed", actual: "ResourceNotFoundException" });
  });

  test("a refusal under 200 is a success that should not be", () => {
    expect(judged(noUser, answer({ __type: "ResourceNotFoundException" }, 200, [type, id])).status).toBe("failed");
  });

  test("two request ids are none", () => {
    expect(judged(deleteUser, answer({}, 200, [type, id, ["x-amzn-requestid", "r-2"]]))).toMatchObject({
      status: "failed",
      findings: [{ check: "request-id", actual: "array" }],
    });
  });

  test("no request id", () => {
    expect(judged(deleteUser, answer({}, 200, [type]))).toMatchObject({
      status: "failed",
      findings: [{ check: "request-id", actual: "absent" }],
    });
  });
});

describe("Tencent IM", () => {
  const none: [string, string][] = [];

  test("ErrorInfo may be absent from a success", () => {
    expect(judged(removal, answer({ ActionStatus: "OK", ErrorCode: 0 }, 200, none)).status).toBe("passed");
  });

  test.each<[string, Json]>([
    ["OK with a code", { ActionStatus: "OK", ErrorCode: 10010, ErrorInfo: "" }],
    ["a code as text", { ActionStatus: "FAIL", ErrorCode: "10010", ErrorInfo: "" }],
    ["no ActionStatus", { ErrorCode: 10010, ErrorInfo: "" }],
  ])("%s has failed", (_, body) => {
    expect(judged(noGroup, answer(body, 200, none)).status).toBe("failed");
  });

  test("forty thousand bad results: twenty are told, none of them whole", () => {
    const MemberList = Array.from({ length: 40_000 }, () => ({ Member_Account: "a", Result: ["x".repeat(3000)] }));
    const { status, findings } = judged(adding, answer({ ActionStatus: "OK", ErrorCode: 0, MemberList }, 200, none));
    expect(status).toBe("failed");
    expect(findings.filter((f) => f.check === "items")).toHaveLength(20);
    expect(JSON.stringify(findings).length).toBeLessThan(10_000);
  });

  test("either documented code will do", () => {
    for (const ErrorCode of [10010, 10015])
      expect(judged(noGroup, answer({ ActionStatus: "FAIL", ErrorCode, ErrorInfo: "" }, 200, none)).status).toBe(
        "passed",
      );
  });
});

test("no answer is no verdict, and a request that our own client would not send is our fault", () => {
  expect(judge(valid, { reason: "timeout", detail: "" }, null, ids).status).toBe("indeterminate");
  expect(judge(valid, { reason: "refused", detail: "" }, null, ids).status).toBe("indeterminate");
  expect(judge(valid, { reason: "unsent", detail: "" }, null, ids).status).toBe("errored");
});

test("the last 10,000 request ids are remembered", () => {
  const few = createRequestIdHistory(2);
  expect([few.add("a"), few.add("b"), few.add("a"), few.add("c"), few.add("a")]).toEqual([
    true,
    true,
    false,
    true,
    true,
  ]);
});
