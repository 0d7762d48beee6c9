/** Faults in the handling of repeated calls: creating or adding what already exists, deleting what was already deleted. */

import type { EmulatorState } from "../emulator-state.ts";
import { objectList, text } from "../services/handler.ts";
import type { ImState } from "../services/im.ts";
import type { Fault } from "./fault.ts";
import { skipStateCheck } from "./value-faults.ts";

const usedGroupIdLengths = new WeakMap<EmulatorState, Set<number>>();

export const duplicateFaults: readonly Fault[] = [
  {
    id: "same-group-id-twice",
    description: "Accepts a GroupId that is in use.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    detects: "state:tencent/iai/CreateGroup/lax",
    refusal: skipStateCheck("InvalidParameterValue.GroupIdAlreadyExist"),
  },
  {
    id: "same-group-name-twice",
    description: "Accepts a GroupName that is in use.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    detects: "keyword:unique/lax",
    refusal: skipStateCheck("InvalidParameterValue.GroupNameAlreadyExist"),
  },
  {
    id: "group-ids-of-one-length",
    description: "Refuses a GroupId as in use if an earlier one had the same length.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "keyword:unique/strict",
    extraRefusal: (members, { emulator }) => {
      const usedLengths = usedGroupIdLengths.get(emulator) ?? new Set();
      usedGroupIdLengths.set(emulator, usedLengths);
      const { length } = text(members, "GroupId");
      if (usedLengths.has(length)) return "InvalidParameterValue.GroupIdAlreadyExist";
      usedLengths.add(length);
      return undefined;
    },
  },
  {
    id: "same-person-twice",
    description: "Accepts a PersonId that is in use.",
    action: "tencent/iai/CreatePerson",
    family: "duplicate",
    detects: "state:tencent/iai/CreatePerson/lax",
    refusal: skipStateCheck("InvalidParameterValue.PersonIdAlreadyExist"),
  },
  {
    id: "copied-twice",
    description: "Accepts copying a person into a group that already contains the person.",
    action: "tencent/iai/CopyPerson",
    family: "duplicate",
    detects: "state:tencent/iai/CopyPerson/lax",
    refusal: skipStateCheck("FailedOperation.GroupPersonMapExist"),
  },
  {
    id: "person-deleted-twice",
    description: "Accepts deleting a person who was already deleted.",
    action: "tencent/iai/DeletePerson",
    family: "duplicate",
    detects: "state:tencent/iai/DeletePerson/lax",
    refusal: skipStateCheck("ResourceNotFound.ErrorPersonNotExisted"),
  },
  {
    id: "group-deleted-twice",
    description: "Accepts deleting a group that was already deleted.",
    action: "tencent/iai/DeleteGroup",
    family: "duplicate",
    detects: "state:tencent/iai/DeleteGroup/lax",
    refusal: skipStateCheck("InvalidParameterValue.GroupIdNotExist"),
  },
  {
    id: "same-name-twice-in-a-zone",
    description: "Accepts a GroupName that is in use in the zone.",
    action: "tencent/organization/CreateGroup",
    family: "duplicate",
    detects: "state:tencent/organization/CreateGroup/lax",
    refusal: skipStateCheck("InvalidParameter.GroupNameAlreadyExists"),
  },
  {
    id: "same-user-name-twice",
    description: "Accepts a UserName that is in use in the zone.",
    action: "tencent/organization/CreateUser",
    family: "duplicate",
    detects: "state:tencent/organization/CreateUser/lax",
    refusal: skipStateCheck("InvalidParameter.UsernameAlreadyExists"),
  },
  {
    id: "member-added-twice",
    description: "Accepts adding a user to a group that already contains the user.",
    action: "tencent/organization/AddUserToGroup",
    family: "duplicate",
    detects: "state:tencent/organization/AddUserToGroup/lax",
    refusal: skipStateCheck("InvalidParameter.GroupUserAlreadyExists"),
  },
  {
    id: "zone-group-deleted-twice",
    description: "Accepts deleting a group that was already deleted.",
    action: "tencent/organization/DeleteGroup",
    family: "duplicate",
    detects: "state:tencent/organization/DeleteGroup/lax",
    refusal: skipStateCheck("InvalidParameter.GroupNotExist"),
  },
  {
    id: "im-group-made-twice",
    description: "Replaces an existing group of the same GroupId instead of refusing the call.",
    action: "tencent/im/create_group",
    family: "duplicate",
    detects: "state:tencent/im/create_group/lax",
    refusal: skipStateCheck("10021", "10025"),
  },
  {
    id: "im-group-dissolved-twice",
    description: "Accepts dissolving a group that was already dissolved.",
    action: "tencent/im/destroy_group",
    family: "duplicate",
    detects: "state:tencent/im/destroy_group/lax",
    refusal: skipStateCheck("10010"),
  },
  {
    id: "im-known-account-refused",
    description: "Refuses to import an account that already exists.",
    action: "tencent/im/account_import",
    family: "duplicate",
    detects: "state:tencent/im/account_import/strict",
    extraRefusal: (members, { emulator }) => {
      const imState = emulator.serviceStates.get("tencent/im")?.state as ImState;
      return imState.accounts.has(text(members, "UserID")) ? "70402" : undefined;
    },
  },
  {
    id: "im-known-member-refused",
    description: "Refuses to add an account that is already a member.",
    action: "tencent/im/add_group_member",
    family: "duplicate",
    detects: "state:tencent/im/add_group_member/strict",
    extraRefusal: (members, { emulator }) => {
      const imState = emulator.serviceStates.get("tencent/im")?.state as ImState;
      const group = imState.groups.get(text(members, "GroupId"));
      const isMember = objectList(members, "MemberList").some((m) => group?.members.has(text(m, "Member_Account")));
      return isMember ? "10004" : undefined;
    },
  },
  {
    id: "aws-same-collection-twice",
    description: "Accepts a CollectionId that is in use.",
    action: "aws/rekognition/CreateCollection",
    family: "duplicate",
    detects: "state:aws/rekognition/CreateCollection/lax",
    refusal: skipStateCheck("ResourceAlreadyExistsException"),
  },
  {
    id: "aws-same-user-twice",
    description: "Accepts a UserId that is in use in the collection.",
    action: "aws/rekognition/CreateUser",
    family: "duplicate",
    detects: "state:aws/rekognition/CreateUser/lax",
    refusal: skipStateCheck("ConflictException"),
  },
  {
    id: "aws-collection-deleted-twice",
    description: "Accepts deleting a collection that was already deleted.",
    action: "aws/rekognition/DeleteCollection",
    family: "duplicate",
    detects: "state:aws/rekognition/DeleteCollection/lax",
    refusal: skipStateCheck("ResourceNotFoundException"),
  },
];
