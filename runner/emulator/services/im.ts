/** tencent/im, instant messaging: accounts and groups of one application. */
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

/** Two codes say that a group id is in use: 10025 by a group that the caller owns, 10021 by another group. */
const codes = {
  invalidParameter: "10004",
  notPermitted: "10007",
  groupNotFound: "10010",
  groupIdInUse: "10021",
  groupIdInUseByCaller: "10025",
  accountNotFound: "70107",
};

function initialState(): ImState {
  const id = providedResources["broadcast-group"];
  const broadcast = { id, type: "BChatRoom", owner: operator, members: new Map([[operator, "Owner"]]) };
  return { accounts: new Set([operator]), groups: new Map([[id, broadcast]]) };
}

/** The account id: the member `UserID`, or `Identifier` of older versions. */
const accountIdIn = (input: CallMembers): string => text(input, "UserID") || text(input, "Identifier");

function findGroup(
  { groups }: ImState,
  input: CallMembers,
  { refuse }: HandlerContext,
): Group | EmulatorRefusal | undefined {
  return groups.get(text(input, "GroupId")) ?? refuse(codes.groupNotFound);
}

const isGroup = (result: Group | EmulatorRefusal | undefined): result is Group =>
  result !== undefined && "members" in result;

export const im: ServiceEmulation<ImState> = {
  service: "tencent/im",
  initialState,
  counts: ({ accounts, groups }) => ({ accounts: accounts.size, groups: groups.size }),
  handlers: {
    account_import({ accounts }, input) {
      accounts.add(accountIdIn(input));
      return {};
    },
    account_delete({ accounts, groups }, input) {
      const ResultItem = objectList(input, "DeleteItem").map((item) => {
        const UserID = text(item, "UserID");
        if (!accounts.delete(UserID)) {
          return { ResultCode: Number(codes.accountNotFound), ResultInfo: "account not found", UserID };
        }
        for (const group of groups.values()) group.members.delete(UserID);
        return { ResultCode: 0, ResultInfo: "", UserID };
      });
      return { ResultItem };
    },
    create_group({ accounts, groups }, input, { refuse, newId }) {
      const type = text(input, "Type");
      const id = text(input, "GroupId") || `@TGS#${newId()}`;
      const existing = groups.get(id);
      const refusal =
        (existing && refuse(existing.owner === operator ? codes.groupIdInUseByCaller : codes.groupIdInUse)) ||
        (type === "AVChatRoom" && objectList(input, "MemberList").length > 0 && refuse(codes.notPermitted));
      if (refusal) return refusal;
      // Where the owner's account does not exist, the group has no owner.
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
    destroy_group(state, input, context) {
      const group = findGroup(state, input, context);
      if (!isGroup(group)) return group;
      state.groups.delete(group.id);
      return {};
    },
    add_group_member(state, input, context) {
      const group = findGroup(state, input, context);
      if (!isGroup(group)) return group;
      const refusal = ["AVChatRoom", "BChatRoom"].includes(group.type) && context.refuse(codes.notPermitted);
      if (refusal) return refusal;
      const MemberList = objectList(input, "MemberList").map((item) => {
        const account = text(item, "Member_Account");
        const Result = group.members.has(account) ? 2 : state.accounts.has(account) ? 1 : 0;
        if (Result === 1) group.members.set(account, "Member");
        return { Member_Account: account, Result };
      });
      return { MemberList };
    },
    delete_group_member(state, input, context) {
      const group = findGroup(state, input, context);
      if (!isGroup(group)) return group;
      const refusal = ["AVChatRoom", "BChatRoom"].includes(group.type) && context.refuse(codes.invalidParameter);
      if (refusal) return refusal;
      // An account that is not a member is no error.
      for (const account of textList(input, "MemberToDel_Account")) group.members.delete(account);
      return {};
    },
    get_role_in_group(state, input, context) {
      const group = findGroup(state, input, context);
      if (!isGroup(group)) return group;
      const refusal = group.type === "AVChatRoom" && context.refuse(codes.notPermitted);
      if (refusal) return refusal;
      const UserIdList = textList(input, "User_Account").map((account) => ({
        Member_Account: account,
        Role: group.members.get(account) ?? "NotMember",
      }));
      return { UserIdList };
    },
  },
};
