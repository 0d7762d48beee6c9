/** Every fault is one of its kind and shows in at least one answer. */
import { describe, expect, it } from "vitest";
import type { CallMembers, HttpRequest, Json } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { providedResources } from "../test-credentials.ts";
import { createInProcessClient, type InProcessClient } from "../testing/in-process-client.ts";
import { malformedRequests } from "../testing/malformed-requests.ts";
import { faults, findFaults } from "./index.ts";

const specs = loadSpecs(builtInSpecs());
type Step = [id: string, members: CallMembers, binding?: string, tamper?: (r: HttpRequest) => HttpRequest];

/** Members, some of them left out. */
type Sent = Record<string, Json | undefined>;
const said = (members: Sent): CallMembers =>
  Object.fromEntries(Object.entries(members).filter((e): e is [string, Json] => e[1] !== undefined));

const group = "tencent/iai/CreateGroup";
const named = (n: number, more: CallMembers = {}): Step => [
  group,
  { GroupName: `name-${n}`, GroupId: `id-${n}`, ...more },
];
const zone = { ZoneId: providedResources.zone };
const user = { CollectionId: "c", UserId: "u" };
const person = (id: string, more: Sent = {}): Step => [
  "tencent/iai/CreatePerson",
  said({ GroupId: "id-1", PersonName: "p", PersonId: id, Image: providedResources["face-image"], ...more }),
];
const zoned = (action: string, more: CallMembers, binding = "tc3-post"): Step => [
  `tencent/organization/${action}`,
  { ...zone, ...more },
  binding,
];
const imGroup = (id: string, more: Sent = {}): Step => [
  "tencent/im/create_group",
  said({ Type: "Public", Name: "n", GroupId: id, ...more }),
];
const shelf = (action: string, members: Sent): Step => [`aws/rekognition/${action}`, said(members)];
const token = { ClientRequestToken: "t" };
const forged = (r: HttpRequest): HttpRequest => ({ ...r, body: `${r.body as string} ` });

/** One of everything that a fault may judge otherwise; the order matters, since the calls build on one another. */
const script: Step[] = [
  named(1),
  named(1, { GroupName: "other" }),
  named(1, { GroupId: "other" }),
  named(2, { GroupId: "x".repeat(65) }),
  named(3, { GroupName: "x".repeat(61) }),
  named(4, { GroupName: "中".repeat(60) }),
  named(6, { GroupExDescriptions: ["x".repeat(31)] }),
  named(7, { GroupExDescriptions: [..."abcdef"] }),
  named(8, { GroupExDescriptions: ["a", "a"] }),
  named(9, { GroupId: "a!b" }),
  named(10, { GroupName: "a!" }),
  named(11, { GroupId: " a " }),
  named(12, { GroupName: "" }),
  named(13, { GroupName: null }),
  named(15, { GroupName: 7 }),
  named(16, { Nobodys: "x" }),
  [group, { GroupId: "nameless" }],
  [group, { GroupName: "v1", GroupId: "v1" }, "v1-get-sha256"],
  [group, { GroupName: "forged", GroupId: "forged" }, "tc3-post", forged],
  ["tencent/iai/GetGroupList", {}],
  named(14),
  [
    "tencent/iai/CreatePerson",
    { GroupId: "id-1", PersonName: "p", PersonId: "p", Image: providedResources["face-image"] },
  ],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "nowhere", PersonId: "p" }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-14", PersonId: "p" }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-1", PersonId: "p" }],
  ["tencent/iai/GetPersonGroupInfo", { PersonId: "p" }],
  ["tencent/organization/CreateGroup", { ...zone, GroupName: "g" }],
  ["tencent/organization/CreateGroup", { ...zone, GroupName: "h", Description: "\u{20000}".repeat(1024) }],
  ["tencent/organization/CreateUser", { ...zone, UserName: "u" }],
  ["tencent/organization/AddUserToGroup", { ...zone, GroupId: "g-000000000000", UserId: "u-000000000002" }],
  [
    "tencent/organization/RemoveUserFromGroup",
    { ...zone, GroupId: providedResources["synchronized-group"], UserId: "u-1" },
  ],
  ["tencent/organization/RemoveUserFromGroup", { ...zone, GroupId: "g-000000000000", UserId: "u-1" }],
  ["tencent/organization/RemoveUserFromGroup", { ...zone, GroupId: "g-000000000000", UserId: "u-000000000002" }],
  ["tencent/organization/ListGroupMembers", { ...zone, GroupId: "g-000000000000" }],
  ["tencent/sts/GetCallerIdentity", {}],
  ["tencent/sts/GetCallerIdentity", { Nobodys: "x" }],
  ["tencent/im/account_import", { UserID: "a" }],
  ["tencent/im/create_group", { Type: "Public", Name: "中".repeat(11), GroupId: "long" }],
  ["tencent/im/create_group", { Type: "Public", Name: "n", GroupId: "g" }],
  ["tencent/im/create_group", { Type: "AVChatRoom", Name: "n", GroupId: "live" }],
  ["tencent/im/add_group_member", { GroupId: "g", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"], Reason: "kick reason" }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"], Silence: 2 }],
  ["tencent/im/delete_group_member", { GroupId: "live", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "nowhere", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: Array.from({ length: 501 }, String) }],
  ["tencent/im/get_role_in_group", { GroupId: "g", User_Account: ["a"] }],
  ["aws/rekognition/CreateCollection", { CollectionId: "c" }],
  ["aws/rekognition/CreateUser", user],
  ["aws/rekognition/CreateUser", { ...user, UserId: "v" }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "nobody" }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "x".repeat(129) }],
  ["aws/rekognition/DeleteUser", { ...user, ...token }],
  ["aws/rekognition/DeleteUser", { ...user, ...token }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "v", ...token }],
  ["aws/rekognition/ListUsers", { CollectionId: "c" }],
  named(17, { GroupId: "x".repeat(64) }),
  named(18, { Tag: "" }),
  named(19, { Tag: "x".repeat(41) }),
  named(20, { Tag: "a!b" }),
  named(21, { Tag: "t", GroupExDescriptions: ["a", "b"] }),
  named(22, { GroupExDescriptions: [""] }),
  named(23, { GroupExDescriptions: ["!", "b"] }),
  named(24, { GroupExDescriptions: [..."abcde"] }),
  named(25, { GroupExDescriptions: "a" }),
  named(26, { GroupId: "a\n" }),
  named(27, { GroupId: "a\u0000b" }),
  named(28, { GroupId: "" }),
  named(29, { GroupId: "@At" }),
  named(31, { GroupExDescriptions: ["a", "x".repeat(31)] }),
  named(30, { GroupName: "!", GroupId: "!" }),
  [group, { GroupName: "accents", GroupId: "\u00e9" }, "tc3-get"],
  [group, { GroupName: "accents2", GroupId: "accents2", Tag: "\u00e9" }, "v1-post-sha256"],
  [group, { GroupName: "twice", GroupId: "%zz" }, "tc3-get"],
  [group, { GroupName: "amp", GroupId: "a&b" }, "v1-post-sha1"],
  [group, { GroupName: "cut", GroupId: "cut", GroupExDescriptions: [..."abcdef"] }, "tc3-get"],
  ["tencent/iai/GetGroupList", { Limit: 2 }, "v1-post-sha256"],
  ["tencent/iai/GetGroupList", { Limit: 100 }],
  ["tencent/iai/GetGroupList", { Limit: 1000 }],
  ["tencent/iai/GetGroupList", { Limit: 1001 }],
  ["tencent/iai/GetGroupList", { Limit: 1.5 }],
  ["tencent/iai/GetGroupList", { Offset: -1 }],
  ["tencent/iai/GetGroupList", { Offset: 0 }],
  person("q"),
  person("q"),
  person("x".repeat(64)),
  person("x".repeat(65)),
  person("!end"),
  person("null", { PersonName: "a\u200b" }),
  person("girl", { Gender: 0 }),
  person("other", { Gender: 3 }),
  person("true", { Gender: true }),
  person("faceless", { Image: undefined }),
  person("lost", { GroupId: "nowhere" }),
  ["tencent/iai/CopyPerson", { PersonId: "q", GroupIds: ["id-14"] }],
  ["tencent/iai/CopyPerson", { PersonId: "q", GroupIds: ["id-14"] }],
  ["tencent/iai/CopyPerson", { PersonId: "q", GroupIds: [] }],
  ["tencent/iai/GetPersonList", { GroupId: "id-1" }],
  ["tencent/iai/GetPersonList", { GroupId: "nowhere" }],
  ["tencent/iai/GetPersonList", { GroupId: 7 }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-1", PersonId: "girl", Nobodys: "x" }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-1", PersonId: "girl" }],
  ["tencent/iai/GetPersonGroupInfo", { PersonId: "girl" }],
  ["tencent/iai/GetPersonList", { GroupId: "id-1" }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-1", PersonId: "q" }],
  ["tencent/iai/GetPersonGroupInfo", { PersonId: "q" }],
  ["tencent/iai/DeletePerson", { PersonId: "q" }],
  ["tencent/iai/DeletePerson", { PersonId: "q" }],
  ["tencent/iai/DeleteGroup", { GroupId: "id-14" }],
  ["tencent/iai/DeleteGroup", { GroupId: "id-14" }],
  ["tencent/iai/DeleteGroup", { GroupId: "x".repeat(65) }],
  ["tencent/iai/DeleteGroup", { GroupId: "" }],
  ["tencent/iai/DeleteGroup", {}],
  zoned("CreateGroup", {}),
  zoned("CreateGroup", { GroupName: "g" }),
  zoned("CreateGroup", { GroupName: "\u{1f600}" }),
  zoned("CreateGroup", { GroupName: "\u00e9" }),
  zoned("CreateGroup", { GroupName: "manual", GroupType: "manual" }),
  zoned("CreateGroup", { GroupName: "sample", Description: "this is group" }),
  zoned("CreateUser", { UserName: "u" }),
  zoned("CreateUser", { UserName: null }),
  zoned("CreateUser", { UserName: ["one"] }),
  zoned("CreateUser", { UserName: "Capital" }),
  zoned("CreateUser", { UserName: "a;b" }),
  zoned("CreateUser", { UserName: "a\u0001" }),
  zoned("CreateUser", { UserName: "\uff21" }),
  zoned("CreateUser", { UserName: "x".repeat(65) }),
  zoned("CreateUser", { UserName: "accented", FirstName: "\u00e9".repeat(64) }),
  zoned("CreateUser", { UserName: "wide", DisplayName: "x".repeat(257) }),
  zoned("CreateUser", { UserName: "wide" }),
  zoned("CreateUser", { UserName: "!", DisplayName: "x".repeat(257) }),
  zoned("CreateUser", { UserName: "shown", DisplayName: "d", UserStatus: "Disabled" }),
  zoned("CreateGroup", { GroupName: "x".repeat(61) }),
  zoned("CreateGroup", { GroupName: "long", Description: "x".repeat(1025) }, "v1-get-sha1"),
  zoned("CreateUser", { UserName: "a+b" }, "v1-get-sha1"),
  zoned("CreateUser", { ZoneId: "z-000000000000", UserName: "lost" }),
  zoned("ListUsers", { MaxResults: 101 }),
  zoned("ListUsers", { UserStatus: "Disabled" }),
  zoned("ListUsers", {}),
  zoned("ListUsers", { UserType: "Synchronized" }),
  zoned("ListGroups", { MaxResults: "abc" }),
  zoned("ListGroups", { Nobodys: "x" }),
  zoned("GetGroup", { GroupId: "g-000000000000" }),
  zoned("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-000000000002" }, "v1-post-sha256"),
  zoned("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-000000000002" }),
  zoned("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-nobody" }),
  zoned("DeleteUser", { UserId: "u-000000000002" }),
  zoned("RemoveUserFromGroup", { GroupId: "g-000000000000", UserId: "u-000000000002", Nobodys: "x" }),
  zoned("ListGroupMembers", { GroupId: "g-000000000000" }),
  zoned("RemoveUserFromGroup", { GroupId: "g-000000000000", UserId: "u-000000000002" }),
  zoned("DeleteUser", { UserId: "u-000000000002" }),
  zoned("DeleteUser", { UserId: "u-000000000002" }),
  zoned("DeleteGroup", { GroupId: "g-000000000000" }),
  zoned("DeleteGroup", { GroupId: "g-000000000000" }),
  ["tencent/im/account_import", { UserID: "a" }],
  ["tencent/im/account_import", { UserID: "b" }],
  ["tencent/im/account_import", { UserID: "x".repeat(33) }],
  ["tencent/im/account_import", { UserID: "\u6df1" }],
  imGroup("g"),
  imGroup("small"),
  imGroup("x".repeat(49)),
  imGroup("a b"),
  imGroup("full", { Name: "x".repeat(30) }),
  imGroup("told", { Introduction: "\u6df1".repeat(100) }),
  imGroup("told"),
  imGroup("two", { Name: "x".repeat(31), Type: "Nobodys" }),
  imGroup("nameless", { Name: undefined }),
  imGroup("object", { Name: {} }),
  imGroup("room", { Type: "ChatRoom" }),
  imGroup("joins", { ApplyJoinOption: "Nobodys" }),
  ["tencent/im/add_group_member", { GroupId: "small", MemberList: [{ Member_Account: "a" }, { Member_Account: "b" }] }],
  ["tencent/im/add_group_member", { GroupId: "small", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/add_group_member", { GroupId: "live", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/add_group_member", { GroupId: "room", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/get_role_in_group", { GroupId: "live", User_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "small", MemberToDel_Account: ["a"], Silence: 2 }],
  ["tencent/im/get_role_in_group", { GroupId: "small", User_Account: ["a", "b"] }],
  ["tencent/im/delete_group_member", { GroupId: "small", MemberToDel_Account: ["a"] }],
  ["tencent/im/get_role_in_group", { GroupId: "small", User_Account: ["a", "b"] }],
  ["tencent/im/delete_group_member", { GroupId: "small", MemberToDel_Account: ["nobody", "b"] }],
  ["tencent/im/get_role_in_group", { GroupId: "small", User_Account: ["a", "b"] }],
  ["tencent/im/delete_group_member", { GroupId: "small", MemberToDel_Account: [7] }],
  ["tencent/im/delete_group_member", { GroupId: "room", MemberToDel_Account: ["a"] }],
  ["tencent/im/destroy_group", { GroupId: "room" }],
  ["tencent/im/destroy_group", { GroupId: "room" }],
  ["tencent/im/account_delete", { DeleteItem: [{ UserID: "b" }] }],
  ["tencent/im/account_delete", { DeleteItem: [{ UserID: "b" }] }],
  ["tencent/im/account_delete", { DeleteItem: Array.from({ length: 100 }, (_, i) => ({ UserID: String(i) })) }],
  ["tencent/im/account_delete", { DeleteItem: Array.from({ length: 101 }, (_, i) => ({ UserID: String(i) })) }],
  shelf("CreateCollection", { CollectionId: "c" }),
  shelf("CreateCollection", { CollectionId: "" }),
  shelf("CreateCollection", { CollectionId: null }),
  shelf("CreateCollection", { CollectionId: "\u00e9" }),
  shelf("CreateCollection", { CollectionId: "a[b" }),
  shelf("CreateCollection", { CollectionId: "x".repeat(256) }),
  shelf("CreateCollection", { CollectionId: "myphotos" }),
  shelf("CreateUser", user),
  shelf("CreateUser", { ...user, UserId: "long" }),
  shelf("CreateUser", { ...user, UserId: "long" }),
  shelf("CreateUser", { ...user, UserId: "x".repeat(128) }),
  shelf("CreateUser", { ...user, UserId: "a\nb" }),
  shelf("CreateUser", { ...user, UserId: "a:b" }),
  shelf("CreateUser", { ...user, UserId: "!" }),
  shelf("CreateUser", { CollectionId: "!", UserId: "!" }),
  shelf("DeleteUser", { CollectionId: "!", UserId: "!" }),
  shelf("ListUsers", { CollectionId: "c" }),
  shelf("CreateUser", { ...user, UserId: 7 }),
  shelf("CreateUser", { ...user, UserId: undefined }),
  shelf("CreateUser", { ...user, UserId: "first", ClientRequestToken: "made" }),
  shelf("CreateUser", { ...user, UserId: "first", ClientRequestToken: "made" }),
  shelf("CreateUser", { ...user, UserId: "second", ClientRequestToken: "made" }),
  shelf("CreateUser", { ...user, UserId: "third", ClientRequestToken: "x".repeat(65) }),
  shelf("CreateUser", { ...user, UserId: "third" }),
  shelf("CreateUser", { ...user, Nobodys: "x" }),
  shelf("DeleteUser", { ...user, UserId: "third", ClientRequestToken: "x".repeat(65) }),
  shelf("ListUsers", { CollectionId: "c" }),
  shelf("ListUsers", { CollectionId: "c", MaxResults: 0 }),
  shelf("ListUsers", { CollectionId: "c", MaxResults: 500 }),
  shelf("DescribeCollection", { CollectionId: "c" }),
  shelf("DescribeCollection", { CollectionId: "nowhere" }),
  shelf("DeleteUser", { ...user, UserId: "third" }),
  shelf("DescribeCollection", { CollectionId: "c" }),
  shelf("DeleteCollection", { CollectionId: "c" }),
  shelf("DeleteCollection", { CollectionId: "c" }),
  ...malformedRequests(specs),
];

/** Shown by their cases alone. */
const unseen = new Map([
  ["size-less", "an accepted call of ten megabytes in each round would take too long"],
  ...faults.flatMap((f): [string, string][] => (f.holdMs === undefined ? [] : [[f.id, "calls meet on sockets alone"]])),
]);

const answers = ({ call }: InProcessClient): string[] => script.map((step) => JSON.stringify(call(...step)));

describe("faults", () => {
  const healthy = answers(createInProcessClient(specs));

  it("have ids of their own and name what they deviate in", () => {
    expect(new Set(faults.map((f) => f.id)).size).toBe(faults.length);
    const places = [...specs.actions.keys()];
    for (const { action } of faults)
      expect(places.some((id) => id === action || id.startsWith(`${action}/`))).toBe(true);
  });

  it("are not there unless they are asked for", () => {
    expect(answers(createInProcessClient(specs))).toEqual(healthy);
  });

  it.each(faults.filter((f) => !unseen.has(f.id)).map((f) => [f.id, f] as const))(
    "%s shows, and only where it says",
    (id, { action }) => {
      const differing = answers(createInProcessClient(specs, { faults: [id] }))
        .map((answer, i) => ({ answer, was: healthy[i], of: script[i]?.[0] ?? "" }))
        .filter(({ answer, was }) => answer !== was);
      expect(differing.length).toBeGreaterThan(0);
      const service = action.split("/").slice(0, 2).join("/");
      expect(differing.every(({ of }) => of.startsWith(service))).toBe(true);
    },
  );

  it("that do not exist are refused with those that are near", () => {
    expect(() => findFaults(["request-id-absend"])).toThrow(
      /no fault "request-id-absend"; did you mean request-id-absent/,
    );
    expect(() => findFaults(["?"])).toThrow(/there are /);
  });
});
