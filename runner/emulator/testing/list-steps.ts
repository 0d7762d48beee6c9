/** Calls that show what lists return: pages, offsets, tokens and filters. */
import type { CallMembers, HttpRequest } from "../../model/index.ts";
import { providedResources } from "../test-credentials.ts";
import type { InProcessClient } from "./in-process-client.ts";

type Step = [id: string, members: CallMembers, binding?: string, tamper?: (r: HttpRequest) => HttpRequest];

const organizationStep = (action: string, members: CallMembers): Step => [
  `tencent/organization/${action}`,
  { ZoneId: providedResources.zone, ...members },
];
const rekognitionStep = (action: string, members: CallMembers): Step => [`aws/rekognition/${action}`, members];

/** After the earlier calls: lists with more entries than a page, read in pages, with an offset, a token and each filter. */
export function listSteps(client: InProcessClient, earlier: readonly Step[]): Step[] {
  const iai = (action: string, members: CallMembers): Step => [`tencent/iai/${action}`, members];
  const NextToken = "after-999999-up";
  const more = [1, 2, 3].map((n) => `more-${n}`);
  const users = more.flatMap((UserName) => [
    organizationStep("CreateUser", { UserName, FirstName: UserName, LastName: UserName, DisplayName: UserName }),
    organizationStep("CreateUser", { UserName: `${UserName}-d`, Description: UserName, UserStatus: "Disabled" }),
  ]);
  const groups = Array.from({ length: 12 }, (_, n) => organizationStep("CreateGroup", { GroupName: `more-${n}` }));
  // The emulator assigns these ids, so they are read from its responses.
  const idsIn = (steps: readonly Step[]) =>
    steps.flatMap((step) => /"[gu]-[0-9a-z]{12}/.exec(client.call(...step).body)?.[0].slice(1) ?? []);
  idsIn(earlier);
  const [GroupId = ""] = idsIn(groups);
  const members = idsIn(users).map((UserId) => organizationStep("AddUserToGroup", { GroupId, UserId }));
  return [
    ...Array.from({ length: 11 }, (_, n) => iai("CreateGroup", { GroupId: `more-${n}`, GroupName: `more ${n}` })),
    ...Array.from({ length: 11 }, (_, n) =>
      iai("CreatePerson", {
        GroupId: "more-0",
        PersonId: `person-${n}`,
        PersonName: `name-${n}`,
        Gender: n % 3,
        Image: providedResources["face-image"],
      }),
    ),
    iai("CopyPerson", { PersonId: "person-0", GroupIds: Array.from({ length: 10 }, (_, n) => `more-${n + 1}`) }),
    ...[{}, { Limit: 2 }, { Limit: 2, Offset: 2 }, { Offset: 1 }].flatMap((page) => [
      iai("GetGroupList", page),
      iai("GetPersonList", { GroupId: "more-0", ...page }),
      iai("GetPersonGroupInfo", { PersonId: "person-0", ...page }),
    ]),
    iai("DeleteGroup", { GroupId: "more-9" }),
    iai("GetGroupList", { Limit: 1000 }),
    ...groups,
    ...users,
    ...members,
    ...[{}, { MaxResults: 2 }, { UserType: "Manual" }, { UserType: "Synchronized" }, { NextToken }].map((page) =>
      organizationStep("ListGroupMembers", { GroupId, ...page }),
    ),
    ...[{}, { MaxResults: 2 }, { MaxResults: 2, Offset: 1 }, { NextToken }].flatMap((page) => [
      organizationStep("ListGroups", page),
      organizationStep("ListUsers", page),
    ]),
    organizationStep("ListGroups", { MaxResults: 2, GroupType: "Manual" }),
    organizationStep("ListGroups", { MaxResults: 100, Filter: "GroupName sw more-1" }),
    organizationStep("ListUsers", { UserType: "Manual", UserStatus: "Enabled" }),
    rekognitionStep("CreateCollection", { CollectionId: "lists" }),
    ...more.map((UserId) => rekognitionStep("CreateUser", { CollectionId: "lists", UserId })),
    rekognitionStep("ListUsers", { CollectionId: "lists", MaxResults: 2 }),
    rekognitionStep("ListUsers", { CollectionId: "lists", NextToken }),
    rekognitionStep("DescribeCollection", { CollectionId: "lists" }),
  ];
}
