/** The main path of every handler, by signed calls. */
import { describe, expect, it } from "vitest";
import type { CallMembers } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { providedResources } from "../test-credentials.ts";
import { bodyOf, createInProcessClient } from "../testing/in-process-client.ts";
import { serviceEmulations } from "./index.ts";

const specs = loadSpecs(builtInSpecs());

/** Short names of one service's actions. */
function of(service: string) {
  const caller = createInProcessClient(specs);
  return {
    ...caller,
    code: (action: string, members: CallMembers) => caller.code(`${service}/${action}`, members),
    output: (action: string, members: CallMembers) => caller.output(`${service}/${action}`, members),
    held: () => caller.stateCounts()[service],
  };
}

it("every handler is that of an action", () => {
  const ids = serviceEmulations.flatMap((k) => Object.keys(k.handlers).map((name) => `${k.service}/${name}`));
  expect(ids.filter((id) => !specs.actions.has(id))).toEqual([]);
  expect([...specs.actions.keys()].filter((id) => !ids.includes(id))).toEqual([]);
});

describe("persons and groups", () => {
  const image = { Image: providedResources["face-image"] };
  const open = () => {
    const iai = of("tencent/iai");
    for (const g of ["a", "b"]) iai.code("CreateGroup", { GroupName: g, GroupId: g, Tag: "t" });
    const person = (PersonId: string, GroupId = "a") => ({ PersonName: PersonId, PersonId, GroupId, ...image });
    return { ...iai, person };
  };

  it("list what was made, page by page", () => {
    const { output } = open();
    expect(output("GetGroupList", { Offset: 1, Limit: 5 })).toMatchObject({
      GroupInfos: [{ GroupId: "b", GroupName: "b", Tag: "t" }],
      GroupNum: 2,
    });
  });

  it("take a person only once, with an image, into a group that exists", () => {
    const { code, person } = open();
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

  it("keep a person until its last group is gone", () => {
    const { code, output, held, person } = open();
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
    expect(held()).toEqual({ groups: 2, persons: 1 });
    expect([remove("b"), remove("b")]).toEqual(["ok", "InvalidParameterValue.PersonIdNotExist"]);
    expect(held()).toEqual({ groups: 2, persons: 0 });
  });

  it("go with their group, unless they are in another", () => {
    const { code, output, held, person } = open();
    for (const p of ["p", "q"]) code("CreatePerson", person(p));
    code("CopyPerson", { PersonId: "p", GroupIds: ["b"] });
    expect([code("DeleteGroup", { GroupId: "a" }), code("DeleteGroup", { GroupId: "a" })]).toEqual([
      "ok",
      "InvalidParameterValue.GroupIdNotExist",
    ]);
    expect(held()).toEqual({ groups: 1, persons: 1 });
    expect(output("GetPersonList", { GroupId: "b" })).toMatchObject({ PersonInfos: [{ PersonId: "p" }], PersonNum: 1 });
    expect([code("DeletePerson", { PersonId: "p" }), code("DeletePerson", { PersonId: "p" })]).toEqual([
      "ok",
      "ResourceNotFound.ErrorPersonNotExisted",
    ]);
    expect(output("GetPersonList", { GroupId: "b" })).toMatchObject({ PersonNum: 0 });
    expect(code("CreateGroup", { GroupName: "a", GroupId: "a" })).toBe("ok");
  });
});

describe("users and groups of a zone", () => {
  const ZoneId = providedResources.zone;
  const open = () => {
    const organization = of("tencent/organization");
    const made = (action: string, members: CallMembers, info: string, id: string) =>
      (organization.output(action, { ZoneId, ...members })[info] as CallMembers)[id] as string;
    const group = (GroupName: string) => made("CreateGroup", { GroupName }, "GroupInfo", "GroupId");
    const user = (UserName: string) => made("CreateUser", { UserName }, "UserInfo", "UserId");
    return { ...organization, group, user };
  };

  it("are there under names of their own", () => {
    const { code, output, group, user } = open();
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

  it("are deleted only when they are parted", () => {
    const { code, output, group, user } = open();
    const both = { ZoneId, GroupId: group("g"), UserId: user("u") };
    const { GroupId, UserId } = both;
    const add = () => code("AddUserToGroup", both);
    const remove = () => code("RemoveUserFromGroup", both);
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

  it("stay out of a synchronized group", () => {
    const { code, user } = open();
    const both = { ZoneId, GroupId: providedResources["synchronized-group"], UserId: user("u") };
    expect([code("AddUserToGroup", both), code("RemoveUserFromGroup", both)]).toEqual([
      "FailedOperation.SynchronizedGroupNotAddUser",
      "FailedOperation.SynchronizedGroupNotRemoveUser",
    ]);
  });

  it("are listed in pages that skip none, whatever is deleted in between", () => {
    const { code, output, user } = open();
    const ids = ["a", "b", "c", "d"].map(user);
    const first = output("ListUsers", { ZoneId, MaxResults: 2 });
    expect(first).toMatchObject({ Users: [{ UserName: "a" }, { UserName: "b" }], IsTruncated: true, TotalCounts: 4 });
    code("DeleteUser", { ZoneId, UserId: ids[0] as string });
    const second = output("ListUsers", { ZoneId, MaxResults: 2, NextToken: first.NextToken as string });
    expect(second).toMatchObject({ Users: [{ UserName: "c" }, { UserName: "d" }], IsTruncated: false });
    expect(second.NextToken).toBeUndefined();
    expect(code("ListUsers", { ZoneId, NextToken: "x" })).toBe("InvalidParameter.NextTokenInvalid");
  });

  it("are filtered by the whole of a name or its beginning", () => {
    const { code, output, group } = open();
    for (const g of ["one", "only", "two"]) group(g);
    const names = (Filter: string) =>
      (output("ListGroups", { ZoneId, Filter }).Groups as CallMembers[]).map((g) => g.GroupName);
    expect([names("GroupName sw ON"), names("groupname eq two")]).toEqual([["one", "only"], ["two"]]);
    expect(code("ListGroups", { ZoneId, Filter: "Nothing eq x" })).toBe("InvalidParameter.ParamError");
  });
});

describe("accounts and chat groups", () => {
  const open = (Type = "Public") => {
    const im = of("tencent/im");
    for (const UserID of ["a", "b"]) im.code("account_import", { UserID });
    im.code("create_group", { Type, Name: "n", GroupId: "g" });
    const entries = (...names: string[]) => names.map((Member_Account) => ({ Member_Account }));
    const roles = () =>
      (im.output("get_role_in_group", { GroupId: "g", User_Account: ["a", "b"] }).UserIdList as CallMembers[]).map(
        (u) => u.Role,
      );
    return { ...im, entries, roles };
  };

  it("join by entries with a result each", () => {
    const { output, entries, roles } = open();
    const results = () =>
      (
        output("add_group_member", { GroupId: "g", MemberList: entries("a", "nobody") }).MemberList as CallMembers[]
      ).map((m) => m.Result);
    expect([results(), results(), roles()]).toEqual([
      [1, 0],
      [2, 0],
      ["Member", "NotMember"],
    ]);
  });

  it("leave, whether they were members or not", () => {
    const { code, entries, roles } = open();
    code("add_group_member", { GroupId: "g", MemberList: entries("a", "b") });
    expect(code("delete_group_member", { GroupId: "g", MemberToDel_Account: ["a", "nobody"] })).toBe("ok");
    expect(roles()).toEqual(["NotMember", "Member"]);
  });

  it("are refused in groups of the wrong kind", () => {
    const { code, entries } = open("AVChatRoom");
    expect([
      code("delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"] }),
      code("delete_group_member", { GroupId: providedResources["broadcast-group"], MemberToDel_Account: ["a"] }),
      code("add_group_member", { GroupId: "g", MemberList: entries("a") }),
      code("get_role_in_group", { GroupId: "g", User_Account: ["a"] }),
    ]).toEqual(["10004", "10004", "10007", "10007"]);
  });

  it("are gone once they are deleted", () => {
    const { code, output, entries, roles, held } = open();
    code("add_group_member", { GroupId: "g", MemberList: entries("a") });
    const items = [{ UserID: "a" }, { UserID: "nobody" }];
    expect(output("account_delete", { DeleteItem: items }).ResultItem).toMatchObject([
      { ResultCode: 0 },
      { ResultCode: 70107 },
    ]);
    expect(roles()).toEqual(["NotMember", "NotMember"]);
    expect([code("destroy_group", { GroupId: "g" }), code("destroy_group", { GroupId: "g" })]).toEqual(["ok", "10010"]);
    expect(held()).toEqual({ accounts: 2, groups: 1 });
  });

  it("need an id that is free", () => {
    const { code } = open();
    const again = (more: CallMembers) => code("create_group", { Type: "Public", Name: "n", GroupId: "h", ...more });
    expect([again({ GroupId: "g" }), again({ Owner_Account: "administrator" }), again({})]).toEqual([
      "10021",
      "ok",
      "10025",
    ]);
  });
});

describe("users of a collection", () => {
  const CollectionId = "c";
  const open = () => {
    const rekognition = of("aws/rekognition");
    rekognition.code("CreateCollection", { CollectionId });
    for (const UserId of ["u", "v"]) rekognition.code("CreateUser", { CollectionId, UserId });
    return rekognition;
  };

  it("are made once and deleted once", () => {
    const { code, held } = open();
    const both = { CollectionId, UserId: "u" };
    expect([
      code("CreateUser", both),
      code("CreateUser", { ...both, CollectionId: "d" }),
      code("DeleteUser", both),
      code("DeleteUser", both),
    ]).toEqual(["ConflictException", "ResourceNotFoundException", "ok", "ResourceNotFoundException"]);
    expect(held()).toEqual({ collections: 1, users: 1 });
  });

  it("answer a repeated token with the same, and another input with a refusal", () => {
    const { code } = open();
    const remove = (UserId: string) => code("DeleteUser", { CollectionId, UserId, ClientRequestToken: "t" });
    expect([remove("u"), remove("u"), remove("v")]).toEqual(["ok", "ok", "IdempotentParameterMismatchException"]);
  });

  it("are listed in pages and counted", () => {
    const { output } = open();
    const first = output("ListUsers", { CollectionId, MaxResults: 1 });
    expect(first).toMatchObject({ Users: [{ UserId: "u", UserStatus: "ACTIVE" }] });
    const second = output("ListUsers", { CollectionId, MaxResults: 1, NextToken: first.NextToken as string });
    expect(second).toEqual({ Users: [{ UserId: "v", UserStatus: "ACTIVE" }] });
    expect(output("DescribeCollection", { CollectionId })).toMatchObject({ UserCount: 2, FaceCount: 0 });
  });

  it("go with their collection", () => {
    const { code, output } = open();
    expect(code("CreateCollection", { CollectionId })).toBe("ResourceAlreadyExistsException");
    expect(output("DeleteCollection", { CollectionId })).toEqual({ StatusCode: 200 });
    expect(code("ListUsers", { CollectionId })).toBe("ResourceNotFoundException");
  });

  it("answer with an empty body where there is nothing to say, and with a Logref where something is wrong", () => {
    const { call } = open();
    const remove = () => call("aws/rekognition/DeleteUser", { CollectionId, UserId: "u" });
    expect(remove()).toMatchObject({ status: 200, body: "", headers: { "x-amzn-RequestId": expect.any(String) } });
    const refused = remove();
    expect(refused.status).toBe(400);
    expect(Object.keys(bodyOf(refused))).toEqual(["__type", "Code", "Logref", "Message"]);
  });
});
