/** Faults in the effect of a call on the state: none, too little, too much, or one despite a refusal. */
import type { CallMembers } from "../../model/index.ts";
import type { RequestContext } from "../request-context.ts";
import { type HandlerResult, objectList, text, textList } from "../services/handler.ts";
import type { IaiState } from "../services/iai.ts";
import type { Zones } from "../services/identity-center.ts";
import type { ImState } from "../services/im.ts";
import type { RekognitionState } from "../services/rekognition.ts";
import type { Fault } from "./fault.ts";
import { applyDespiteRefusal, storeModified } from "./value-faults.ts";

type ExecuteHook = NonNullable<Fault["execute"]>;

const skipExecution: ExecuteHook = () => ({});

const stateOf = <T>({ emulator }: RequestContext, service: string): T =>
  emulator.serviceStates.get(service)?.state as T;

const iaiState = (context: RequestContext): IaiState => stateOf(context, "tencent/iai");

/** Executes the action, then changes the state further. */
const withSideEffect =
  (sideEffect: (members: CallMembers, context: RequestContext) => void): ExecuteHook =>
  (next, context) => {
    const result = next();
    sideEffect(context.members, context);
    return result;
  };

/** The action is answered with a success but not executed. */
const acceptedWithoutEffect: readonly (readonly [
  id: string,
  omission: string,
  action: string,
  execute: ExecuteHook,
])[] = [
  ["group-not-kept", "create the group", "tencent/iai/CreateGroup", skipExecution],
  ["group-not-deleted", "delete the group", "tencent/iai/DeleteGroup", skipExecution],
  ["person-not-kept", "create the person", "tencent/iai/CreatePerson", skipExecution],
  ["person-not-deleted", "delete the person", "tencent/iai/DeletePerson", skipExecution],
  ["person-not-copied", "copy the person", "tencent/iai/CopyPerson", () => undefined],
  ["person-not-removed", "remove the person", "tencent/iai/DeletePersonFromGroup", skipExecution],
  [
    "zone-group-not-kept",
    "create the group",
    "tencent/organization/CreateGroup",
    () => ({ GroupInfo: { GroupId: "g-nowhere00000" } }),
  ],
  ["zone-group-not-deleted", "delete the group", "tencent/organization/DeleteGroup", skipExecution],
  [
    "user-not-kept",
    "create the user",
    "tencent/organization/CreateUser",
    () => ({ UserInfo: { UserId: "u-nowhere00000" } }),
  ],
  ["user-not-deleted", "delete the user", "tencent/organization/DeleteUser", skipExecution],
  ["user-not-added", "add the user", "tencent/organization/AddUserToGroup", skipExecution],
  ["user-not-removed", "remove the user", "tencent/organization/RemoveUserFromGroup", skipExecution],
  [
    "im-group-not-kept",
    "create the group",
    "tencent/im/create_group",
    (_, { members }) => ({ GroupId: text(members, "GroupId") || "@TGS#nowhere" }),
  ],
  ["im-group-not-dissolved", "dissolve the group", "tencent/im/destroy_group", skipExecution],
  [
    "im-member-not-added",
    "add the members",
    "tencent/im/add_group_member",
    (_, { members }) => ({
      MemberList: objectList(members, "MemberList").map((m): CallMembers => ({ ...m, Result: 1 })),
    }),
  ],
  ["im-member-not-removed", "remove the members", "tencent/im/delete_group_member", skipExecution],
  ["aws-collection-not-kept", "create the collection", "aws/rekognition/CreateCollection", skipExecution],
  ["aws-collection-not-deleted", "delete the collection", "aws/rekognition/DeleteCollection", skipExecution],
  ["aws-user-not-kept", "create the user", "aws/rekognition/CreateUser", skipExecution],
  ["aws-user-not-deleted", "delete the user", "aws/rekognition/DeleteUser", skipExecution],
];

/** The action is executed, but its effect is not the requested one. */
const differentEffect: readonly Fault[] = [
  {
    id: "group-name-cut",
    description: "Stores only the first 20 characters of GroupName.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:effect",
    execute: storeModified((members) => ({
      ...members,
      GroupName: [...text(members, "GroupName")].slice(0, 20).join(""),
    })),
  },
  {
    id: "group-id-in-small-letters",
    description: "Stores GroupId in lower case.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "check:effect",
    execute: storeModified((members) => ({ ...members, GroupId: text(members, "GroupId").toLowerCase() })),
  },
  {
    id: "tag-not-kept",
    description: "Does not store the Tag of a group.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "check:effect",
    execute: storeModified(({ Tag: _, ...members }) => members),
  },
  {
    id: "descriptions-sorted",
    description: "Stores GroupExDescriptions in reverse order.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "check:effect",
    execute: storeModified((members) =>
      Array.isArray(members.GroupExDescriptions)
        ? { ...members, GroupExDescriptions: [...members.GroupExDescriptions].reverse() }
        : members,
    ),
  },
  {
    id: "zone-group-name-cut",
    description: "Stores only the first 60 characters of GroupName.",
    action: "tencent/organization/CreateGroup",
    family: "boundary",
    detects: "check:effect",
    execute: storeModified((members) => ({ ...members, GroupName: text(members, "GroupName").slice(0, 60) })),
  },
  {
    id: "display-name-not-kept",
    description: "Does not store the DisplayName of a user.",
    action: "tencent/organization/CreateUser",
    family: "valid",
    detects: "check:effect",
    execute: storeModified(({ DisplayName: _, ...members }) => members),
  },
  {
    id: "users-always-enabled",
    description: "Ignores UserStatus and creates every user as Enabled.",
    action: "tencent/organization/CreateUser",
    family: "enum",
    detects: "check:effect",
    execute: storeModified(({ UserStatus: _, ...members }) => members),
  },
  {
    id: "aws-user-id-cut",
    description: "Stores only the first 64 characters of UserId.",
    action: "aws/rekognition/CreateUser",
    family: "boundary",
    detects: "check:effect",
    execute: storeModified((members) => ({ ...members, UserId: text(members, "UserId").slice(0, 64) })),
  },
  {
    id: "im-first-member-alone",
    description: "Removes only the first of the given accounts.",
    action: "tencent/im/delete_group_member",
    family: "valid",
    detects: "check:effect",
    execute: storeModified((members) => ({
      ...members,
      MemberToDel_Account: textList(members, "MemberToDel_Account").slice(0, 1),
    })),
  },
  {
    id: "removed-from-all-groups",
    description: "Removes a person from all groups instead of the given one.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "situation",
    detects: "check:effect",
    execute: withSideEffect(({ PersonId }, context) => {
      const { groups, persons } = iaiState(context);
      for (const group of groups.values()) group.persons.delete(String(PersonId));
      persons.delete(String(PersonId));
    }),
  },
  {
    id: "last-group-leaves-the-person",
    description: "Keeps a person who is no longer in any group.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "valid",
    detects: "check:effect",
    execute: (next, context) => {
      const { persons } = iaiState(context);
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
    execute: withSideEffect(({ GroupId }, context) => {
      const { groups, persons } = iaiState(context);
      for (const id of groups.get(String(GroupId))?.persons.keys() ?? []) persons.delete(String(id));
      groups.delete(String(GroupId));
    }),
  },
  {
    id: "all-removed",
    description: "Removes all users of a group instead of the given one.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "valid",
    detects: "check:bystander",
    execute: withSideEffect(({ ZoneId, GroupId }, context) => {
      const zones = stateOf<Zones>(context, "tencent/organization");
      zones.get(String(ZoneId))?.groups.get(String(GroupId))?.members.clear();
    }),
  },
  {
    id: "im-all-removed",
    description: "Removes all members of a group instead of the given ones.",
    action: "tencent/im/delete_group_member",
    family: "valid",
    detects: "check:bystander",
    execute: withSideEffect(({ GroupId }, context) =>
      stateOf<ImState>(context, "tencent/im").groups.get(String(GroupId))?.members.clear(),
    ),
  },
  {
    id: "aws-all-users-deleted",
    description: "Deletes all users of a collection instead of the given one.",
    action: "aws/rekognition/DeleteUser",
    family: "valid",
    detects: "check:bystander",
    execute: withSideEffect(({ CollectionId }, context) =>
      stateOf<RekognitionState>(context, "aws/rekognition").collections.get(String(CollectionId))?.users.clear(),
    ),
  },
  {
    id: "aws-collection-goes-with-the-user",
    description: "Deletes the collection that a user is deleted from.",
    action: "aws/rekognition/DeleteUser",
    family: "valid",
    detects: "check:effect",
    execute: withSideEffect(
      ({ CollectionId }, context) =>
        void stateOf<RekognitionState>(context, "aws/rekognition").collections.delete(String(CollectionId)),
    ),
  },
];

/** The action is refused and executed nevertheless. */
const effectDespiteRefusal: readonly Fault[] = [
  {
    id: "group-made-before-it-is-refused",
    description: "Creates a group before it refuses a Tag that is too long.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ parameter, breach }) => parameter === "Tag" && breach === "maxLength"),
  },
  {
    id: "person-removed-before-it-is-refused",
    description: "Removes a person before it refuses an undeclared parameter.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "unknown-member",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ breach }) => breach === "unknown"),
  },
  {
    id: "user-made-before-it-is-refused",
    description: "Creates a user before it refuses a DisplayName that is too long.",
    action: "tencent/organization/CreateUser",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ parameter, breach }) => parameter === "DisplayName" && breach === "maxLength"),
  },
  {
    id: "user-removed-before-it-is-refused",
    description: "Removes a user before it refuses an undeclared parameter.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "unknown-member",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ breach }) => breach === "unknown"),
  },
  {
    id: "im-removed-before-it-is-refused",
    description: "Removes members before it refuses a Silence of 2.",
    action: "tencent/im/delete_group_member",
    family: "enum",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ parameter }) => parameter === "Silence"),
  },
  {
    id: "im-group-made-before-it-is-refused",
    description: "Creates a group before it refuses an Introduction that is too long.",
    action: "tencent/im/create_group",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(({ parameter }) => parameter === "Introduction"),
  },
  {
    id: "aws-deleted-before-it-is-refused",
    description: "Deletes a user before it refuses a ClientRequestToken that is too long.",
    action: "aws/rekognition/DeleteUser",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(
      ({ parameter, breach }) => parameter === "ClientRequestToken" && breach === "maxLength",
    ),
  },
  {
    id: "aws-made-before-it-is-refused",
    description: "Creates a user before it refuses a ClientRequestToken that is too long.",
    action: "aws/rekognition/CreateUser",
    family: "boundary",
    detects: "check:unchanged",
    refusal: applyDespiteRefusal(
      ({ parameter, breach }) => parameter === "ClientRequestToken" && breach === "maxLength",
    ),
  },
];

export const effectFaults: readonly Fault[] = [
  ...acceptedWithoutEffect.map(
    ([id, omission, action, execute]): Fault => ({
      id,
      description: `Answers with a success but does not ${omission}.`,
      action,
      family: "valid",
      detects: `state:${action}/undone`,
      execute: (next: () => HandlerResult, context) => execute(next, context),
    }),
  ),
  ...differentEffect,
  ...effectDespiteRefusal,
];
