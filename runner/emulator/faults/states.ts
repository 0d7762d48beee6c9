/** Faults in the check of state that no operator makes: a permitted call is refused. */
import type { EmulatorState } from "../emulator-state.ts";
import { objectList, text, textList } from "../services/handler.ts";
import type { IaiState } from "../services/iai.ts";
import type { ImState } from "../services/im.ts";
import type { Fault } from "./fault.ts";

const usedGroupIdLengths = new WeakMap<EmulatorState, Set<number>>();

export const stateFaults: readonly Fault[] = [
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
];
