/** Faults about state: what is there, what is gone, and what a call leaves behind. */
import type { Fault } from "../fault.ts";
import type { Messenger } from "../services/im.ts";
import { text, texts } from "../services/keeper.ts";

/** Lets a call pass where the action would refuse it with this code. */
const forgets =
  (code: string): NonNullable<Fault["refusal"]> =>
  (refused) =>
    refused.stage === "state" && refused.code === code ? undefined : refused;

export const stateFaults: readonly Fault[] = [
  {
    id: "same-group-id-twice",
    says: "Makes a second group of the same GroupId.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    refusal: forgets("InvalidParameterValue.GroupIdAlreadyExist"),
  },
  {
    id: "same-group-name-twice",
    says: "Makes a second group of the same GroupName.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    refusal: forgets("InvalidParameterValue.GroupNameAlreadyExist"),
  },
  {
    id: "group-not-kept",
    says: "Answers that a group was made, and makes none.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    act: () => ({}),
  },
  {
    id: "unknown-group-removed-from",
    says: "Removes a person from a group that does not exist, and says it went well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    refusal: forgets("InvalidParameterValue.GroupIdNotExist"),
  },
  {
    id: "non-member-removed",
    says: "Removes a person from a group that it is not in, and says it went well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    refusal: forgets("FailedOperation.GroupPersonMapNotExist"),
  },
  {
    id: "person-not-removed",
    says: "Answers that a person was removed, and leaves it in the group.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "valid",
    act: () => ({}),
  },
  {
    id: "non-user-removed",
    says: "Removes a user from a group that it is not in, and says it went well.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "missing-member",
    refusal: forgets("InvalidParameter.GroupUserNotExist"),
  },
  {
    id: "synchronized-group-changed",
    says: "Looks for the user before it looks at the kind of the group.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "situation",
    refusal: forgets("FailedOperation.SynchronizedGroupNotRemoveUser"),
  },
  {
    id: "user-not-removed",
    says: "Answers that a user was removed, and leaves it in the group.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "valid",
    act: () => ({}),
  },
  {
    id: "im-non-member-refused",
    says: "Refuses to remove an account that is no member.",
    action: "tencent/im/delete_group_member",
    family: "missing-member",
    refuses: (members, { world }) => {
      const messenger = world.held.get("tencent/im")?.state as Messenger;
      const group = messenger.groups.get(text(members, "GroupId"));
      const foreign = texts(members, "MemberToDel_Account").some((account) => !group?.members.has(account));
      return group && foreign ? "10004" : undefined;
    },
  },
  {
    id: "im-avchatroom-allowed",
    says: "Removes members of an AVChatRoom or BChatRoom.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    refusal: forgets("10004"),
  },
  {
    id: "im-unknown-group-allowed",
    says: "Removes members of a group that does not exist, and says it went well.",
    action: "tencent/im/delete_group_member",
    family: "missing-member",
    refusal: forgets("10010"),
  },
  {
    id: "im-member-not-removed",
    says: "Answers that members were removed, and leaves them in the group.",
    action: "tencent/im/delete_group_member",
    family: "valid",
    act: () => ({}),
  },
  {
    id: "aws-unknown-user-deleted",
    says: "Deletes a user that does not exist, and says it went well.",
    action: "aws/rekognition/DeleteUser",
    family: "missing-member",
    refusal: forgets("ResourceNotFoundException"),
  },
  {
    id: "aws-user-not-deleted",
    says: "Answers that a user was deleted, and keeps it.",
    action: "aws/rekognition/DeleteUser",
    family: "valid",
    act: () => ({}),
  },
  {
    id: "aws-token-forgotten",
    says: "Takes no notice of ClientRequestToken.",
    action: "aws/rekognition/DeleteUser",
    family: "idempotency",
    act: (next, context) => {
      const { ClientRequestToken: _, ...rest } = context.members;
      context.members = rest;
      return next();
    },
  },
  {
    id: "aws-token-for-anything",
    says: "Takes a used ClientRequestToken for other input.",
    action: "aws/rekognition/DeleteUser",
    family: "idempotency",
    refusal: forgets("IdempotentParameterMismatchException"),
  },
];
