/** Faults about what is there already, or gone already: made, added or deleted once more. */

import type { World } from "../emulator-state.ts";
import { objects, text } from "../services/handler.ts";
import type { Messenger } from "../services/im.ts";
import type { Fault } from "./fault.ts";
import { forgets } from "./value-faults.ts";

const lengths = new WeakMap<World, Set<number>>();

export const repeatFaults: readonly Fault[] = [
  {
    id: "same-group-id-twice",
    says: "Makes a second group of the same GroupId.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    cell: "state:tencent/iai/CreateGroup/lax",
    refusal: forgets("InvalidParameterValue.GroupIdAlreadyExist"),
  },
  {
    id: "same-group-name-twice",
    says: "Makes a second group of the same GroupName.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    cell: "keyword:unique/lax",
    refusal: forgets("InvalidParameterValue.GroupNameAlreadyExist"),
  },
  {
    id: "group-ids-of-one-length",
    says: "Takes a GroupId for taken where another of its length was used before.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    cell: "keyword:unique/strict",
    refuses: (members, { world }) => {
      const seen = lengths.get(world) ?? new Set();
      lengths.set(world, seen);
      const { length } = text(members, "GroupId");
      if (seen.has(length)) return "InvalidParameterValue.GroupIdAlreadyExist";
      seen.add(length);
      return undefined;
    },
  },
  {
    id: "same-person-twice",
    says: "Makes a second person of the same PersonId.",
    action: "tencent/iai/CreatePerson",
    family: "duplicate",
    cell: "state:tencent/iai/CreatePerson/lax",
    refusal: forgets("InvalidParameterValue.PersonIdAlreadyExist"),
  },
  {
    id: "copied-twice",
    says: "Copies a person into a group that holds it already.",
    action: "tencent/iai/CopyPerson",
    family: "duplicate",
    cell: "state:tencent/iai/CopyPerson/lax",
    refusal: forgets("FailedOperation.GroupPersonMapExist"),
  },
  {
    id: "person-deleted-twice",
    says: "Deletes a person that is gone, and says it went well.",
    action: "tencent/iai/DeletePerson",
    family: "duplicate",
    cell: "state:tencent/iai/DeletePerson/lax",
    refusal: forgets("ResourceNotFound.ErrorPersonNotExisted"),
  },
  {
    id: "group-deleted-twice",
    says: "Deletes a group that is gone, and says it went well.",
    action: "tencent/iai/DeleteGroup",
    family: "duplicate",
    cell: "state:tencent/iai/DeleteGroup/lax",
    refusal: forgets("InvalidParameterValue.GroupIdNotExist"),
  },
  {
    id: "same-name-twice-in-a-zone",
    says: "Makes a second group of the same name in a zone.",
    action: "tencent/organization/CreateGroup",
    family: "duplicate",
    cell: "state:tencent/organization/CreateGroup/lax",
    refusal: forgets("InvalidParameter.GroupNameAlreadyExists"),
  },
  {
    id: "same-user-name-twice",
    says: "Makes a second user of the same name in a zone.",
    action: "tencent/organization/CreateUser",
    family: "duplicate",
    cell: "state:tencent/organization/CreateUser/lax",
    refusal: forgets("InvalidParameter.UsernameAlreadyExists"),
  },
  {
    id: "member-added-twice",
    says: "Adds a user to a group that holds it already.",
    action: "tencent/organization/AddUserToGroup",
    family: "duplicate",
    cell: "state:tencent/organization/AddUserToGroup/lax",
    refusal: forgets("InvalidParameter.GroupUserAlreadyExists"),
  },
  {
    id: "zone-group-deleted-twice",
    says: "Deletes a group of a zone that is gone, and says it went well.",
    action: "tencent/organization/DeleteGroup",
    family: "duplicate",
    cell: "state:tencent/organization/DeleteGroup/lax",
    refusal: forgets("InvalidParameter.GroupNotExist"),
  },
  {
    id: "im-group-made-twice",
    says: "Makes a group anew over the one of that id.",
    action: "tencent/im/create_group",
    family: "duplicate",
    cell: "state:tencent/im/create_group/lax",
    refusal: forgets("10021", "10025"),
  },
  {
    id: "im-group-dissolved-twice",
    says: "Dissolves a group that is gone, and says it went well.",
    action: "tencent/im/destroy_group",
    family: "duplicate",
    cell: "state:tencent/im/destroy_group/lax",
    refusal: forgets("10010"),
  },
  {
    id: "im-known-account-refused",
    says: "Refuses to import an account that is known.",
    action: "tencent/im/account_import",
    family: "duplicate",
    cell: "state:tencent/im/account_import/strict",
    refuses: (members, { world }) => {
      const messenger = world.held.get("tencent/im")?.state as Messenger;
      return messenger.accounts.has(text(members, "UserID")) ? "70402" : undefined;
    },
  },
  {
    id: "im-known-member-refused",
    says: "Refuses to add an account that is a member already.",
    action: "tencent/im/add_group_member",
    family: "duplicate",
    cell: "state:tencent/im/add_group_member/strict",
    refuses: (members, { world }) => {
      const messenger = world.held.get("tencent/im")?.state as Messenger;
      const group = messenger.groups.get(text(members, "GroupId"));
      const known = objects(members, "MemberList").some((m) => group?.members.has(text(m, "Member_Account")));
      return known ? "10004" : undefined;
    },
  },
  {
    id: "aws-same-collection-twice",
    says: "Makes a second collection of the same id.",
    action: "aws/rekognition/CreateCollection",
    family: "duplicate",
    cell: "state:aws/rekognition/CreateCollection/lax",
    refusal: forgets("ResourceAlreadyExistsException"),
  },
  {
    id: "aws-same-user-twice",
    says: "Makes a second user of the same id in a collection.",
    action: "aws/rekognition/CreateUser",
    family: "duplicate",
    cell: "state:aws/rekognition/CreateUser/lax",
    refusal: forgets("ConflictException"),
  },
  {
    id: "aws-collection-deleted-twice",
    says: "Deletes a collection that is gone, and says it went well.",
    action: "aws/rekognition/DeleteCollection",
    family: "duplicate",
    cell: "state:aws/rekognition/DeleteCollection/lax",
    refusal: forgets("ResourceNotFoundException"),
  },
];
