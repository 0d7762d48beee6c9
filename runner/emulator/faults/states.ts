/** Faults about what is not there, or not of the right kind: worked on all the same, or refused where it does no harm. */

import { text, textList } from "../services/handler.ts";
import type { IaiState } from "../services/iai.ts";
import type { ImState } from "../services/im.ts";
import type { Fault } from "./fault.ts";
import { skipStateCheck } from "./value-faults.ts";

const noGroup = "InvalidParameterValue.GroupIdNotExist";

export const stateFaults: readonly Fault[] = [
  {
    id: "unknown-group-removed-from",
    description: "Removes a person from a group that does not exist, and says it went well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    detects: "state:tencent/iai/DeletePersonFromGroup/lax",
    refusal: skipStateCheck(noGroup),
  },
  {
    id: "non-member-removed",
    description: "Removes a person from a group that it is not in, and says it went well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    detects: "state:tencent/iai/DeletePersonFromGroup/lax",
    refusal: skipStateCheck("FailedOperation.GroupPersonMapNotExist"),
  },
  {
    id: "person-of-two-groups-refused",
    description: "Removes nobody who is in another group as well.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "situation",
    detects: "state:tencent/iai/DeletePersonFromGroup/strict",
    extraRefusal: ({ PersonId }, { emulator }) => {
      const library = emulator.serviceStates.get("tencent/iai")?.state as IaiState;
      return (library.persons.get(String(PersonId))?.groups.size ?? 0) > 1
        ? "FailedOperation.GroupPersonMapNotExist"
        : undefined;
    },
  },
  {
    id: "person-into-unknown-group",
    description: "Makes a person in a group that does not exist.",
    action: "tencent/iai/CreatePerson",
    family: "missing-member",
    detects: "state:tencent/iai/CreatePerson/lax",
    refusal: skipStateCheck(noGroup),
  },
  {
    id: "unknown-group-listed",
    description: "Lists nobody where a group does not exist.",
    action: "tencent/iai/GetPersonList",
    family: "missing-member",
    detects: "family:missing-member",
    refusal: skipStateCheck(noGroup),
    act: (next) => next() ?? { PersonInfos: [], PersonNum: 0 },
  },
  {
    id: "zone-not-looked-at",
    description: "Takes any zone for the account's own.",
    action: "tencent/organization/CreateUser",
    family: "missing-member",
    detects: "state:tencent/organization/CreateUser/lax",
    refusal: skipStateCheck("FailedOperation.ZoneIdNotExist"),
  },
  {
    id: "non-user-removed",
    description: "Removes a user from a group that it is not in, and says it went well.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "missing-member",
    detects: "state:tencent/organization/RemoveUserFromGroup/lax",
    refusal: skipStateCheck("InvalidParameter.GroupUserNotExist"),
  },
  {
    id: "synchronized-group-changed",
    description: "Looks for the user before it looks at the kind of the group.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "situation",
    detects: "family:situation",
    refusal: skipStateCheck("FailedOperation.SynchronizedGroupNotRemoveUser"),
  },
  {
    id: "unknown-user-added",
    description: "Adds a user that does not exist, and says it went well.",
    action: "tencent/organization/AddUserToGroup",
    family: "missing-member",
    detects: "state:tencent/organization/AddUserToGroup/lax",
    refusal: skipStateCheck("ResourceNotFound.UserNotExist"),
  },
  {
    id: "user-in-a-group-deleted",
    description: "Deletes a user that a group holds.",
    action: "tencent/organization/DeleteUser",
    family: "missing-member",
    detects: "state:tencent/organization/DeleteUser/lax",
    refusal: skipStateCheck("InvalidParameter.UserAlreadyExistsGroup"),
  },
  {
    id: "im-non-member-refused",
    description: "Refuses to remove an account that is no member.",
    action: "tencent/im/delete_group_member",
    family: "missing-member",
    detects: "state:tencent/im/delete_group_member/strict",
    extraRefusal: (members, { emulator }) => {
      const messenger = emulator.serviceStates.get("tencent/im")?.state as ImState;
      const group = messenger.groups.get(text(members, "GroupId"));
      const foreign = textList(members, "MemberToDel_Account").some((account) => !group?.members.has(account));
      return group && foreign ? "10004" : undefined;
    },
  },
  {
    id: "im-avchatroom-allowed",
    description: "Removes members of an AVChatRoom or BChatRoom.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    detects: "state:tencent/im/delete_group_member/lax",
    refusal: skipStateCheck("10004"),
  },
  {
    id: "im-private-group-refused",
    description: "Removes members of Public groups alone.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    detects: "state:tencent/im/delete_group_member/strict",
    extraRefusal: (members, { emulator }) => {
      const messenger = emulator.serviceStates.get("tencent/im")?.state as ImState;
      const type = messenger.groups.get(text(members, "GroupId"))?.type;
      return type !== undefined && type !== "Public" ? "10004" : undefined;
    },
  },
  {
    id: "im-unknown-group-allowed",
    description: "Removes members of a group that does not exist, and says it went well.",
    action: "tencent/im/delete_group_member",
    family: "missing-member",
    detects: "state:tencent/im/delete_group_member/lax",
    refusal: skipStateCheck("10010"),
  },
  {
    id: "im-avchatroom-joined",
    description: "Adds members to an AVChatRoom.",
    action: "tencent/im/add_group_member",
    family: "situation",
    detects: "state:tencent/im/add_group_member/lax",
    refusal: skipStateCheck("10007"),
  },
  {
    id: "im-avchatroom-looked-up",
    description: "Tells the roles of an AVChatRoom.",
    action: "tencent/im/get_role_in_group",
    family: "situation",
    detects: "family:situation",
    refusal: skipStateCheck("10007"),
  },
  {
    id: "im-unknown-account-refused",
    description: "Refuses to delete an account that does not exist.",
    action: "tencent/im/account_delete",
    family: "missing-member",
    detects: "state:tencent/im/account_delete/strict",
    extraRefusal: (members, { emulator }) => {
      const messenger = emulator.serviceStates.get("tencent/im")?.state as ImState;
      const [first] = (members.DeleteItem ?? []) as { UserID: string }[];
      return first && !messenger.accounts.has(first.UserID) ? "70402" : undefined;
    },
  },
  {
    id: "aws-unknown-user-deleted",
    description: "Deletes a user that does not exist, and says it went well.",
    action: "aws/rekognition/DeleteUser",
    family: "missing-member",
    detects: "state:aws/rekognition/DeleteUser/lax",
    refusal: skipStateCheck("ResourceNotFoundException"),
  },
  {
    id: "aws-unknown-collection-described",
    description: "Describes a collection that does not exist.",
    action: "aws/rekognition/DescribeCollection",
    family: "missing-member",
    detects: "family:missing-member",
    refusal: skipStateCheck("ResourceNotFoundException"),
  },
];
