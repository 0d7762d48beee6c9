/** Faults about what is not there, or not of the right kind: worked on all the same, or refused where it does no harm. */

import { text, texts } from "../services/handler.ts";
import type { Library } from "../services/iai.ts";
import type { Messenger } from "../services/im.ts";
import type { Fault } from "./fault.ts";
import { forgets } from "./value-faults.ts";

const noGroup = "InvalidParameterValue.GroupIdNotExist";

export const stateFaults: readonly Fault[] = [
  {
    id: "unknown-group-removed-from",
    says: "Removes a person from a group that does not exist, and says it went well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    cell: "state:tencent/iai/DeletePersonFromGroup/lax",
    refusal: forgets(noGroup),
  },
  {
    id: "non-member-removed",
    says: "Removes a person from a group that it is not in, and says it went well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    cell: "state:tencent/iai/DeletePersonFromGroup/lax",
    refusal: forgets("FailedOperation.GroupPersonMapNotExist"),
  },
  {
    id: "person-of-two-groups-refused",
    says: "Removes nobody who is in another group as well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "situation",
    cell: "state:tencent/iai/DeletePersonFromGroup/strict",
    refuses: ({ PersonId }, { world }) => {
      const library = world.held.get("tencent/iai")?.state as Library;
      return (library.persons.get(String(PersonId))?.groups.size ?? 0) > 1
        ? "FailedOperation.GroupPersonMapNotExist"
        : undefined;
    },
  },
  {
    id: "person-into-unknown-group",
    says: "Makes a person in a group that does not exist.",
    action: "tencent/iai/CreatePerson",
    family: "missing-member",
    cell: "state:tencent/iai/CreatePerson/lax",
    refusal: forgets(noGroup),
  },
  {
    id: "unknown-group-listed",
    says: "Lists nobody where a group does not exist.",
    action: "tencent/iai/GetPersonList",
    family: "missing-member",
    cell: "family:missing-member",
    refusal: forgets(noGroup),
    act: (next) => next() ?? { PersonInfos: [], PersonNum: 0 },
  },
  {
    id: "zone-not-looked-at",
    says: "Takes any zone for the account's own.",
    action: "tencent/organization/CreateUser",
    family: "missing-member",
    cell: "state:tencent/organization/CreateUser/lax",
    refusal: forgets("FailedOperation.ZoneIdNotExist"),
  },
  {
    id: "non-user-removed",
    says: "Removes a user from a group that it is not in, and says it went well.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "missing-member",
    cell: "state:tencent/organization/RemoveUserFromGroup/lax",
    refusal: forgets("InvalidParameter.GroupUserNotExist"),
  },
  {
    id: "synchronized-group-changed",
    says: "Looks for the user before it looks at the kind of the group.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "situation",
    cell: "family:situation",
    refusal: forgets("FailedOperation.SynchronizedGroupNotRemoveUser"),
  },
  {
    id: "unknown-user-added",
    says: "Adds a user that does not exist, and says it went well.",
    action: "tencent/organization/AddUserToGroup",
    family: "missing-member",
    cell: "state:tencent/organization/AddUserToGroup/lax",
    refusal: forgets("ResourceNotFound.UserNotExist"),
  },
  {
    id: "user-in-a-group-deleted",
    says: "Deletes a user that a group holds.",
    action: "tencent/organization/DeleteUser",
    family: "missing-member",
    cell: "state:tencent/organization/DeleteUser/lax",
    refusal: forgets("InvalidParameter.UserAlreadyExistsGroup"),
  },
  {
    id: "im-non-member-refused",
    says: "Refuses to remove an account that is no member.",
    action: "tencent/im/delete_group_member",
    family: "missing-member",
    cell: "state:tencent/im/delete_group_member/strict",
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
    cell: "state:tencent/im/delete_group_member/lax",
    refusal: forgets("10004"),
  },
  {
    id: "im-private-group-refused",
    says: "Removes members of Public groups alone.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    cell: "state:tencent/im/delete_group_member/strict",
    refuses: (members, { world }) => {
      const messenger = world.held.get("tencent/im")?.state as Messenger;
      const type = messenger.groups.get(text(members, "GroupId"))?.type;
      return type !== undefined && type !== "Public" ? "10004" : undefined;
    },
  },
  {
    id: "im-unknown-group-allowed",
    says: "Removes members of a group that does not exist, and says it went well.",
    action: "tencent/im/delete_group_member",
    family: "missing-member",
    cell: "state:tencent/im/delete_group_member/lax",
    refusal: forgets("10010"),
  },
  {
    id: "im-avchatroom-joined",
    says: "Adds members to an AVChatRoom.",
    action: "tencent/im/add_group_member",
    family: "situation",
    cell: "state:tencent/im/add_group_member/lax",
    refusal: forgets("10007"),
  },
  {
    id: "im-avchatroom-looked-up",
    says: "Tells the roles of an AVChatRoom.",
    action: "tencent/im/get_role_in_group",
    family: "situation",
    cell: "family:situation",
    refusal: forgets("10007"),
  },
  {
    id: "im-unknown-account-refused",
    says: "Refuses to delete an account that does not exist.",
    action: "tencent/im/account_delete",
    family: "missing-member",
    cell: "state:tencent/im/account_delete/strict",
    refuses: (members, { world }) => {
      const messenger = world.held.get("tencent/im")?.state as Messenger;
      const [first] = (members.DeleteItem ?? []) as { UserID: string }[];
      return first && !messenger.accounts.has(first.UserID) ? "70402" : undefined;
    },
  },
  {
    id: "aws-unknown-user-deleted",
    says: "Deletes a user that does not exist, and says it went well.",
    action: "aws/rekognition/DeleteUser",
    family: "missing-member",
    cell: "state:aws/rekognition/DeleteUser/lax",
    refusal: forgets("ResourceNotFoundException"),
  },
  {
    id: "aws-unknown-collection-described",
    says: "Describes a collection that does not exist.",
    action: "aws/rekognition/DescribeCollection",
    family: "missing-member",
    cell: "family:missing-member",
    refusal: forgets("ResourceNotFoundException"),
  },
];
