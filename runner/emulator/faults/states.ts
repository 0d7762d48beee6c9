/** Faults in the check of state: a call on a missing or unsuitable resource is accepted, or a permitted call is refused. */

import { text, textList } from "../services/handler.ts";
import type { IaiState } from "../services/iai.ts";
import type { ImState } from "../services/im.ts";
import type { Fault } from "./fault.ts";
import { skipStateCheck } from "./value-faults.ts";

const groupNotFoundCode = "InvalidParameterValue.GroupIdNotExist";

export const stateFaults: readonly Fault[] = [
  {
    id: "unknown-group-removed-from",
    description: "Accepts removing a person from a group that does not exist.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    detects: "state:tencent/iai/DeletePersonFromGroup/lax",
    refusal: skipStateCheck(groupNotFoundCode),
  },
  {
    id: "non-member-removed",
    description: "Accepts removing a person from a group that does not contain the person.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    detects: "state:tencent/iai/DeletePersonFromGroup/lax",
    refusal: skipStateCheck("FailedOperation.GroupPersonMapNotExist"),
  },
  {
    id: "person-of-two-groups-refused",
    description: "Refuses to remove a person who is also in another group.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "situation",
    detects: "state:tencent/iai/DeletePersonFromGroup/strict",
    extraRefusal: ({ PersonId }, { emulator }) => {
      const iaiState = emulator.serviceStates.get("tencent/iai")?.state as IaiState;
      return (iaiState.persons.get(String(PersonId))?.groups.size ?? 0) > 1
        ? "FailedOperation.GroupPersonMapNotExist"
        : undefined;
    },
  },
  {
    id: "person-into-unknown-group",
    description: "Accepts creating a person in a group that does not exist.",
    action: "tencent/iai/CreatePerson",
    family: "missing-member",
    detects: "state:tencent/iai/CreatePerson/lax",
    refusal: skipStateCheck(groupNotFoundCode),
  },
  {
    id: "unknown-group-listed",
    description: "Answers with an empty list for a group that does not exist.",
    action: "tencent/iai/GetPersonList",
    family: "missing-member",
    detects: "family:missing-member",
    refusal: skipStateCheck(groupNotFoundCode),
    execute: (next) => next() ?? { PersonInfos: [], PersonNum: 0 },
  },
  {
    id: "zone-not-looked-at",
    description: "Accepts an unknown ZoneId.",
    action: "tencent/organization/CreateUser",
    family: "missing-member",
    detects: "state:tencent/organization/CreateUser/lax",
    refusal: skipStateCheck("FailedOperation.ZoneIdNotExist"),
  },
  {
    id: "non-user-removed",
    description: "Accepts removing a user from a group that does not contain the user.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "missing-member",
    detects: "state:tencent/organization/RemoveUserFromGroup/lax",
    refusal: skipStateCheck("InvalidParameter.GroupUserNotExist"),
  },
  {
    id: "synchronized-group-changed",
    description: "Does not refuse to remove a user from a synchronized group.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "situation",
    detects: "family:situation",
    refusal: skipStateCheck("FailedOperation.SynchronizedGroupNotRemoveUser"),
  },
  {
    id: "unknown-user-added",
    description: "Accepts adding a user who does not exist.",
    action: "tencent/organization/AddUserToGroup",
    family: "missing-member",
    detects: "state:tencent/organization/AddUserToGroup/lax",
    refusal: skipStateCheck("ResourceNotFound.UserNotExist"),
  },
  {
    id: "user-in-a-group-deleted",
    description: "Accepts deleting a user who is in a group.",
    action: "tencent/organization/DeleteUser",
    family: "missing-member",
    detects: "state:tencent/organization/DeleteUser/lax",
    refusal: skipStateCheck("InvalidParameter.UserAlreadyExistsGroup"),
  },
  {
    id: "im-non-member-refused",
    description: "Refuses to remove an account that is not a member.",
    action: "tencent/im/delete_group_member",
    family: "missing-member",
    detects: "state:tencent/im/delete_group_member/strict",
    extraRefusal: (members, { emulator }) => {
      const imState = emulator.serviceStates.get("tencent/im")?.state as ImState;
      const group = imState.groups.get(text(members, "GroupId"));
      const hasNonMember = textList(members, "MemberToDel_Account").some((account) => !group?.members.has(account));
      return group && hasNonMember ? "10004" : undefined;
    },
  },
  {
    id: "im-avchatroom-allowed",
    description: "Accepts removing members from an AVChatRoom or BChatRoom.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    detects: "state:tencent/im/delete_group_member/lax",
    refusal: skipStateCheck("10004"),
  },
  {
    id: "im-private-group-refused",
    description: "Refuses to remove members from any group that is not Public.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    detects: "state:tencent/im/delete_group_member/strict",
    extraRefusal: (members, { emulator }) => {
      const imState = emulator.serviceStates.get("tencent/im")?.state as ImState;
      const type = imState.groups.get(text(members, "GroupId"))?.type;
      return type !== undefined && type !== "Public" ? "10004" : undefined;
    },
  },
  {
    id: "im-unknown-group-allowed",
    description: "Accepts removing members from a group that does not exist.",
    action: "tencent/im/delete_group_member",
    family: "missing-member",
    detects: "state:tencent/im/delete_group_member/lax",
    refusal: skipStateCheck("10010"),
  },
  {
    id: "im-avchatroom-joined",
    description: "Accepts adding members to an AVChatRoom.",
    action: "tencent/im/add_group_member",
    family: "situation",
    detects: "state:tencent/im/add_group_member/lax",
    refusal: skipStateCheck("10007"),
  },
  {
    id: "im-avchatroom-looked-up",
    description: "Returns the roles in an AVChatRoom instead of refusing the call.",
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
      const imState = emulator.serviceStates.get("tencent/im")?.state as ImState;
      const [firstEntry] = (members.DeleteItem ?? []) as { UserID: string }[];
      return firstEntry && !imState.accounts.has(firstEntry.UserID) ? "70402" : undefined;
    },
  },
  {
    id: "aws-unknown-user-deleted",
    description: "Accepts deleting a user who does not exist.",
    action: "aws/rekognition/DeleteUser",
    family: "missing-member",
    detects: "state:aws/rekognition/DeleteUser/lax",
    refusal: skipStateCheck("ResourceNotFoundException"),
  },
  {
    id: "aws-unknown-collection-described",
    description: "Describes a collection that does not exist instead of refusing the call.",
    action: "aws/rekognition/DescribeCollection",
    family: "missing-member",
    detects: "family:missing-member",
    refusal: skipStateCheck("ResourceNotFoundException"),
  },
];
