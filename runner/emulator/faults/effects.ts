/** Faults in the effect of a call on the state: none, too little, too much, or one despite a refusal. */
import type { CallMembers } from "../../model/index.ts";
import type { RequestContext } from "../request-context.ts";
import { text, textList } from "../services/handler.ts";
import type { IaiState } from "../services/iai.ts";
import type { Zones } from "../services/identity-center.ts";
import type { ImState } from "../services/im.ts";
import type { RekognitionState } from "../services/rekognition.ts";
import type { Fault } from "./fault.ts";
import { storeModified } from "./value-faults.ts";

type ExecuteHook = NonNullable<Fault["execute"]>;

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

/** The action is executed, but its effect is not the requested one. */
export const effectFaults: readonly Fault[] = [
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
