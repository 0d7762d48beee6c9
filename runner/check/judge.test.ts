/** Cases judged with handwritten responses: each test changes one thing. */
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
  const planned = [...planAction(action, { depth: "standard", isFlat: () => false })].find((c) => c.id === id);
  if (!planned) throw new Error(id);
  return planned;
};

const group = "tencent/iai/CreateGroup";
const valid = caseOf(`${group}/valid/call/minimal@tc3-post`);
const tooLong = caseOf(`${group}/boundary/GroupId/65-bytes-ascii@tc3-post`);
const disputed = caseOf(`${group}/illegal-charset/GroupName/space-inside@tc3-post`);
const inferred = caseOf(`${group}/missing-member/GroupName/null@tc3-post`);
const list = caseOf("tencent/iai/GetGroupList/valid/call/minimal@tc3-post");
const deleteUser = caseOf("aws/rekognition/DeleteUser/valid/call/minimal@awsjson11");
const noUser = caseOf("aws/rekognition/DeleteUser/missing-member/situation/user-unknown@awsjson11");
const removeMember = caseOf("tencent/im/delete_group_member/valid/call/minimal@tim-post");
const addMember = caseOf("tencent/im/add_group_member/valid/call/minimal@tim-post");
const noGroup = caseOf("tencent/im/delete_group_member/missing-member/situation/group-unknown@tim-post");

let ids: RequestIdHistory;
beforeEach(() => {
  ids = createRequestIdHistory();
});

function responseOf(
  body: Json | string,
  status = 200,
  headers: [string, string][] = [["content-type", "application/json"]],
): HttpResponse {
  return { status, headers, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) };
}

function judged(testCase: Case, response: HttpResponse) {
  return judge(testCase, response, decodeResponse(response, testCase.action.service.envelope), ids);
}

const ok = (more: object = {}): Json => ({ Response: { RequestId: "r-1", ...more } }) as Json;
const error = (Code: string, more: object = {}): Json =>
  ({ Response: { Error: { Code, Message: "m" }, RequestId: "r-1", ...more } }) as Json;
const findingsOf = (testCase: Case, response: HttpResponse) =>
  judged(testCase, response).findings.map((finding) => `${finding.check} ${finding.location}`);

describe("Tencent Cloud", () => {
  test("a warning about an inferred code says why the code is inferred", () => {
    const { status, reason, findings } = judged(inferred, responseOf(error("InvalidParameterValue.GroupIdIllegal")));
    expect([status, findings.map(({ check, level }) => `${check} ${level}`)]).toEqual(["passed", ["code should"]]);
    expect(reason).toBe(`the expected code is inferred: ${inferred.rationale}`);
  });

  test("a success may have undocumented members", () => {
    expect(judged(valid, responseOf(ok({ FaceModelVersion: "3.0" }))).status).toBe("passed");
    expect(judged(valid, responseOf({ ...(ok() as object), retcode: 0 } as Json)).findings).toEqual([
      expect.objectContaining({ check: "request-id", actual: "repeated" }),
    ]);
  });

  test.each<[string, HttpResponse, string]>([
    ["another status", responseOf(ok(), 201), "status status"],
    [
      "HTML for a content type",
      responseOf(ok(), 200, [["content-type", "text/html"]]),
      "content-type header:content-type",
    ],
    ["no content type", responseOf(ok(), 200, []), "content-type header:content-type"],
    ["no RequestId", responseOf({ Response: {} }), "envelope /Response/RequestId"],
    ["an empty RequestId", responseOf({ Response: { RequestId: "" } }), "request-id /Response/RequestId"],
    ["a number for a RequestId", responseOf({ Response: { RequestId: 7 } }), "request-id /Response/RequestId"],
    ["Error: null", responseOf(ok({ Error: null })), "envelope body"],
    ["a refusal", responseOf(error("InvalidParameter")), "outcome /Response/Error/Code"],
    ["a byte order mark", responseOf(`\ufeff${JSON.stringify(ok())}`), "envelope body"],
    ["incomplete JSON", responseOf(JSON.stringify(ok()).slice(0, -1)), "envelope body"],
    ["a list", responseOf([ok()]), "envelope "],
    ["no body", responseOf(""), "envelope body"],
  ])("a valid call whose response has %s fails", (_, response, finding) => {
    const { status } = judged(valid, response);
    expect(status).toBe("failed");
    ids = createRequestIdHistory();
    expect(findingsOf(valid, response).some((f) => f.startsWith(finding))).toBe(true);
  });

  test("a body that is not UTF-8 fails", () => {
    const response = { ...responseOf(ok()), body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) };
    expect(judged(valid, response).findings).toMatchObject([{ check: "envelope", actual: "the body is not UTF-8" }]);
  });

  test("a content type may have parameters and capital letters", () => {
    expect(judged(valid, responseOf(ok(), 200, [["content-type", "Application/JSON; charset=utf-8"]])).status).toBe(
      "passed",
    );
  });

  test("only exactly the documented code passes", () => {
    expect(judged(tooLong, responseOf(error("InvalidParameterValue.GroupIdTooLong"))).status).toBe("passed");
    for (const code of [
      "invalidparametervalue.groupidtoolong",
      "InvalidParameterValue",
      "InvalidParameterValue.GroupIdIllegal",
      "Whatever",
    ]) {
      ids = createRequestIdHistory();
      expect(judged(tooLong, responseOf(error(code))), code).toMatchObject({
        status: "failed",
        findings: [{ check: "code", level: "must", actual: code }],
      });
    }
  });

  test("a success where a refusal is documented fails", () => {
    expect(judged(tooLong, responseOf(ok()))).toMatchObject({
      status: "failed",
      findings: [{ check: "outcome", actual: "success" }],
    });
  });

  test("the documented code with an undocumented status fails", () => {
    expect(judged(tooLong, responseOf(error("InvalidParameterValue.GroupIdTooLong"), 400))).toMatchObject({
      status: "failed",
      findings: [{ check: "status", actual: 400 }],
    });
  });

  test.each([
    "FailedOperation.GroupInDeletedState",
    "RequestLimitExceeded",
    "AuthFailure.SignatureFailure",
    "ResourceUnavailable.InArrears",
  ])("%s does not decide the case", (code) => {
    expect(judged(valid, responseOf(error(code))).status).toBe("indeterminate");
    expect(judged(tooLong, responseOf(error(code))).status).toBe("indeterminate");
  });

  test("a documented code for an internal fault fails", () => {
    expect(judged(valid, responseOf(error("InternalError"))).status).toBe("failed");
  });

  test("an inferred code: another one with an acceptable cause is a warning, a fault or an undocumented code fails", () => {
    expect(inferred.level).toBe("should");
    expect(judged(inferred, responseOf(error("InvalidParameterValue.GroupNameIllegal")))).toMatchObject({
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
      expect(judged(inferred, responseOf(error(code))).status, code).toBe("failed");
    }
    ids = createRequestIdHistory();
    expect(judged(inferred, responseOf(ok())).status).toBe("failed");
  });

  test("where the documents disagree, every outcome is observed, except for a fault or an invalid envelope", () => {
    expect(judged(disputed, responseOf(ok())).status).toBe("observed");
    ids = createRequestIdHistory();
    expect(judged(disputed, responseOf(error("InvalidParameterValue.GroupNameIllegal")))).toMatchObject({
      status: "observed",
      findings: [],
    });
    ids = createRequestIdHistory();
    expect(judged(disputed, responseOf(error("Whatever")))).toMatchObject({
      status: "observed",
      findings: [{ check: "code", level: "should" }],
    });
    ids = createRequestIdHistory();
    expect(judged(disputed, responseOf(error("RequestLimitExceeded"))).status).toBe("indeterminate");
    for (const response of [responseOf(error("InternalError")), responseOf({ Response: {} }), responseOf(ok(), 500)]) {
      ids = createRequestIdHistory();
      expect(judged(disputed, response).status).toBe("failed");
    }
  });

  test("a repeated RequestId fails", () => {
    expect(judged(valid, responseOf(ok())).status).toBe("passed");
    expect(judged(valid, responseOf(ok())).status).toBe("failed");
  });

  test.each([413, 414, 431])("HTTP %i without an envelope refuses only a request that is too long", (status) => {
    const page = responseOf("<h1>Too long</h1>", status, [["content-type", "text/html"]]);
    const tooLarge = caseOf("tencent/iai/GetGroupList/protocol/body/10485761-bytes@tc3-post");
    const allowed = caseOf("tencent/iai/GetGroupList/protocol/body/10000000-bytes@tc3-post");
    expect(judged(tooLarge, page)).toMatchObject({ status: "passed", actual: `HTTP ${status}`, findings: [] });
    for (const other of [allowed, tooLong]) expect(judged(other, page).status).toBe("failed");
  });

  test("HTTP 500 without an envelope is a failure of the service, which may pass", () => {
    const page = (...headers: [string, string][]) =>
      responseOf("<html>", 500, [["content-type", "text/html"], ...headers]);
    for (const testCase of [valid, tooLong, disputed])
      expect(judged(testCase, page())).toMatchObject({ status: "failed", actual: "HTTP 500", mayPass: true });
    expect(judged(valid, page(["retry-after", "1"])).status).toBe("indeterminate");
  });

  test.each([407, 408, 429, 501, 502, 503, 504, 511, 520])(
    "HTTP %i without an envelope does not decide the case",
    (status) => {
      expect(judged(valid, responseOf("<html>", status, [["content-type", "text/html"]])).status).toBe("indeterminate");
    },
  );

  test("other JSON of a gateway does not decide the case with a status of 5xx, and fails with 200", () => {
    const body = { message: "Service Unavailable" };
    expect(judged(valid, responseOf(body, 503)).status).toBe("indeterminate");
    expect(judged(valid, responseOf(body, 200)).status).toBe("failed");
    expect(judged(tooLong, responseOf(body, 503)).status).toBe("indeterminate");
  });

  test("where there are two content types, both are checked", () => {
    const type = ["content-type", "application/json"] as [string, string];
    const judgedWith = (...headers: [string, string][]) => {
      ids = createRequestIdHistory();
      return judged(valid, responseOf(ok(), 200, headers));
    };
    expect(judgedWith(type, type).status).toBe("passed");
    expect(judgedWith(type, ["content-type", "text/html"])).toMatchObject({
      status: "failed",
      findings: [{ check: "content-type", actual: "text/html" }],
    });
    const long = judgedWith(["content-type", "x".repeat(10_000)]).findings[0]?.actual;
    expect(String(long)).toHaveLength("… (10000 characters)".length + 200);
  });

  test("a code of a megabyte is truncated everywhere", () => {
    for (const testCase of [valid, tooLong, disputed, inferred]) {
      const verdict = judged(testCase, responseOf(error("x".repeat(1 << 20))));
      expect(JSON.stringify(verdict).length).toBeLessThan(1500);
    }
  });

  test("a code `success` is not a success", () => {
    expect(judged(valid, responseOf(error("success")))).toMatchObject({ status: "failed", actual: '"success"' });
  });

  test("invalid items: of a short list all are reported, of a very long one only the first", () => {
    const findingsOfItems = (n: number) => {
      ids = createRequestIdHistory();
      const GroupInfos = Array.from({ length: n }, (_, i) => ({ GroupId: i }));
      const { findings } = judged(list, responseOf(ok({ GroupInfos, GroupNum: n })));
      return findings.filter(({ check }) => check === "output");
    };
    expect(findingsOfItems(3).map((f) => f.location)).toEqual([
      "/Response/GroupInfos/0/GroupName",
      "/Response/GroupInfos/0/GroupId",
      "/Response/GroupInfos/1/GroupName",
      "/Response/GroupInfos/1/GroupId",
      "/Response/GroupInfos/2/GroupName",
      "/Response/GroupInfos/2/GroupId",
    ]);
    expect(findingsOfItems(1000)).toHaveLength(20);
    expect(findingsOfItems(50_000)).toHaveLength(1);
  });

  test("a number too large for a double is not an integer", () => {
    const body = '{"Response":{"RequestId":"r","GroupInfos":[],"GroupNum":1e400}}';
    expect(judged(list, responseOf(body))).toMatchObject({
      status: "failed",
      findings: [{ check: "output", location: "/Response/GroupNum" }],
    });
  });

  test("the message is never evaluated", () => {
    for (const Message of ["", "任意", "x".repeat(9999)]) {
      ids = createRequestIdHistory();
      expect(
        judged(
          tooLong,
          responseOf({
            Response: { Error: { Code: "InvalidParameterValue.GroupIdTooLong", Message }, RequestId: "r" },
          }),
        ).status,
      ).toBe("passed");
    }
  });
});

describe("AWS JSON 1.1", () => {
  const type: [string, string] = ["content-type", "application/x-amz-json-1.1"];
  const id: [string, string] = ["x-amzn-requestid", "r-1"];

  test.each<[string, HttpResponse]>([
    ["an empty body", responseOf("", 200, [type, id])],
    ["an empty body without a content type", responseOf("", 200, [id])],
    ["an empty object", responseOf({}, 200, [type, id])],
  ])("%s is a success", (_, response) => {
    expect(judged(deleteUser, response).status).toBe("passed");
  });

  test("null for an optional value of the output is absence", () => {
    const listUsers = caseOf("aws/rekognition/ListUsers/valid/call/minimal@awsjson11");
    for (const output of [{ Users: [], NextToken: null }, { Users: null }, {}])
      expect(judged(listUsers, responseOf(output, 200, [type, id])).findings).toEqual([]);
  });

  test.each<[string, HttpResponse]>([
    ["`__type`", responseOf({ __type: "ResourceNotFoundException", Message: "m" }, 400, [type, id])],
    [
      "`__type` with a namespace",
      responseOf({ __type: "com.amazon#ResourceNotFoundException", message: "m" }, 400, [type, id]),
    ],
    ["`code`", responseOf({ code: "ResourceNotFoundException" }, 400, [type, id])],
    [
      "a header with an appended URL",
      responseOf({}, 400, [type, id, ["x-amzn-errortype", "ResourceNotFoundException:http://x/"]]),
    ],
  ])("a refusal with its code in %s", (_, response) => {
    expect(judged(noUser, response)).toMatchObject({ status: "passed", actual: "ResourceNotFoundException" });
  });

  test.each<[string, Json, [string, string][]]>([
    ["/__type", { __type: "NotFound", Code: "NotFound" }, []],
    ["/Code", { Code: "NotFound" }, []],
    ["header:x-amzn-errortype", {}, [["x-amzn-errortype", "NotFound"]]],
  ])("a wrong code is reported where it is: %s", (location, body, headers) => {
    const { findings } = judged(noUser, responseOf(body, 400, [type, ...headers]));
    expect(findings.find((f) => f.check === "code")).toMatchObject({ location, actual: "NotFound" });
  });

  test("a refusal with status 200 is decoded as a success and fails", () => {
    expect(judged(noUser, responseOf({ __type: "ResourceNotFoundException" }, 200, [type, id])).status).toBe("failed");
  });

  test.each<[string, [string, string][]]>([
    ["two request ids pass", [id, ["x-amzn-requestid", "another"]]],
    ["a missing request id passes", []],
  ])("%s, since no page promises one", (_, ids) => {
    expect(judged(deleteUser, responseOf({}, 200, [type, ...ids]))).toMatchObject({ status: "passed", findings: [] });
  });
});

describe("Tencent IM", () => {
  const noHeaders: [string, string][] = [];

  test("ErrorInfo may be absent from a success", () => {
    expect(judged(removeMember, responseOf({ ActionStatus: "OK", ErrorCode: 0 }, 200, noHeaders)).status).toBe(
      "passed",
    );
  });

  test.each<[string, Json]>([
    ["OK with a code", { ActionStatus: "OK", ErrorCode: 10010, ErrorInfo: "" }],
    ["a code as text", { ActionStatus: "FAIL", ErrorCode: "10010", ErrorInfo: "" }],
    ["no ActionStatus", { ErrorCode: 10010, ErrorInfo: "" }],
  ])("%s fails", (_, body) => {
    expect(judged(noGroup, responseOf(body, 200, noHeaders)).status).toBe("failed");
  });

  test("of forty thousand failed results twenty are reported, each truncated", () => {
    const MemberList = Array.from({ length: 40_000 }, () => ({ Member_Account: "a", Result: ["x".repeat(3000)] }));
    const { status, findings } = judged(
      addMember,
      responseOf({ ActionStatus: "OK", ErrorCode: 0, MemberList }, 200, noHeaders),
    );
    expect(status).toBe("failed");
    expect(findings.filter((f) => f.check === "items")).toHaveLength(20);
    expect(JSON.stringify(findings).length).toBeLessThan(10_000);
  });

  test("each of two documented codes passes", () => {
    for (const ErrorCode of [10010, 10015])
      expect(
        judged(noGroup, responseOf({ ActionStatus: "FAIL", ErrorCode, ErrorInfo: "" }, 200, noHeaders)).status,
      ).toBe("passed");
  });
});

test("no response is indeterminate, and a request that the client itself could not send is an error of assay", () => {
  expect(judge(valid, { reason: "timeout", detail: "" }, null, ids).status).toBe("indeterminate");
  expect(judge(valid, { reason: "refused", detail: "" }, null, ids).status).toBe("indeterminate");
  expect(judge(valid, { reason: "unsent", detail: "" }, null, ids).status).toBe("errored");
});

test("a history keeps the latest request ids only", () => {
  const history = createRequestIdHistory(2);
  expect(["a", "b", "a", "c", "a"].map((id) => history.add(id))).toEqual([true, true, false, true, true]);
});
