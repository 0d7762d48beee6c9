/** Accounts and groups of a messaging application, kept by hand. */
import type { CallMembers } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { credentials, providedResources } from "../test-credentials.ts";
import { type HandlerContext, objectList, type ServiceEmulation, text, textList } from "./handler.ts";

interface Group {
  readonly id: string;
  readonly type: string;
  readonly owner: string;
  /** Role by account. */
  readonly members: Map<string, string>;
}

export interface ImState {
  readonly accounts: Set<string>;
  readonly groups: Map<string, Group>;
}

const operator = credentials["tencent/im"]?.id ?? "";

/** Illegal parameter, no permission, no such group (or no longer), group id in use. */
const code = { illegal: "10004", forbidden: "10007", gone: "10010", taken: "10021", ours: "10025", noAccount: "70107" };

function open(): ImState {
  const id = providedResources["broadcast-group"];
  const broadcast = { id, type: "BChatRoom", owner: operator, members: new Map([[operator, "Owner"]]) };
  return { accounts: new Set([operator]), groups: new Map([[id, broadcast]]) };
}

/** The one account whose entry is there: `UserID` of today, `Identifier` of old. */
const named = (input: CallMembers): string => text(input, "UserID") || text(input, "Identifier");

function find(
  { groups }: ImState,
  input: CallMembers,
  { refuse }: HandlerContext,
): Group | EmulatorRefusal | undefined {
  return groups.get(text(input, "GroupId")) ?? refuse(code.gone);
}

const isGroup = (found: Group | EmulatorRefusal | undefined): found is Group =>
  found !== undefined && "members" in found;

export const im: ServiceEmulation<ImState> = {
  service: "tencent/im",
  initialState: open,
  counts: ({ accounts, groups }) => ({ accounts: accounts.size, groups: groups.size }),
  handlers: {
    account_import({ accounts }, input) {
      accounts.add(named(input));
      return {};
    },
    account_delete({ accounts, groups }, input) {
      const ResultItem = objectList(input, "DeleteItem").map((item) => {
        const UserID = text(item, "UserID");
        if (!accounts.delete(UserID)) {
          return { ResultCode: Number(code.noAccount), ResultInfo: "no such account", UserID };
        }
        for (const group of groups.values()) group.members.delete(UserID);
        return { ResultCode: 0, ResultInfo: "", UserID };
      });
      return { ResultItem };
    },
    create_group({ accounts, groups }, input, { refuse, newId }) {
      const type = text(input, "Type");
      const id = text(input, "GroupId") || `@TGS#${newId()}`;
      const before = groups.get(id);
      const no =
        (before && refuse(before.owner === operator ? code.ours : code.taken)) ||
        (type === "AVChatRoom" && objectList(input, "MemberList").length > 0 && refuse(code.forbidden));
      if (no) return no;
      // An owner that was never imported leaves the group without one.
      const owner = accounts.has(text(input, "Owner_Account")) ? text(input, "Owner_Account") : "";
      const members = new Map<string, string>();
      for (const member of objectList(input, "MemberList")) {
        const account = text(member, "Member_Account");
        if (accounts.has(account)) members.set(account, text(member, "Role") || "Member");
      }
      if (owner !== "") members.set(owner, "Owner");
      groups.set(id, { id, type, owner, members });
      return { GroupId: id };
    },
    destroy_group(messenger, input, scene) {
      const group = find(messenger, input, scene);
      if (!isGroup(group)) return group;
      messenger.groups.delete(group.id);
      return {};
    },
    add_group_member(messenger, input, scene) {
      const group = find(messenger, input, scene);
      if (!isGroup(group)) return group;
      const no = ["AVChatRoom", "BChatRoom"].includes(group.type) && scene.refuse(code.forbidden);
      if (no) return no;
      const MemberList = objectList(input, "MemberList").map((item) => {
        const account = text(item, "Member_Account");
        const Result = group.members.has(account) ? 2 : messenger.accounts.has(account) ? 1 : 0;
        if (Result === 1) group.members.set(account, "Member");
        return { Member_Account: account, Result };
      });
      return { MemberList };
    },
    delete_group_member(messenger, input, scene) {
      const group = find(messenger, input, scene);
      if (!isGroup(group)) return group;
      const no = ["AVChatRoom", "BChatRoom"].includes(group.type) && scene.refuse(code.illegal);
      if (no) return no;
      // Who was no member is no error.
      for (const account of textList(input, "MemberToDel_Account")) group.members.delete(account);
      return {};
    },
    get_role_in_group(messenger, input, scene) {
      const group = find(messenger, input, scene);
      if (!isGroup(group)) return group;
      const no = group.type === "AVChatRoom" && scene.refuse(code.forbidden);
      if (no) return no;
      const UserIdList = textList(input, "User_Account").map((account) => ({
        Member_Account: account,
        Role: group.members.get(account) ?? "NotMember",
      }));
      return { UserIdList };
    },
  },
};
