/** Faults about what a call leaves behind: nothing, too little, too much, or what a refusal should have prevented. */
import type { CallMembers } from "../../model/index.ts";
import type { RequestContext } from "../request-context.ts";
import { type HandlerResult, objectList, text, textList } from "../services/handler.ts";
import type { IaiState } from "../services/iai.ts";
import type { Zones } from "../services/identity-center.ts";
import type { ImState } from "../services/im.ts";
import type { RekognitionState } from "../services/rekognition.ts";
import type { Fault } from "./fault.ts";
import { applyDespiteRefusal, storeModified } from "./value-faults.ts";

type Act = NonNullable<Fault["act"]>;

const nothing: Act = () => ({});

/** The state of a service, as far as a fault has to know it. */
const stateOf = <T>({ emulator }: RequestContext, service: string): T =>
  emulator.serviceStates.get(service)?.state as T;

const library = (context: RequestContext): IaiState => stateOf(context, "tencent/iai");

/** Does its work, and more. */
const also =
  (more: (members: CallMembers, context: RequestContext) => void): Act =>
  (next, context) => {
    const result = next();
    more(context.members, context);
    return result;
  };

/** Accepted, and not done. */
const undone: readonly (readonly [id: string, says: string, action: string, act: Act])[] = [
  ["group-not-kept", "a group was made, and makes none", "tencent/iai/CreateGroup", nothing],
  ["group-not-deleted", "a group was deleted, and keeps it", "tencent/iai/DeleteGroup", nothing],
  ["person-not-kept", "a person was made, and makes none", "tencent/iai/CreatePerson", nothing],
  ["person-not-deleted", "a person was deleted, and keeps it", "tencent/iai/DeletePerson", nothing],
  ["person-not-copied", "a person was copied, and copies none", "tencent/iai/CopyPerson", () => undefined],
  ["person-not-removed", "a person was removed, and leaves it in", "tencent/iai/DeletePersonFromGroup", nothing],
  [
    "zone-group-not-kept",
    "a group was made, and makes none",
    "tencent/organization/CreateGroup",
    () => ({ GroupInfo: { GroupId: "g-nowhere00000" } }),
  ],
  ["zone-group-not-deleted", "a group was deleted, and keeps it", "tencent/organization/DeleteGroup", nothing],
  [
    "user-not-kept",
    "a user was made, and makes none",
    "tencent/organization/CreateUser",
    () => ({ UserInfo: { UserId: "u-nowhere00000" } }),
  ],
  ["user-not-deleted", "a user was deleted, and keeps it", "tencent/organization/DeleteUser", nothing],
  ["user-not-added", "a user was added, and adds none", "tencent/organization/AddUserToGroup", nothing],
  ["user-not-removed", "a user was removed, and leaves it in", "tencent/organization/RemoveUserFromGroup", nothing],
  [
    "im-group-not-kept",
    "a group was made, and makes none",
    "tencent/im/create_group",
    (_, { members }) => ({ GroupId: text(members, "GroupId") || "@TGS#nowhere" }),
  ],
  ["im-group-not-dissolved", "a group was dissolved, and keeps it", "tencent/im/destroy_group", nothing],
  [
    "im-member-not-added",
    "members were added, and adds none",
    "tencent/im/add_group_member",
    (_, { members }) => ({
      MemberList: objectList(members, "MemberList").map((m): CallMembers => ({ ...m, Result: 1 })),
    }),
  ],
  ["im-member-not-removed", "members were removed, and leaves them in", "tencent/im/delete_group_member", nothing],
  ["aws-collection-not-kept", "a collection was made, and makes none", "aws/rekognition/CreateCollection", nothing],
  ["aws-collection-not-deleted", "a collection was deleted, and keeps it", "aws/rekognition/DeleteCollection", nothing],
  ["aws-user-not-kept", "a user was made, and makes none", "aws/rekognition/CreateUser", nothing],
  ["aws-user-not-deleted", "a user was deleted, and keeps it", "aws/rekognition/DeleteUser", nothing],
];

/** Done otherwise than was said. */
const otherwise: readonly Fault[] = [
  {
    id: "group-name-cut",
    description: "Keeps the first 20 characters of a GroupName.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:effect",
    act: storeModified((members) => ({ ...members, GroupName: [...text(members, "GroupName")].slice(0, 20).join("") })),
  },
  {
    id: "group-id-in-small-letters",
    description: "Keeps a GroupId in small letters.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "check:effect",
    act: storeModified((members) => ({ ...members, GroupId: text(members, "GroupId").toLowerCase() })),
  },
  {
    id: "tag-not-kept",
    description: "Does not keep the Tag of a group.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "check:effect",
    act: storeModified(({ Tag: _, ...members }) => members),
  },
  {
    id: "descriptions-sorted",
    description: "Keeps the descriptions of a group the other way round.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "check:effect",
    act: storeModified((members) =>
      Array.isArray(members.GroupExDescriptions)
        ? { ...members, GroupExDescriptions: [...members.GroupExDescriptions].reverse() }
        : members,
    ),
  },
  {
    id: "zone-group-name-cut",
    description: "Keeps the first 60 characters of a GroupName.",
    action: "tencent/organization/CreateGroup",
    family: "boundary",
    detects: "check:effect",
    act: storeModified((members) => ({ ...members, GroupName: text(members, "GroupName").slice(0, 60) })),
  },
  {
    id: "display-name-not-kept",
    description: "Does not keep the DisplayName of a user.",
    action: "tencent/organization/CreateUser",
    family: "valid",
    detects: "check:effect",
    act: storeModified(({ DisplayName: _, ...members }) => members),
  },
  {
    id: "users-always-enabled",
    description: "Makes every user one that is Enabled.",
    action: "tencent/organization/CreateUser",
    family: "enum",
    detects: "check:effect",
    act: storeModified(({ UserStatus: _, ...members }) => members),
  },
  {
    id: "aws-user-id-cut",
    description: "Keeps the first 64 characters of a UserId.",
    action: "aws/rekognition/CreateUser",
    family: "boundary",
    detects: "check:effect",
    act: storeModified((members) => ({ ...members, UserId: text(members, "UserId").slice(0, 64) })),
  },
  {
    id: "im-first-member-alone",
    description: "Removes the first of the accounts that it is given.",
    action: "tencent/im/delete_group_member",
    family: "valid",
    detects: "check:effect",
    act: storeModified((members) => ({
      ...members,
      MemberToDel_Account: textList(members, "MemberToDel_Account").slice(0, 1),
    })),
  },
  {
    id: "removed-from-all-groups",
    description: "Removes a person from one group, and from all others as well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "situation",
    detects: "check:effect",
    act: also(({ PersonId }, context) => {
      const { groups, persons } = library(context);
      for (const group of groups.values()) group.persons.delete(String(PersonId));
      persons.delete(String(PersonId));
    }),
  },
  {
    id: "last-group-leaves-the-person",
    description: "Keeps a person that is in no group any more.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "valid",
    detects: "check:effect",
    act: (next, context) => {
      const { persons } = library(context);
      const person = persons.get(text(context.members, "PersonId"));
      const result = next();
      if (person) persons.set(text(context.members, "PersonId"), person);
      return result;
    },
  },
  {
    id: "group-goes-with-the-person",
    description: "Deletes the group that a person is removed from.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "valid",
    detects: "check:bystander",
    act: also(({ GroupId }, context) => {
      const { groups, persons } = library(context);
      for (const id of groups.get(String(GroupId))?.persons.keys() ?? []) persons.delete(String(id));
      groups.delete(String(GroupId));
    }),
  },
  {
    id: "all-removed",
    description: "Removes all users of a group.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "valid",
    detects: "check:bystander",
    act: also(({ ZoneId, GroupId }, context) => {
      const zones = stateOf<Zones>(context, "tencent/organization");
      zones.get(String(ZoneId))?.groups.get(String(GroupId))?.members.clear();
    }),
  },
  {
    id: "im-all-removed",
    description: "Removes all members of a group.",
    action: "tencent/im/delete_group_member",
    family: "valid",
    detects: "check:bystander",
    act: also(({ GroupId }, context) =>
      stateOf<ImState>(context, "tencent/im").groups.get(String(GroupId))?.members.clear(),
    ),
  },
  {
    id: "aws-all-users-deleted",
    description: "Deletes all users of a collection.",
    action: "aws/rekognition/DeleteUser",
    family: "valid",
    detects: "check:bystander",
    act: also(({ CollectionId }, context) =>
      stateOf<RekognitionState>(context, "aws/rekognition").collections.get(String(CollectionId))?.users.clear(),
    ),
  },
  {
    id: "aws-collection-goes-with-the-user",
    description: "Deletes the collection of a user that is deleted.",
    action: "aws/rekognition/DeleteUser",
    family: "valid",
    detects: "check:effect",
    act: also(
      ({ CollectionId }, context) =>
        void stateOf<RekognitionState>(context, "aws/rekognition").collections.delete(String(CollectionId)),
    ),
  },
];

/** Refused, and done. */
const refusedAndDone: readonly Fault[] = [
  {
    id: "group-made-before-it-is-refused",
    description: "Makes a group before it looks at the length of its Tag.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ at, breach }) => at === "Tag" && breach === "maxLength"),
  },
  {
    id: "person-removed-before-it-is-refused",
    description: "Removes a person, and then refuses a member that nobody declares.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "unknown-member",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ breach }) => breach === "unknown"),
  },
  {
    id: "user-made-before-it-is-refused",
    description: "Makes a user, and then refuses a long DisplayName.",
    action: "tencent/organization/CreateUser",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ at, breach }) => at === "DisplayName" && breach === "maxLength"),
  },
  {
    id: "user-removed-before-it-is-refused",
    description: "Removes a user, and then refuses a member that nobody declares.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "unknown-member",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ breach }) => breach === "unknown"),
  },
  {
    id: "im-removed-before-it-is-refused",
    description: "Removes members, and then refuses a Silence of 2.",
    action: "tencent/im/delete_group_member",
    family: "enum",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ at }) => at === "Silence"),
  },
  {
    id: "im-group-made-before-it-is-refused",
    description: "Makes a group, and then refuses a long Introduction.",
    action: "tencent/im/create_group",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ at }) => at === "Introduction"),
  },
  {
    id: "aws-deleted-before-it-is-refused",
    description: "Deletes a user, and then refuses a long ClientRequestToken.",
    action: "aws/rekognition/DeleteUser",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ at, breach }) => at === "ClientRequestToken" && breach === "maxLength"),
  },
  {
    id: "aws-made-before-it-is-refused",
    description: "Makes a user, and then refuses a long ClientRequestToken.",
    action: "aws/rekognition/CreateUser",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ at, breach }) => at === "ClientRequestToken" && breach === "maxLength"),
  },
];

export const effectFaults: readonly Fault[] = [
  ...undone.map(
    ([id, says, action, act]): Fault => ({
      id,
      description: `Answers that ${says}.`,
      action,
      family: "valid",
      detects: `state:${action}/undone`,
      act: (next: () => HandlerResult, context) => act(next, context),
    }),
  ),
  ...otherwise,
  ...refusedAndDone,
];
