/** The handlers of every service, called by signed requests. */
import { describe, expect, it } from "vitest";
import type { CallMembers } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { providedResources } from "../test-credentials.ts";
import { bodyOf, createInProcessClient } from "../testing/in-process-client.ts";
import { serviceEmulations } from "./index.ts";

const specs = loadSpecs(builtInSpecs());

/** A client whose actions are named without the service. */
function clientFor(service: string) {
  const client = createInProcessClient(specs);
  return {
    ...client,
    code: (action: string, members: CallMembers) => client.code(`${service}/${action}`, members),
    output: (action: string, members: CallMembers) => client.output(`${service}/${action}`, members),
    counts: () => client.stateCounts()[service],
  };
}

it("every action has a handler, and every handler an action", () => {
  const ids = serviceEmulations.flatMap(({ service, handlers }) =>
    Object.keys(handlers).map((name) => `${service}/${name}`),
  );
  expect(ids.filter((id) => !specs.actions.has(id))).toEqual([]);
  expect([...specs.actions.keys()].filter((id) => !ids.includes(id))).toEqual([]);
});

describe("iai: persons and groups", () => {
  const image = { Image: providedResources["face-image"] };
  const setUp = () => {
    const iai = clientFor("tencent/iai");
    for (const g of ["a", "b"]) iai.code("CreateGroup", { GroupName: g, GroupId: g, Tag: "t" });
    const person = (PersonId: string, GroupId = "a") => ({ PersonName: PersonId, PersonId, GroupId, ...image });
    return { ...iai, person };
  };

  it("groups are listed page by page", () => {
    const { output } = setUp();
    expect(output("GetGroupList", { Offset: 1, Limit: 5 })).toMatchObject({
      GroupInfos: [{ GroupId: "b", GroupName: "b", Tag: "t" }],
      GroupNum: 2,
    });
  });

  it("a person is created only with an unused id, an image and an existing group", () => {
    const { code, person } = setUp();
    expect([
      code("CreatePerson", person("p")),
      code("CreatePerson", person("p", "b")),
      code("CreatePerson", person("q", "c")),
      code("CreatePerson", { ...person("q"), Image: "bm90IGFuIGltYWdl" }),
      code("CreatePerson", { PersonName: "q", PersonId: "q", GroupId: "a" }),
    ]).toEqual([
      "ok",
      "InvalidParameterValue.PersonIdAlreadyExist",
      "InvalidParameterValue.GroupIdNotExist",
      "FailedOperation.ImageDecodeFailed",
      "InvalidParameterValue.ImageEmpty",
    ]);
  });

  it("a person is deleted when it is removed from its last group", () => {
    const { code, output, counts, person } = setUp();
    code("CreatePerson", person("p"));
    expect(code("CopyPerson", { PersonId: "p", GroupIds: ["b"] })).toBe("ok");
    expect(code("CopyPerson", { PersonId: "p", GroupIds: ["b"] })).toBe("FailedOperation.GroupPersonMapExist");
    expect(output("GetPersonGroupInfo", { PersonId: "p" })).toMatchObject({ GroupNum: 2 });
    const remove = (GroupId: string) => code("DeletePersonFromGroup", { PersonId: "p", GroupId });
    expect([remove("a"), remove("a"), remove("c")]).toEqual([
      "ok",
      "FailedOperation.GroupPersonMapNotExist",
      "InvalidParameterValue.GroupIdNotExist",
    ]);
    expect(counts()).toEqual({ groups: 2, persons: 1 });
    expect([remove("b"), remove("b")]).toEqual(["ok", "InvalidParameterValue.PersonIdNotExist"]);
    expect(counts()).toEqual({ groups: 2, persons: 0 });
  });

  it("persons are deleted with their group unless they are in another group", () => {
    const { code, output, counts, person } = setUp();
    for (const p of ["p", "q"]) code("CreatePerson", person(p));
    code("CopyPerson", { PersonId: "p", GroupIds: ["b"] });
    expect([code("DeleteGroup", { GroupId: "a" }), code("DeleteGroup", { GroupId: "a" })]).toEqual([
      "ok",
      "InvalidParameterValue.GroupIdNotExist",
    ]);
    expect(counts()).toEqual({ groups: 1, persons: 1 });
    expect(output("GetPersonList", { GroupId: "b" })).toMatchObject({ PersonInfos: [{ PersonId: "p" }], PersonNum: 1 });
    expect([code("DeletePerson", { PersonId: "p" }), code("DeletePerson", { PersonId: "p" })]).toEqual([
      "ok",
      "ResourceNotFound.ErrorPersonNotExisted",
    ]);
    expect(output("GetPersonList", { GroupId: "b" })).toMatchObject({ PersonNum: 0 });
    expect(code("CreateGroup", { GroupName: "a", GroupId: "a" })).toBe("ok");
  });
});

describe("organization: users and groups of a zone", () => {
  const ZoneId = providedResources.zone;
  const setUp = () => {
    const organization = clientFor("tencent/organization");
    const create = (action: string, members: CallMembers, infoMember: string, idMember: string) =>
      (organization.output(action, { ZoneId, ...members })[infoMember] as CallMembers)[idMember] as string;
    const group = (GroupName: string) => create("CreateGroup", { GroupName }, "GroupInfo", "GroupId");
    const user = (UserName: string) => create("CreateUser", { UserName }, "UserInfo", "UserId");
    return { ...organization, group, user };
  };

  it("names are unique", () => {
    const { code, output, group, user } = setUp();
    const GroupId = group("g");
    user("u");
    expect([
      code("CreateGroup", { ZoneId, GroupName: "g" }),
      code("CreateUser", { ZoneId, UserName: "u" }),
      code("GetGroup", { ZoneId: "z-nowhere00000", GroupId }),
      code("GetGroup", { ZoneId, GroupId: "g-nowhere" }),
    ]).toEqual([
      "InvalidParameter.GroupNameAlreadyExists",
      "InvalidParameter.UsernameAlreadyExists",
      "FailedOperation.ZoneIdNotExist",
      "InvalidParameter.GroupNotExist",
    ]);
    expect(output("GetGroup", { ZoneId, GroupId })).toMatchObject({ GroupInfo: { GroupName: "g", MemberCount: 0 } });
    expect(output("DescribeIdentityCenter", {})).toMatchObject({ ZoneId });
  });

  it("a group with members and a user in a group cannot be deleted", () => {
    const { code, output, group, user } = setUp();
    const membership = { ZoneId, GroupId: group("g"), UserId: user("u") };
    const { GroupId, UserId } = membership;
    const add = () => code("AddUserToGroup", membership);
    const remove = () => code("RemoveUserFromGroup", membership);
    expect([add(), add()]).toEqual(["ok", "InvalidParameter.GroupUserAlreadyExists"]);
    expect(output("ListGroupMembers", { ZoneId, GroupId })).toMatchObject({
      GroupMembers: [{ UserId, UserName: "u" }],
    });
    expect(code("DeleteUser", { ZoneId, UserId })).toBe("InvalidParameter.UserAlreadyExistsGroup");
    expect(code("DeleteGroup", { ZoneId, GroupId })).toBe("FailedOperation.DeleteGroupNotAllowExistUser");
    expect([remove(), remove()]).toEqual(["ok", "InvalidParameter.GroupUserNotExist"]);
    expect([code("DeleteUser", { ZoneId, UserId }), code("DeleteUser", { ZoneId, UserId })]).toEqual([
      "ok",
      "ResourceNotFound.UserNotExist",
    ]);
    expect([code("DeleteGroup", { ZoneId, GroupId }), remove()]).toEqual(["ok", "InvalidParameter.GroupNotExist"]);
  });

  it("a synchronized group accepts no changes of its members", () => {
    const { code, user } = setUp();
    const membership = { ZoneId, GroupId: providedResources["synchronized-group"], UserId: user("u") };
    expect([code("AddUserToGroup", membership), code("RemoveUserFromGroup", membership)]).toEqual([
      "FailedOperation.SynchronizedGroupNotAddUser",
      "FailedOperation.SynchronizedGroupNotRemoveUser",
    ]);
  });

  it("no user is skipped when another is deleted between two pages", () => {
    const { code, output, user } = setUp();
    const ids = ["a", "b", "c", "d"].map(user);
    const first = output("ListUsers", { ZoneId, MaxResults: 2 });
    expect(first).toMatchObject({ Users: [{ UserName: "a" }, { UserName: "b" }], IsTruncated: true, TotalCounts: 4 });
    code("DeleteUser", { ZoneId, UserId: ids[0] as string });
    const second = output("ListUsers", { ZoneId, MaxResults: 2, NextToken: first.NextToken as string });
    expect(second).toMatchObject({ Users: [{ UserName: "c" }, { UserName: "d" }], IsTruncated: false });
    expect(second.NextToken).toBeUndefined();
    expect(code("ListUsers", { ZoneId, NextToken: "x" })).toBe("InvalidParameter.NextTokenInvalid");
  });

  it("groups are filtered by name or by the beginning of the name", () => {
    const { code, output, group } = setUp();
    for (const g of ["one", "only", "two"]) group(g);
    const names = (Filter: string) =>
      (output("ListGroups", { ZoneId, Filter }).Groups as CallMembers[]).map((g) => g.GroupName);
    expect([names("GroupName sw ON"), names("groupname eq two")]).toEqual([["one", "only"], ["two"]]);
    expect(code("ListGroups", { ZoneId, Filter: "Nothing eq x" })).toBe("InvalidParameter.ParamError");
  });
});

describe("im: accounts and groups", () => {
  const setUp = (Type = "Public") => {
    const im = clientFor("tencent/im");
    for (const UserID of ["a", "b"]) im.code("account_import", { UserID });
    im.code("create_group", { Type, Name: "n", GroupId: "g" });
    const entries = (...names: string[]) => names.map((Member_Account) => ({ Member_Account }));
    const roles = () =>
      (im.output("get_role_in_group", { GroupId: "g", User_Account: ["a", "b"] }).UserIdList as CallMembers[]).map(
        (u) => u.Role,
      );
    return { ...im, entries, roles };
  };

  it("adding members returns a result for each", () => {
    const { output, entries, roles } = setUp();
    const results = () =>
      (
        output("add_group_member", { GroupId: "g", MemberList: entries("a", "unknown") }).MemberList as CallMembers[]
      ).map((m) => m.Result);
    expect([results(), results(), roles()]).toEqual([
      [1, 0],
      [2, 0],
      ["Member", "NotMember"],
    ]);
  });

  it("removing an account that is not a member is no error", () => {
    const { code, entries, roles } = setUp();
    code("add_group_member", { GroupId: "g", MemberList: entries("a", "b") });
    expect(code("delete_group_member", { GroupId: "g", MemberToDel_Account: ["a", "unknown"] })).toBe("ok");
    expect(roles()).toEqual(["NotMember", "Member"]);
  });

  it("groups of some types refuse changes and queries of their members", () => {
    const { code, entries } = setUp("AVChatRoom");
    expect([
      code("delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"] }),
      code("delete_group_member", { GroupId: providedResources["broadcast-group"], MemberToDel_Account: ["a"] }),
      code("add_group_member", { GroupId: "g", MemberList: entries("a") }),
      code("get_role_in_group", { GroupId: "g", User_Account: ["a"] }),
    ]).toEqual(["10004", "10004", "10007", "10007"]);
  });

  it("a deleted account is in no group, and a deleted group is not found", () => {
    const { code, output, entries, roles, counts } = setUp();
    code("add_group_member", { GroupId: "g", MemberList: entries("a") });
    const items = [{ UserID: "a" }, { UserID: "unknown" }];
    expect(output("account_delete", { DeleteItem: items }).ResultItem).toMatchObject([
      { ResultCode: 0 },
      { ResultCode: 70107 },
    ]);
    expect(roles()).toEqual(["NotMember", "NotMember"]);
    expect([code("destroy_group", { GroupId: "g" }), code("destroy_group", { GroupId: "g" })]).toEqual(["ok", "10010"]);
    expect(counts()).toEqual({ accounts: 2, groups: 1 });
  });

  it("a group id must be unused, and the code depends on the group's owner", () => {
    const { code } = setUp();
    const create = (members: CallMembers) =>
      code("create_group", { Type: "Public", Name: "n", GroupId: "h", ...members });
    expect([create({ GroupId: "g" }), create({ Owner_Account: "administrator" }), create({})]).toEqual([
      "10021",
      "ok",
      "10025",
    ]);
  });
});

describe("rekognition: users of a collection", () => {
  const CollectionId = "c";
  const setUp = () => {
    const rekognition = clientFor("aws/rekognition");
    rekognition.code("CreateCollection", { CollectionId });
    for (const UserId of ["u", "v"]) rekognition.code("CreateUser", { CollectionId, UserId });
    return rekognition;
  };

  it("a user is created once and deleted once", () => {
    const { code, counts } = setUp();
    const members = { CollectionId, UserId: "u" };
    expect([
      code("CreateUser", members),
      code("CreateUser", { ...members, CollectionId: "d" }),
      code("DeleteUser", members),
      code("DeleteUser", members),
    ]).toEqual(["ConflictException", "ResourceNotFoundException", "ok", "ResourceNotFoundException"]);
    expect(counts()).toEqual({ collections: 1, users: 1 });
  });

  it("a repeated token succeeds with the same input and is refused with another", () => {
    const { code } = setUp();
    const remove = (UserId: string) => code("DeleteUser", { CollectionId, UserId, ClientRequestToken: "t" });
    expect([remove("u"), remove("u"), remove("v")]).toEqual(["ok", "ok", "IdempotentParameterMismatchException"]);
  });

  it("users are listed page by page and counted", () => {
    const { output } = setUp();
    const first = output("ListUsers", { CollectionId, MaxResults: 1 });
    expect(first).toMatchObject({ Users: [{ UserId: "u", UserStatus: "ACTIVE" }] });
    const second = output("ListUsers", { CollectionId, MaxResults: 1, NextToken: first.NextToken as string });
    expect(second).toEqual({ Users: [{ UserId: "v", UserStatus: "ACTIVE" }] });
    expect(output("DescribeCollection", { CollectionId })).toMatchObject({ UserCount: 2, FaceCount: 0 });
  });

  it("users are deleted with their collection", () => {
    const { code, output } = setUp();
    expect(code("CreateCollection", { CollectionId })).toBe("ResourceAlreadyExistsException");
    expect(output("DeleteCollection", { CollectionId })).toEqual({ StatusCode: 200 });
    expect(code("ListUsers", { CollectionId })).toBe("ResourceNotFoundException");
  });

  it("the body is empty for an action without output, and has a Logref for a refusal", () => {
    const { call } = setUp();
    const remove = () => call("aws/rekognition/DeleteUser", { CollectionId, UserId: "u" });
    expect(remove()).toMatchObject({ status: 200, body: "", headers: { "x-amzn-RequestId": expect.any(String) } });
    const refusal = remove();
    expect(refusal.status).toBe(400);
    expect(Object.keys(bodyOf(refusal))).toEqual(["__type", "Code", "Logref", "Message"]);
  });
});
