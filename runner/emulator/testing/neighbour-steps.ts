/** Calls that show what else a call does: to things with similar names, to the same id in two containers, to contents, and with used tokens. */
import type { CallMembers, HttpRequest } from "../../model/index.ts";
import { providedResources } from "../test-credentials.ts";
import type { InProcessClient } from "./in-process-client.ts";

type Step = [id: string, members: CallMembers, binding?: string, tamper?: (r: HttpRequest) => HttpRequest];

const createGroupStep = (index: number, extra: CallMembers = {}): Step => [
  "tencent/iai/CreateGroup",
  { GroupName: `name-${index}`, GroupId: `id-${index}`, ...extra },
];
const personStep = (PersonId: string, GroupId: string): Step => [
  "tencent/iai/CreatePerson",
  { GroupId, PersonId, PersonName: "p", Image: providedResources["face-image"] },
];
const organizationStep = (action: string, members: CallMembers): Step => [
  `tencent/organization/${action}`,
  { ZoneId: providedResources.zone, ...members },
];
const imGroupStep = (GroupId: string): Step => ["tencent/im/create_group", { Type: "Public", Name: "n", GroupId }];
const rekognitionStep = (action: string, members: CallMembers): Step => [`aws/rekognition/${action}`, members];
const imRoles = (GroupId: string): CallMembers => ({ GroupId, User_Account: ["m", "m-longer", "M"] });
/** More than fifty accounts, with these at both ends. */
const fifty = (first: string, last: string): string[] => [
  first,
  ...Array.from({ length: 60 }, (_, i) => `x-${i}`),
  last,
];

/** What else a call does: things with similar names, the same id in two containers, contents, used tokens. */
const neighbours: Step[] = [
  createGroupStep(40, { Tag: "tag" }),
  createGroupStep(40, { GroupName: "longer", GroupId: "id-40-longer", Tag: "tag" }),
  createGroupStep(40, { GroupName: "capital", GroupId: "ID-40" }),
  ...["s-1", "s-1-longer", "S-1"].map((id) => personStep(id, "id-40")),
  personStep("s-2", "id-40-longer"),
  ["tencent/iai/CopyPerson", { PersonId: "s-2", GroupIds: ["ID-40", "id-40"] }],
  createGroupStep(41, { GroupId: "id-40" }),
  ["tencent/iai/GetPersonList", { GroupId: "id-40" }],
  ["tencent/iai/GetGroupList", { Limit: 1000 }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-40", PersonId: "unknown" }],
  ["tencent/iai/DeletePerson", { PersonId: "unknown" }],
  ["tencent/iai/GetPersonList", { GroupId: "id-40" }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-40", PersonId: "s-2" }],
  ["tencent/iai/GetPersonList", { GroupId: "id-40-longer" }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-40", PersonId: "s-1" }],
  ["tencent/iai/GetPersonList", { GroupId: "id-40" }],
  personStep("s-1", "id-40"),
  ["tencent/iai/DeletePerson", { PersonId: "s-1" }],
  ["tencent/iai/GetPersonList", { GroupId: "id-40" }],
  ["tencent/iai/CopyPerson", { PersonId: "s-2", GroupIds: ["id-40"] }],
  ["tencent/iai/DeleteGroup", { GroupId: "unknown" }],
  ["tencent/iai/DeleteGroup", { GroupId: "id-40" }],
  ["tencent/iai/GetGroupList", { Limit: 1000 }],
  ["tencent/iai/GetPersonGroupInfo", { PersonId: "s-2" }],
  ["tencent/iai/GetPersonGroupInfo", { PersonId: "s-1-longer" }],
  createGroupStep(40),
  ["tencent/iai/GetPersonList", { GroupId: "id-40" }],
  ...["near", "near-longer", "NEAR"].map((id) => imGroupStep(id)),
  ...["m", "m-longer", "M"].map((id): Step => ["tencent/im/account_import", { UserID: id }]),
  [
    "tencent/im/add_group_member",
    { GroupId: "near", MemberList: [{ Member_Account: "unknown" }, { Member_Account: "m" }] },
  ],
  [
    "tencent/im/add_group_member",
    { GroupId: "near", MemberList: [{ Member_Account: "m-longer" }, { Member_Account: "M" }] },
  ],
  ["tencent/im/add_group_member", { GroupId: "NEAR", MemberList: [{ Member_Account: "m" }] }],
  ["tencent/im/get_role_in_group", imRoles("near")],
  imGroupStep("near"),
  ["tencent/im/get_role_in_group", imRoles("near")],
  ["tencent/im/delete_group_member", { GroupId: "near", MemberToDel_Account: ["unknown", "m"] }],
  ["tencent/im/get_role_in_group", imRoles("near")],
  ["tencent/im/get_role_in_group", imRoles("NEAR")],
  ["tencent/im/delete_group_member", { GroupId: "near", MemberToDel_Account: fifty("m-longer", "M") }],
  ["tencent/im/get_role_in_group", imRoles("near")],
  ["tencent/im/add_group_member", { GroupId: "near", MemberList: [{ Member_Account: "m" }] }],
  ["tencent/im/destroy_group", { GroupId: "nowhere" }],
  ["tencent/im/get_role_in_group", imRoles("near")],
  ["tencent/im/destroy_group", { GroupId: "near" }],
  ["tencent/im/get_role_in_group", imRoles("NEAR")],
  ["tencent/im/get_role_in_group", imRoles("near-longer")],
  imGroupStep("near"),
  ["tencent/im/get_role_in_group", imRoles("near")],
  ["tencent/im/account_delete", { DeleteItem: [{ UserID: "unknown" }, { UserID: "m" }] }],
  ...["e", "e-longer", "E"].map((id) => rekognitionStep("CreateCollection", { CollectionId: id })),
  ...["f", "f-longer", "F"].map((id) => rekognitionStep("CreateUser", { CollectionId: "e", UserId: id })),
  rekognitionStep("CreateUser", { CollectionId: "E", UserId: "f" }),
  rekognitionStep("DeleteUser", { CollectionId: "e", UserId: "f" }),
  rekognitionStep("ListUsers", { CollectionId: "e" }),
  rekognitionStep("ListUsers", { CollectionId: "E" }),
  ...usedTokens("CreateUser", "DeleteUser"),
  ...usedTokens("DeleteUser", "CreateUser"),
  rekognitionStep("CreateCollection", { CollectionId: "e" }),
  rekognitionStep("DeleteCollection", { CollectionId: "nowhere" }),
  rekognitionStep("DescribeCollection", { CollectionId: "E" }),
  rekognitionStep("DeleteCollection", { CollectionId: "e" }),
  rekognitionStep("DescribeCollection", { CollectionId: "E" }),
  rekognitionStep("DescribeCollection", { CollectionId: "e-longer" }),
  rekognitionStep("CreateCollection", { CollectionId: "e" }),
  rekognitionStep("ListUsers", { CollectionId: "e" }),
];

/** Calls of an action with one token: with another member, again, after the other action has undone it; and with similar tokens. */
function usedTokens(action: string, undo: string): Step[] {
  const call = (UserId: string, ClientRequestToken: string, CollectionId = "E") =>
    rekognitionStep(action, { CollectionId, UserId, ClientRequestToken });
  const users = ["t-1", "t-2", "t-3", "t-4"];
  const long = "t".repeat(40);
  return [
    ...["e", "E"].flatMap((CollectionId) =>
      users.map((UserId) => rekognitionStep("CreateUser", { CollectionId, UserId })),
    ),
    ...(action === "CreateUser" ? users.map((UserId) => rekognitionStep(undo, { CollectionId: "E", UserId })) : []),
    call("t-1", `${action}-t`),
    call("t-1", `${action}-t`, "e"),
    call("t-2", `${action}-t`),
    call("t-1", `${action}-t`),
    rekognitionStep(undo, { CollectionId: "E", UserId: "t-1" }),
    call("t-1", `${action}-t`),
    rekognitionStep("ListUsers", { CollectionId: "E" }),
    call("t-3", `${action}-T`),
    call("t-2", `${action}${long}a`),
    call("t-4", `${action}${long}b`),
  ];
}

/** The ids are those that the emulator assigns after the calls of the script. */
function organizationNeighbours(client: InProcessClient, before: readonly Step[]): Step[] {
  const send = ([id, members, binding]: Step) => client.send(client.sign(id, members, binding)).body;
  for (const step of before) if (step[0].startsWith("tencent/organization/")) send(step);
  const steps: Step[] = [];
  const create = (action: string, members: CallMembers): string => {
    const step = organizationStep(action, members);
    steps.push(step);
    return /"(?:Group|User)Id":"([^"]+)"/.exec(send(step))?.[1] ?? "";
  };
  const [group = "", longer = "", capital = ""] = ["near", "near-longer", "NEAR"].map((GroupName) =>
    create("CreateGroup", { GroupName }),
  );
  const userIds = ["near", "near-longer", "NEAR"].map((UserName) => create("CreateUser", { UserName }));
  const [first = ""] = userIds;
  const members = organizationStep("ListGroupMembers", { GroupId: group });
  return [
    ...steps,
    ...userIds.map((UserId) => organizationStep("AddUserToGroup", { GroupId: group, UserId })),
    organizationStep("AddUserToGroup", { GroupId: longer, UserId: first }),
    organizationStep("CreateGroup", { GroupName: "near" }),
    members,
    organizationStep("RemoveUserFromGroup", { GroupId: group, UserId: "u-unknown" }),
    organizationStep("RemoveUserFromGroup", { GroupId: group, UserId: first }),
    members,
    organizationStep("ListGroupMembers", { GroupId: longer }),
    organizationStep("DeleteGroup", { GroupId: longer }),
    organizationStep("RemoveUserFromGroup", { GroupId: longer, UserId: first }),
    organizationStep("DeleteUser", { UserId: "u-unknown" }),
    organizationStep("DeleteUser", { UserId: first }),
    organizationStep("ListUsers", { MaxResults: 100 }),
    ...userIds.map((UserId) => organizationStep("RemoveUserFromGroup", { GroupId: group, UserId })),
    organizationStep("DeleteGroup", { GroupId: "g-unknown" }),
    organizationStep("DeleteGroup", { GroupId: group }),
    organizationStep("GetGroup", { GroupId: capital }),
    organizationStep("GetGroup", { GroupId: longer }),
  ];
}

export const neighbourSteps = (client: InProcessClient, before: readonly Step[]): Step[] => [
  ...neighbours,
  ...organizationNeighbours(client, before),
];
