/** Every fault has a unique id, changes at least one response, and changes only responses of its service. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CallMembers, HttpRequest, Json } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { providedResources } from "../test-credentials.ts";
import { createInProcessClient, type InProcessClient } from "../testing/in-process-client.ts";
import { listSteps } from "../testing/list-steps.ts";
import { malformedRequests } from "../testing/malformed-requests.ts";
import { neighbourSteps } from "../testing/neighbour-steps.ts";
import { allFaultsOf, faultsOf, findFaults } from "./index.ts";

const specs = loadSpecs(builtInSpecs());
const { named: faults } = faultsOf(specs.services);
type Step = [id: string, members: CallMembers, binding?: string, tamper?: (r: HttpRequest) => HttpRequest];

/** Parameters of a call; undefined ones are not sent. */
type OptionalMembers = Record<string, Json | undefined>;
const withoutUndefined = (members: OptionalMembers): CallMembers =>
  Object.fromEntries(Object.entries(members).filter((e): e is [string, Json] => e[1] !== undefined));

const createGroup = "tencent/iai/CreateGroup";
const createGroupStep = (index: number, extra: CallMembers = {}): Step => [
  createGroup,
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
const describedStep = (id: string, descriptions: readonly string[]): Step =>
  personStep(id, {
    PersonExDescriptionInfos: descriptions.map((PersonExDescription, i) => ({
      PersonExDescriptionIndex: Math.min(i, 4),
      PersonExDescription,
    })),
  });
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

/** Calls that together reach most faults. The order matters: later calls use resources that earlier ones create. */
const firstSteps: Step[] = [
  createGroupStep(1),
  createGroupStep(1, { GroupName: "other" }),
  createGroupStep(1, { GroupId: "other" }),
  createGroupStep(2, { GroupId: "x".repeat(65) }),
  createGroupStep(3, { GroupName: "x".repeat(61) }),
  createGroupStep(4, { GroupName: "中".repeat(60) }),
  createGroupStep(6, { GroupExDescriptions: ["x".repeat(31)] }),
  createGroupStep(7, { GroupExDescriptions: [..."abcdef"] }),
  createGroupStep(8, { GroupExDescriptions: ["a", "a"] }),
  createGroupStep(9, { GroupId: "a!b" }),
  createGroupStep(10, { GroupName: "a!" }),
  createGroupStep(11, { GroupId: " a " }),
  createGroupStep(12, { GroupName: "" }),
  createGroupStep(13, { GroupName: null }),
  createGroupStep(15, { GroupName: 7 }),
  createGroupStep(16, { Undeclared: "x" }),
  [createGroup, { GroupId: "nameless" }],
  [createGroup, { GroupName: "v1", GroupId: "v1" }, "v1-get-sha256"],
  [createGroup, { GroupName: "forged", GroupId: "forged" }, "tc3-post", appendSpaceToBody],
  ["tencent/iai/GetGroupList", {}],
  createGroupStep(14),
  [
    "tencent/iai/CreatePerson",
    { GroupId: "id-1", PersonName: "p", PersonId: "p", Image: providedResources["face-image"] },
  ],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "unknown", PersonId: "p" }],
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
  ["tencent/sts/GetCallerIdentity", { Undeclared: "x" }],
  ["tencent/im/account_import", { UserID: "a" }],
  ["tencent/im/create_group", { Type: "Public", Name: "中".repeat(11), GroupId: "long" }],
  ["tencent/im/create_group", { Type: "Public", Name: "n", GroupId: "g" }],
  ["tencent/im/create_group", { Type: "AVChatRoom", Name: "n", GroupId: "avchatroom" }],
  ["tencent/im/add_group_member", { GroupId: "g", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"], Reason: "kick reason" }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"], Silence: 2 }],
  ["tencent/im/delete_group_member", { GroupId: "avchatroom", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "unknown", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: Array.from({ length: 501 }, String) }],
  ["tencent/im/get_role_in_group", { GroupId: "g", User_Account: ["a"] }],
  ["aws/rekognition/CreateCollection", { CollectionId: "c" }],
  ["aws/rekognition/CreateUser", user],
  ["aws/rekognition/CreateUser", { ...user, UserId: "v" }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "unknown" }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "x".repeat(129) }],
  ["aws/rekognition/DeleteUser", { ...user, ...token }],
  ["aws/rekognition/DeleteUser", { ...user, ...token }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "v", ...token }],
  ["aws/rekognition/ListUsers", { CollectionId: "c" }],
  createGroupStep(17, { GroupId: "x".repeat(64) }),
  createGroupStep(18, { Tag: "" }),
  createGroupStep(19, { Tag: "x".repeat(41) }),
  createGroupStep(20, { Tag: "a!b" }),
  createGroupStep(21, { Tag: "t", GroupExDescriptions: ["a", "b"] }),
  createGroupStep(22, { GroupExDescriptions: [""] }),
  createGroupStep(23, { GroupExDescriptions: ["!", "b"] }),
  createGroupStep(24, { GroupExDescriptions: [..."abcde"] }),
  createGroupStep(25, { GroupExDescriptions: "a" }),
  createGroupStep(26, { GroupId: "a\n" }),
  createGroupStep(27, { GroupId: "a\u0000b" }),
  createGroupStep(28, { GroupId: "" }),
  createGroupStep(29, { GroupId: "@At" }),
  createGroupStep(31, { GroupExDescriptions: ["a", "x".repeat(31)] }),
  createGroupStep(30, { GroupName: "!", GroupId: "!" }),
  [createGroup, { GroupName: "accents", GroupId: "\u00e9" }, "tc3-get"],
  [createGroup, { GroupName: "accents2", GroupId: "accents2", Tag: "\u00e9" }, "v1-post-sha256"],
  [createGroup, { GroupName: "twice", GroupId: "%zz" }, "tc3-get"],
  [createGroup, { GroupName: "amp", GroupId: "a&b" }, "v1-post-sha1"],
  [createGroup, { GroupName: "cut", GroupId: "cut", GroupExDescriptions: [..."abcdef"] }, "tc3-get"],
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
  describedStep("one-long", ["x".repeat(61)]),
  describedStep("second-long", ["x", "x".repeat(61)]),
  describedStep("five", [..."abcde"]),
  describedStep("six", [..."abcdef"]),
  personStep("faceless", { Image: undefined }),
  personStep("unknown-group", { GroupId: "unknown" }),
  ["tencent/iai/CopyPerson", { PersonId: "q", GroupIds: ["id-14"] }],
  ["tencent/iai/CopyPerson", { PersonId: "q", GroupIds: ["id-14"] }],
  ["tencent/iai/CopyPerson", { PersonId: "q", GroupIds: [] }],
  ["tencent/iai/GetPersonList", { GroupId: "id-1" }],
  ["tencent/iai/GetPersonList", { GroupId: "unknown" }],
  ["tencent/iai/GetPersonList", { GroupId: 7 }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-1", PersonId: "girl", Undeclared: "x" }],
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
  organizationStep("CreateUser", { ZoneId: "z-000000000000", UserName: "unknown-zone" }),
  organizationStep("ListUsers", { MaxResults: 101 }),
  organizationStep("ListUsers", { UserStatus: "Disabled" }),
  organizationStep("ListUsers", {}),
  organizationStep("ListUsers", { UserType: "Synchronized" }),
  organizationStep("ListGroups", { MaxResults: "abc" }),
  organizationStep("ListGroups", { Undeclared: "x" }),
  organizationStep("GetGroup", { GroupId: "g-000000000000" }),
  organizationStep("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-000000000002" }, "v1-post-sha256"),
  organizationStep("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-000000000002" }),
  organizationStep("AddUserToGroup", { GroupId: "g-000000000000", UserId: "u-unknown" }),
  organizationStep("DeleteUser", { UserId: "u-000000000002" }),
  organizationStep("RemoveUserFromGroup", { GroupId: "g-000000000000", UserId: "u-000000000002", Undeclared: "x" }),
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
  imGroupStep("introduction", { Introduction: "\u6df1".repeat(100) }),
  imGroupStep("introduction"),
  imGroupStep("two", { Name: "x".repeat(31), Type: "Unknown" }),
  imGroupStep("nameless", { Name: undefined }),
  imGroupStep("object", { Name: {} }),
  imGroupStep("room", { Type: "ChatRoom" }),
  imGroupStep("joins", { ApplyJoinOption: "Unknown" }),
  ["tencent/im/add_group_member", { GroupId: "small", MemberList: [{ Member_Account: "a" }, { Member_Account: "b" }] }],
  ["tencent/im/add_group_member", { GroupId: "small", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/add_group_member", { GroupId: "avchatroom", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/add_group_member", { GroupId: "room", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/get_role_in_group", { GroupId: "avchatroom", User_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "small", MemberToDel_Account: ["a"], Silence: 2 }],
  ["tencent/im/get_role_in_group", { GroupId: "small", User_Account: ["a", "b"] }],
  ["tencent/im/delete_group_member", { GroupId: "small", MemberToDel_Account: ["a"] }],
  ["tencent/im/get_role_in_group", { GroupId: "small", User_Account: ["a", "b"] }],
  ["tencent/im/delete_group_member", { GroupId: "small", MemberToDel_Account: ["unknown", "b"] }],
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
  rekognitionStep("CreateUser", { ...user, Undeclared: "x" }),
  rekognitionStep("DeleteUser", { ...user, UserId: "third", ClientRequestToken: "x".repeat(65) }),
  rekognitionStep("ListUsers", { CollectionId: "c" }),
  rekognitionStep("ListUsers", { CollectionId: "c", MaxResults: 0 }),
  rekognitionStep("ListUsers", { CollectionId: "c", MaxResults: 500 }),
  rekognitionStep("DescribeCollection", { CollectionId: "c" }),
  rekognitionStep("DescribeCollection", { CollectionId: "unknown" }),
  rekognitionStep("DeleteUser", { ...user, UserId: "third" }),
  rekognitionStep("DescribeCollection", { CollectionId: "c" }),
  rekognitionStep("DeleteCollection", { CollectionId: "c" }),
  rekognitionStep("DeleteCollection", { CollectionId: "c" }),
];

const script: Step[] = [
  ...firstSteps,
  ...neighbourSteps(createInProcessClient(specs), firstSteps),
  ...malformedRequests(specs),
];
script.push(...listSteps(createInProcessClient(specs), script));

/** Faults that the script cannot show, and why; only the cases of the suite show them. */
const notInScript = new Map([
  ["size-less", "an accepted call of ten megabytes for each fault would take too long"],
  ...faults.flatMap((f): [string, string][] =>
    f.holdMs === undefined ? [] : [[f.id, "calls overlap only on sockets"]],
  ),
]);

const { sign } = createInProcessClient(specs);
/** The clock stands still, so every emulator accepts the same signed requests. */
const requests = script.map(([id, members, binding, tamper = (r) => r]) => tamper(sign(id, members, binding)));
/** Places in the script. */
const steps = [...requests.keys()];
/** A service, or a provider for faults of several services. */
const serviceOf = (action: string): string => action.split("/").slice(0, 2).join("/");
const stepsOf = (service: string): number[] => steps.filter((i) => script[i]?.[0].startsWith(service));
const responsesOf = ({ send }: InProcessClient): string[] => requests.map((request) => JSON.stringify(send(request)));

describe("faults", () => {
  const healthyResponses = responsesOf(createInProcessClient(specs));
  /** The action of the first of the steps to which the response is another than without faults. */
  const differingAction = ({ send }: InProcessClient, places: readonly number[]): string | undefined => {
    const first = places.find((i) => JSON.stringify(send(requests[i] as HttpRequest)) !== healthyResponses[i]);
    return first === undefined ? undefined : script[first]?.[0];
  };

  it("have unique ids and name an existing action, service or provider", () => {
    expect(new Set(faults.map((f) => f.id)).size).toBe(faults.length);
    // A row whose operator has no such fault is left out, since other specs may lack its action; the built-in specs lack none.
    expect(faults.length).toBe(688);
    const actionIds = [...specs.actions.keys()];
    for (const { action } of faults)
      expect(actionIds.some((id) => id === action || id.startsWith(`${action}/`))).toBe(true);
  });

  it("are inactive unless they are requested", () => {
    expect(responsesOf(createInProcessClient(specs))).toEqual(healthyResponses);
  });

  it.each(faults.filter((f) => !notInScript.has(f.id)).map((f) => [f.id, f] as const))(
    "%s changes responses of its service",
    (id, { action }) => {
      const client = createInProcessClient(specs, { faults: [id] });
      expect(differingAction(client, stepsOf(serviceOf(action)))).toBeDefined();
    },
  );

  it.each([...new Set(faults.map(({ action }) => serviceOf(action)))])(
    "those of %s change no response of another service",
    (service) => {
      const ofOthers = steps.filter((i) => !stepsOf(service).includes(i));
      expect(ofOthers.length).toBeGreaterThan(0);
      const ofService = faults.filter(({ action }) => serviceOf(action) === service);
      const client = createInProcessClient(specs, { faults: ofService.map(({ id }) => id) });
      expect(differingAction(client, ofOthers)).toBeUndefined();
    },
  );

  it("with an unknown id are rejected with similar ids", () => {
    expect(() => findFaults(specs.services, ["request-id-absend"])).toThrow(
      /unknown fault "request-id-absend"; did you mean request-id-absent/,
    );
    expect(() => findFaults(specs.services, ["?"])).toThrow(/`assay list faults` prints all \d+/);
    const { services } = loadSpecs(join(builtInSpecs(), "example"));
    for (const id of ["group-id-one-byte-more", "tencent/iai/CreateGroup:GroupId/absent/lax"])
      expect(() => findFaults(services, [id])).toThrow(`"${id}" is one of tencent/iai/CreateGroup, which the specs do`);
    expect(() => findFaults(services, ["?"])).toThrow(`prints all ${allFaultsOf(services).length}`);
  });
});
