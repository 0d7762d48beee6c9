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
type OptionalMembers = Record<string, Json | undefined>;
const withoutUndefined = (members: OptionalMembers): CallMembers =>
  Object.fromEntries(Object.entries(members).filter((e): e is [string, Json] => e[1] !== undefined));

const group = "tencent/iai/CreateGroup";
const createGroup = (index: number, extra: CallMembers = {}): Step => [
  group,
  { GroupName: `name-${index}`, GroupId: `id-${index}`, ...extra },
];
const zone = { ZoneId: providedResources.zone };
const user = { CollectionId: "c", UserId: "u" };
const personStep = (id: string, extra: OptionalMembers = {}): Step => [
  "tencent/iai/CreatePerson",
  withoutUndefined({
    GroupId: "id-1",
    PersonName: "p",
    PersonId: id,
    Image: providedResources["face-image"],
    ...extra,
  }),
];
const organizationStep = (action: string, extra: CallMembers, binding = "tc3-post"): Step => [
  `tencent/organization/${action}`,
  { ...zone, ...extra },
  binding,
];
const imGroupStep = (id: string, extra: OptionalMembers = {}): Step => [
  "tencent/im/create_group",
  withoutUndefined({ Type: "Public", Name: "n", GroupId: id, ...extra }),
];
const rekognitionStep = (action: string, members: OptionalMembers): Step => [
  `aws/rekognition/${action}`,
  withoutUndefined(members),
];
const token = { ClientRequestToken: "t" };
const appendSpaceToBody = (r: HttpRequest): HttpRequest => ({ ...r, body: `${r.body as string} ` });

/** One of everything that a fault may judge otherwise; the order matters, since the calls build on one another. */
const script: Step[] = [
  createGroup(1),
  createGroup(1, { GroupName: "other" }),
  createGroup(1, { GroupId: "other" }),
  createGroup(2, { GroupId: "x".repeat(65) }),
  createGroup(3, { GroupName: "x".repeat(61) }),
  createGroup(4, { GroupName: "中".repeat(60) }),
  createGroup(6, { GroupExDescriptions: ["x".repeat(31)] }),
  createGroup(7, { GroupExDescriptions: [..."abcdef"] }),
  createGroup(8, { GroupExDescriptions: ["a", "a"] }),
  createGroup(9, { GroupId: "a!b" }),
  createGroup(10, { GroupName: "a!" }),
  createGroup(11, { GroupId: " a " }),
  createGroup(12, { GroupName: "" }),
  createGroup(13, { GroupName: null }),
  createGroup(15, { GroupName: 7 }),
  createGroup(16, { Nobodys: "x" }),
  [group, { GroupId: "nameless" }],
  [group, { GroupName: "v1", GroupId: "v1" }, "v1-get-sha256"],
  [group, { GroupName: "forged", GroupId: "forged" }, "tc3-post", appendSpaceToBody],
  ["tencent/iai/GetGroupList", {}],
  createGroup(14),
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
  createGroup(17, { GroupId: "x".repeat(64) }),
  createGroup(18, { Tag: "" }),
  createGroup(19, { Tag: "x".repeat(41) }),
  createGroup(20, { Tag: "a!b" }),
  createGroup(21, { Tag: "t", GroupExDescriptions: ["a", "b"] }),
  createGroup(22, { GroupExDescriptions: [""] }),
  createGroup(23, { GroupExDescriptions: ["!", "b"] }),
  createGroup(24, { GroupExDescriptions: [..."abcde"] }),
  createGroup(25, { GroupExDescriptions: "a" }),
  createGroup(26, { GroupId: "a\n" }),
  createGroup(27, { GroupId: "a\u0000b" }),
  createGroup(28, { GroupId: "" }),
  createGroup(29, { GroupId: "@At" }),
  createGroup(31, { GroupExDescriptions: ["a", "x".repeat(31)] }),
  createGroup(30, { GroupName: "!", GroupId: "!" }),
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
  personStep("q"),
  personStep("q"),
  personStep("x".repeat(64)),
  personStep("x".repeat(65)),
  personStep("!end"),
  personStep("null", { PersonName: "a\u200b" }),
  personStep("girl", { Gender: 0 }),
  personStep("other", { Gender: 3 }),
  personStep("true", { Gender: true }),
  personStep("faceless", { Image: undefined }),
  personStep("lost", { GroupId: "nowhere" }),
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
  organizationStep("CreateGroup", {}),
  organizationStep("CreateGroup", { GroupName: "g" }),
  organizationStep("CreateGroup", { GroupName: "\u{1f600}" }),
  organizationStep("CreateGroup", { GroupName: "\u00e9" }),
  organizationStep("CreateGroup", { GroupName: "manual", GroupType: "manual" }),
  organizationStep("CreateGroup", { GroupName: "sample", Description: "this is group" }),
  organizationStep("CreateUser", { UserName: "u" }),
  organizationStep("CreateUser", { UserName: null }),
  organizationStep("CreateUser", { UserName: ["one"] }),
  organizationStep("CreateUser", { UserName: "Capital" }),
  organizationStep("CreateUser", { UserName: "a;b" }),
  organizationStep("CreateUser", { UserName: "a\u0001" }),
  organizationStep("CreateUser", { UserName: "\uff21" }),
  organizationStep("CreateUser", { UserName: "x".repeat(65) }),
  organizationStep("CreateUser", { UserName: "accented", FirstName: "\u00e9".repeat(64) }),
  organizationStep("CreateUser", { UserName: "wide", DisplayName: "x".repeat(257) }),
  organizationStep("CreateUser", { UserName: "wide" }),
  organizationStep("CreateUser", { UserName: "!", DisplayName: "x".repeat(257) }),
  organizationStep("CreateUser", { UserName: "shown", DisplayName: "d", UserStatus: "Disabled" }),
  organizationStep("CreateGroup", { GroupName: "x".repeat(61) }),
  organizationStep("CreateGroup", { GroupName: "long", Description: "x".repeat(1025) }, "v1-get-sha1"),
  organizationStep("CreateUser", { UserName: "a+b" }, "v1-get-sha1"),
  organizationStep("CreateUser", { ZoneId: "z-000000000000", UserName: "lost" }),
  organizationStep("ListUsers", { MaxResults: 101 }),
  organizationStep("ListUsers", { UserStatus: "Disabled" }),
  organizationStep("ListUsers", {}),
  organizationStep("ListUsers", { UserType: "Synchronized" }),
  organizationStep("ListGroups", { MaxResults: "abc" }),
  organizationStep("ListGroups", { Nobodys: "x" }),
  organizationStep("GetGroup", { GroupId: "g-000000000000" }),
  organizationStep("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-000000000002" }, "v1-post-sha256"),
  organizationStep("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-000000000002" }),
  organizationStep("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-nobody" }),
  organizationStep("DeleteUser", { UserId: "u-000000000002" }),
  organizationStep("RemoveUserFromGroup", { GroupId: "g-000000000000", UserId: "u-000000000002", Nobodys: "x" }),
  organizationStep("ListGroupMembers", { GroupId: "g-000000000000" }),
  organizationStep("RemoveUserFromGroup", { GroupId: "g-000000000000", UserId: "u-000000000002" }),
  organizationStep("DeleteUser", { UserId: "u-000000000002" }),
  organizationStep("DeleteUser", { UserId: "u-000000000002" }),
  organizationStep("DeleteGroup", { GroupId: "g-000000000000" }),
  organizationStep("DeleteGroup", { GroupId: "g-000000000000" }),
  ["tencent/im/account_import", { UserID: "a" }],
  ["tencent/im/account_import", { UserID: "b" }],
  ["tencent/im/account_import", { UserID: "x".repeat(33) }],
  ["tencent/im/account_import", { UserID: "\u6df1" }],
  imGroupStep("g"),
  imGroupStep("small"),
  imGroupStep("x".repeat(49)),
  imGroupStep("a b"),
  imGroupStep("full", { Name: "x".repeat(30) }),
  imGroupStep("told", { Introduction: "\u6df1".repeat(100) }),
  imGroupStep("told"),
  imGroupStep("two", { Name: "x".repeat(31), Type: "Nobodys" }),
  imGroupStep("nameless", { Name: undefined }),
  imGroupStep("object", { Name: {} }),
  imGroupStep("room", { Type: "ChatRoom" }),
  imGroupStep("joins", { ApplyJoinOption: "Nobodys" }),
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
  rekognitionStep("CreateCollection", { CollectionId: "c" }),
  rekognitionStep("CreateCollection", { CollectionId: "" }),
  rekognitionStep("CreateCollection", { CollectionId: null }),
  rekognitionStep("CreateCollection", { CollectionId: "\u00e9" }),
  rekognitionStep("CreateCollection", { CollectionId: "a[b" }),
  rekognitionStep("CreateCollection", { CollectionId: "x".repeat(256) }),
  rekognitionStep("CreateCollection", { CollectionId: "myphotos" }),
  rekognitionStep("CreateUser", user),
  rekognitionStep("CreateUser", { ...user, UserId: "long" }),
  rekognitionStep("CreateUser", { ...user, UserId: "long" }),
  rekognitionStep("CreateUser", { ...user, UserId: "x".repeat(128) }),
  rekognitionStep("CreateUser", { ...user, UserId: "a\nb" }),
  rekognitionStep("CreateUser", { ...user, UserId: "a:b" }),
  rekognitionStep("CreateUser", { ...user, UserId: "!" }),
  rekognitionStep("CreateUser", { CollectionId: "!", UserId: "!" }),
  rekognitionStep("DeleteUser", { CollectionId: "!", UserId: "!" }),
  rekognitionStep("ListUsers", { CollectionId: "c" }),
  rekognitionStep("CreateUser", { ...user, UserId: 7 }),
  rekognitionStep("CreateUser", { ...user, UserId: undefined }),
  rekognitionStep("CreateUser", { ...user, UserId: "first", ClientRequestToken: "made" }),
  rekognitionStep("CreateUser", { ...user, UserId: "first", ClientRequestToken: "made" }),
  rekognitionStep("CreateUser", { ...user, UserId: "second", ClientRequestToken: "made" }),
  rekognitionStep("CreateUser", { ...user, UserId: "third", ClientRequestToken: "x".repeat(65) }),
  rekognitionStep("CreateUser", { ...user, UserId: "third" }),
  rekognitionStep("CreateUser", { ...user, Nobodys: "x" }),
  rekognitionStep("DeleteUser", { ...user, UserId: "third", ClientRequestToken: "x".repeat(65) }),
  rekognitionStep("ListUsers", { CollectionId: "c" }),
  rekognitionStep("ListUsers", { CollectionId: "c", MaxResults: 0 }),
  rekognitionStep("ListUsers", { CollectionId: "c", MaxResults: 500 }),
  rekognitionStep("DescribeCollection", { CollectionId: "c" }),
  rekognitionStep("DescribeCollection", { CollectionId: "nowhere" }),
  rekognitionStep("DeleteUser", { ...user, UserId: "third" }),
  rekognitionStep("DescribeCollection", { CollectionId: "c" }),
  rekognitionStep("DeleteCollection", { CollectionId: "c" }),
  rekognitionStep("DeleteCollection", { CollectionId: "c" }),
  ...malformedRequests(specs),
];

/** Shown by their cases alone. */
const notInScript = new Map([
  ["size-less", "an accepted call of ten megabytes in each round would take too long"],
  ...faults.flatMap((f): [string, string][] => (f.holdMs === undefined ? [] : [[f.id, "calls meet on sockets alone"]])),
]);

const responsesOf = ({ call }: InProcessClient): string[] => script.map((step) => JSON.stringify(call(...step)));

describe("faults", () => {
  const healthy = responsesOf(createInProcessClient(specs));

  it("have ids of their own and name what they deviate in", () => {
    expect(new Set(faults.map((f) => f.id)).size).toBe(faults.length);
    const actionIds = [...specs.actions.keys()];
    for (const { action } of faults)
      expect(actionIds.some((id) => id === action || id.startsWith(`${action}/`))).toBe(true);
  });

  it("are not there unless they are asked for", () => {
    expect(responsesOf(createInProcessClient(specs))).toEqual(healthy);
  });

  it.each(faults.filter((f) => !notInScript.has(f.id)).map((f) => [f.id, f] as const))(
    "%s shows, and only where it says",
    (id, { action }) => {
      const differing = responsesOf(createInProcessClient(specs, { faults: [id] }))
        .map((response, i) => ({ answer: response, was: healthy[i], of: script[i]?.[0] ?? "" }))
        .filter(({ answer: response, was: healthyResponse }) => response !== healthyResponse);
      expect(differing.length).toBeGreaterThan(0);
      const service = action.split("/").slice(0, 2).join("/");
      expect(differing.every(({ of: actionId }) => actionId.startsWith(service))).toBe(true);
    },
  );

  it("that do not exist are refused with those that are near", () => {
    expect(() => findFaults(["request-id-absend"])).toThrow(
      /unknown fault "request-id-absend"; did you mean request-id-absent/,
    );
    expect(() => findFaults(["?"])).toThrow(/`assay list faults` prints all \d+/);
  });
});
