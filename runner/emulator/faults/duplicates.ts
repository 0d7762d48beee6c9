/** Faults about what is there already, or gone already: made, added or deleted once more. */

import type { EmulatorState } from "../emulator-state.ts";
import { objectList, text } from "../services/handler.ts";
import type { ImState } from "../services/im.ts";
import type { Fault } from "./fault.ts";
import { skipStateCheck } from "./value-faults.ts";

const lengths = new WeakMap<EmulatorState, Set<number>>();

export const repeatFaults: readonly Fault[] = [
  {
    id: "same-group-id-twice",
    description: "Makes a second group of the same GroupId.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    detects: "state:tencent/iai/CreateGroup/lax",
    refusal: skipStateCheck("InvalidParameterValue.GroupIdAlreadyExist"),
  },
  {
    id: "same-group-name-twice",
    description: "Makes a second group of the same GroupName.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    detects: "keyword:unique/lax",
    refusal: skipStateCheck("InvalidParameterValue.GroupNameAlreadyExist"),
  },
  {
    id: "group-ids-of-one-length",
    description: "Takes a GroupId for taken where another of its length was used before.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "keyword:unique/strict",
    extraRefusal: (members, { emulator }) => {
      const seen = lengths.get(emulator) ?? new Set();
      lengths.set(emulator, seen);
      const { length } = text(members, "GroupId");
      if (seen.has(length)) return "InvalidParameterValue.GroupIdAlreadyExist";
      seen.add(length);
      return undefined;
    },
  },
  {
    id: "same-person-twice",
    description: "Makes a second person of the same PersonId.",
    action: "tencent/iai/CreatePerson",
    family: "duplicate",
    detects: "state:tencent/iai/CreatePerson/lax",
    refusal: skipStateCheck("InvalidParameterValue.PersonIdAlreadyExist"),
  },
  {
    id: "copied-twice",
    description: "Copies a person into a group that holds it already.",
    action: "tencent/iai/CopyPerson",
    family: "duplicate",
    detects: "state:tencent/iai/CopyPerson/lax",
    refusal: skipStateCheck("FailedOperation.GroupPersonMapExist"),
  },
  {
    id: "person-deleted-twice",
    description: "Deletes a person that is gone, and says it went well.",
    action: "tencent/iai/DeletePerson",
    family: "duplicate",
    detects: "state:tencent/iai/DeletePerson/lax",
    refusal: skipStateCheck("ResourceNotFound.ErrorPersonNotExisted"),
  },
  {
    id: "group-deleted-twice",
    description: "Deletes a group that is gone, and says it went well.",
    action: "tencent/iai/DeleteGroup",
    family: "duplicate",
    detects: "state:tencent/iai/DeleteGroup/lax",
    refusal: skipStateCheck("InvalidParameterValue.GroupIdNotExist"),
  },
  {
    id: "same-name-twice-in-a-zone",
    description: "Makes a second group of the same name in a zone.",
    action: "tencent/organization/CreateGroup",
    family: "duplicate",
    detects: "state:tencent/organization/CreateGroup/lax",
    refusal: skipStateCheck("InvalidParameter.GroupNameAlreadyExists"),
  },
  {
    id: "same-user-name-twice",
    description: "Makes a second user of the same name in a zone.",
    action: "tencent/organization/CreateUser",
    family: "duplicate",
    detects: "state:tencent/organization/CreateUser/lax",
    refusal: skipStateCheck("InvalidParameter.UsernameAlreadyExists"),
  },
  {
    id: "member-added-twice",
    description: "Adds a user to a group that holds it already.",
    action: "tencent/organization/AddUserToGroup",
    family: "duplicate",
    detects: "state:tencent/organization/AddUserToGroup/lax",
    refusal: skipStateCheck("InvalidParameter.GroupUserAlreadyExists"),
  },
  {
    id: "zone-group-deleted-twice",
    description: "Deletes a group of a zone that is gone, and says it went well.",
    action: "tencent/organization/DeleteGroup",
    family: "duplicate",
    detects: "state:tencent/organization/DeleteGroup/lax",
    refusal: skipStateCheck("InvalidParameter.GroupNotExist"),
  },
  {
    id: "im-group-made-twice",
    description: "Makes a group anew over the one of that id.",
    action: "tencent/im/create_group",
    family: "duplicate",
    detects: "state:tencent/im/create_group/lax",
    refusal: skipStateCheck("10021", "10025"),
  },
  {
    id: "im-group-dissolved-twice",
    description: "Dissolves a group that is gone, and says it went well.",
    action: "tencent/im/destroy_group",
    family: "duplicate",
    detects: "state:tencent/im/destroy_group/lax",
    refusal: skipStateCheck("10010"),
  },
  {
    id: "im-known-account-refused",
    description: "Refuses to import an account that is known.",
    action: "tencent/im/account_import",
    family: "duplicate",
    detects: "state:tencent/im/account_import/strict",
    extraRefusal: (members, { emulator }) => {
      const messenger = emulator.serviceStates.get("tencent/im")?.state as ImState;
      return messenger.accounts.has(text(members, "UserID")) ? "70402" : undefined;
    },
  },
  {
    id: "im-known-member-refused",
    description: "Refuses to add an account that is a member already.",
    action: "tencent/im/add_group_member",
    family: "duplicate",
    detects: "state:tencent/im/add_group_member/strict",
    extraRefusal: (members, { emulator }) => {
      const messenger = emulator.serviceStates.get("tencent/im")?.state as ImState;
      const group = messenger.groups.get(text(members, "GroupId"));
      const known = objectList(members, "MemberList").some((m) => group?.members.has(text(m, "Member_Account")));
      return known ? "10004" : undefined;
    },
  },
  {
    id: "aws-same-collection-twice",
    description: "Makes a second collection of the same id.",
    action: "aws/rekognition/CreateCollection",
    family: "duplicate",
    detects: "state:aws/rekognition/CreateCollection/lax",
    refusal: skipStateCheck("ResourceAlreadyExistsException"),
  },
  {
    id: "aws-same-user-twice",
    description: "Makes a second user of the same id in a collection.",
    action: "aws/rekognition/CreateUser",
    family: "duplicate",
    detects: "state:aws/rekognition/CreateUser/lax",
    refusal: skipStateCheck("ConflictException"),
  },
  {
    id: "aws-collection-deleted-twice",
    description: "Deletes a collection that is gone, and says it went well.",
    action: "aws/rekognition/DeleteCollection",
    family: "duplicate",
    detects: "state:aws/rekognition/DeleteCollection/lax",
    refusal: skipStateCheck("ResourceNotFoundException"),
  },
];
