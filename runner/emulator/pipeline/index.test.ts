/** The order of the stages, and the checks of the gateway: signature, route, envelope, body. */
import { describe, expect, it } from "vitest";
import type { CallMembers, HttpRequest } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { codeOf, createInProcessClient } from "../testing/in-process-client.ts";
import { pipeline } from "./index.ts";

const specs = loadSpecs(builtInSpecs());
const group = "tencent/iai/CreateGroup";
const good: CallMembers = { GroupName: "name", GroupId: "id" };

const withHeader =
  (name: string, value: string | undefined) =>
  (r: HttpRequest): HttpRequest => ({
    ...r,
    headers: r.headers.flatMap(([n, v]) =>
      n === name ? (value === undefined ? [] : [[n, value] as const]) : [[n, v] as const],
    ),
  });

describe("the order of the stages", () => {
  it("is fixed", () => {
    expect(pipeline.map((s) => s.name)).toEqual([
      "size",
      "method",
      "route",
      "content type",
      "common parameters",
      "authorization",
      "action and version",
      "forced code",
      "pace",
      "body syntax",
      "unknown parameters",
      "required, empty, null",
      "types",
      "constraints",
      "state",
    ]);
  });

  // Each call has the defect of its row and those of every row below it.
  const broken: CallMembers = { Foo: 1, GroupExDescriptions: 5, Tag: "!" };
  const rows: [string, CallMembers, (r: HttpRequest) => HttpRequest][] = [
    ["UnsupportedProtocol", broken, (r) => ({ ...r, method: "PUT", path: "/foo" })],
    ["InvalidParameter", broken, (r) => ({ ...r, path: "/foo" })],
    ["MissingParameter", broken, (r) => withHeader("X-TC-Timestamp", undefined)(withHeader("Authorization", "x")(r))],
    ["AuthFailure.InvalidAuthorization", broken, withHeader("Authorization", "TC3-HMAC-SHA256 nonsense")],
    ["AuthFailure.SignatureFailure", broken, (r) => ({ ...r, body: `${r.body as string} ` })],
    ["NoSuchVersion", broken, withHeader("X-TC-Version", "2000-01-01")],
    ["InvalidAction", broken, withHeader("X-TC-Action", "Nothing")],
    ["UnknownParameter", broken, (r) => r],
    ["MissingParameter", { GroupExDescriptions: 5, Tag: "!" }, (r) => r],
    ["InvalidParameter", { ...good, GroupExDescriptions: 5, Tag: "!" }, (r) => r],
    ["InvalidParameterValue.GroupTagIllegal", { ...good, Tag: "!" }, (r) => r],
    ["InvalidParameterValue.GroupIdAlreadyExist", good, (r) => r],
  ];
  it.each(rows)("%s has priority over the defects of the rows below it", (code, members, tamper) => {
    const { call } = createInProcessClient(specs);
    call(group, good);
    expect(codeOf(call(group, members, "tc3-post", tamper))).toBe(code);
  });
});

describe("the gateway", () => {
  it.each(["tc3-post", "tc3-get", "v1-get-sha1", "v1-get-sha256", "v1-post-sha1", "v1-post-sha256"])(
    "accepts a signed call over %s, and refuses one that was changed after signing",
    (binding) => {
      const { code } = createInProcessClient(specs);
      expect(code(group, { ...good, GroupExDescriptions: ["a", "b"] }, binding)).toBe("ok");
      expect(code(group, { GroupName: "b", GroupId: "b" }, binding, withHeader("Host", "elsewhere"))).toBe(
        "AuthFailure.SignatureFailure",
      );
    },
  );

  it("distinguishes the two actions named CreateGroup", () => {
    const { code, stateCounts } = createInProcessClient(specs);
    const zone = { ZoneId: "z-emulator0001" };
    for (const binding of ["tc3-post", "v1-get-sha1"]) {
      expect(code(group, { GroupName: binding, GroupId: binding }, binding)).toBe("ok");
      expect(code("tencent/organization/CreateGroup", { ...zone, GroupName: binding }, binding)).toBe("ok");
    }
    expect(stateCounts()).toMatchObject({ "tencent/iai": { groups: 2 }, "tencent/organization": { groups: 3 } });
  });

  it("accepts the text null as a region, unless it is strict", () => {
    const codeWithNullRegion = (strict: boolean) =>
      createInProcessClient(specs, { strict }).code(group, good, "tc3-post", (r) => ({
        ...r,
        headers: [...r.headers, ["X-TC-Region", "null"]],
      }));
    expect([codeWithNullRegion(false), codeWithNullRegion(true)]).toEqual(["ok", "InvalidParameterValue"]);
  });

  it("refuses in the envelope of the service that the request addresses", () => {
    const { call } = createInProcessClient(specs);
    const deleteUser = "aws/rekognition/DeleteUser";
    expect(call(deleteUser, {}, undefined, withHeader("X-Amz-Target", "Nothing.DeleteUser"))).toMatchObject({
      status: 400,
    });
    expect(codeOf(call(deleteUser, {}, undefined, withHeader("Authorization", undefined)))).toBe(
      "MissingAuthenticationTokenException",
    );
    const im = "tencent/im/destroy_group";
    const codeAtPath = (path: string) =>
      codeOf(call(im, { GroupId: "g" }, undefined, (r) => ({ ...r, path: r.path.replace(/^[^?]+/, path) })));
    expect([codeAtPath("/v4/group_open_http_svc/nothing"), codeAtPath("/v4/nothing/nothing")]).toEqual([
      "10003",
      "60009",
    ]);
    expect(codeOf(call(im, {}, undefined, (r) => ({ ...r, path: r.path.replace(/usersig=[^&]*/, "usersig=") })))).toBe(
      "70002",
    );
  });

  it("refuses a body that is not a JSON object", () => {
    const { call } = createInProcessClient(specs);
    const im = "tencent/im/destroy_group";
    for (const body of ["", "{", "[]", "null", "\ufeff{}", "[{}]x", "x{}", "{'a':1}x", '{"}":1']) {
      expect(codeOf(call(im, {}, undefined, (r) => ({ ...r, body })))).toBe("60003");
    }
  });

  it("accepts text behind the JSON object, which no documentation page forbids", () => {
    const im = "tencent/im/account_import";
    for (const body of ['{"UserID":"a"}x', '{"UserID":"}"} {', '{"UserID":"\\"}"}}', '{"UserID":"b"}{"UserID":null}']) {
      expect(createInProcessClient(specs).code(im, {}, undefined, (r) => ({ ...r, body }))).toBe("ok");
    }
    const body = '{"DeleteItem":[{"UserID":"a"}]}x';
    expect(createInProcessClient(specs).code("tencent/im/account_delete", {}, undefined, (r) => ({ ...r, body }))).toBe(
      "ok",
    );
  });
});
