/** Instant messaging, the REST API v4: accounts, groups and their members. */
import type { CallMembers } from "../../../runner/model/index.ts";
import {
  bytes,
  integerShape,
  optional,
  refuseWith,
  required,
  type ServiceAction,
  type Shape,
  textShape,
} from "./call.ts";

export interface ChatGroup {
  readonly type: string;
  readonly name: string;
  readonly owner: string | undefined;
  readonly members: Set<string>;
}

export interface ChatState {
  readonly administrator: string;
  readonly accounts: Set<string>;
  readonly groups: Map<string, ChatGroup>;
}

const ACCOUNT = "70402";
const GROUP = "10004";
const PRINTABLE = /^[\x20-\x7e]+$/;

/** A member in the path of each command: `v4/FOLDER/COMMAND`. */
export const imFolders: Readonly<Record<string, string>> = {
  account_import: "im_open_login_svc",
  account_delete: "im_open_login_svc",
  create_group: "group_open_http_svc",
  destroy_group: "group_open_http_svc",
  add_group_member: "group_open_http_svc",
  delete_group_member: "group_open_http_svc",
  get_role_in_group: "group_open_http_svc",
};

/** The code for an absent member or one of another type. */
export const imParameterCode = (command: string): string =>
  imFolders[command] === "im_open_login_svc" ? ACCOUNT : GROUP;

const name = (maximum: number): Shape =>
  textShape((value) => (value === "" || bytes(value) > maximum ? GROUP : undefined));
const upTo = (maximum: number): Shape => textShape((value) => (bytes(value) > maximum ? GROUP : undefined));
const oneOf = <Value>(values: readonly Value[]) => ({
  check: (value: Value) => (values.includes(value) ? undefined : GROUP),
});
const groupId = textShape((value) => (PRINTABLE.test(value) && bytes(value) <= 48 ? undefined : "10015"));
const silence = optional(integerShape(oneOf([0, 1]).check));
const list = (items: Shape, maximum: number, tooMany: string, empty = GROUP): Shape => ({
  type: "list",
  items,
  check: ({ length }) => (length > maximum ? tooMany : length === 0 && empty !== "" ? empty : undefined),
});

export function imActions({ administrator, accounts, groups }: ChatState): Record<string, ServiceAction> {
  let ids = 0;
  const exists = (account: string): boolean => account === administrator || accounts.has(account);
  const groupOf = (input: CallMembers): ChatGroup => groups.get(input["GroupId"] as string) ?? refuseWith("10010");

  return {
    account_import: {
      parameters: {
        UserID: required(textShape((value) => (PRINTABLE.test(value) && bytes(value) <= 32 ? undefined : ACCOUNT))),
        Nick: optional(textShape()),
        FaceUrl: optional(textShape()),
      },
      handle: (input) => {
        accounts.add(input["UserID"] as string);
        return {};
      },
    },
    account_delete: {
      parameters: {
        DeleteItem: required(
          list({ type: "object", members: { UserID: required(textShape()) } }, 100, "70206", ACCOUNT),
        ),
      },
      handle: (input) => ({
        ResultItem: (input["DeleteItem"] as { UserID: string }[]).map(({ UserID }) => {
          const isDeleted = accounts.delete(UserID);
          for (const { members } of groups.values()) members.delete(UserID);
          return isDeleted
            ? { ResultCode: 0, ResultInfo: "", UserID }
            : { ResultCode: 70107, ResultInfo: "Err_TLS_PT_Open_Login_Account_Not_Exist", UserID };
        }),
      }),
    },
    create_group: {
      parameters: {
        Type: required(textShape(oneOf(["Public", "Private", "ChatRoom", "AVChatRoom", "Community"]).check)),
        Name: required(name(30)),
        Owner_Account: optional(textShape()),
        GroupId: optional(groupId),
        Introduction: optional(upTo(240)),
        Notification: optional(upTo(300)),
        FaceUrl: optional(upTo(100)),
        MaxMemberCount: optional(integerShape()),
        ApplyJoinOption: optional(textShape(oneOf(["FreeAccess", "NeedPermission", "DisableApply"]).check)),
        AppDefinedData: optional({
          type: "list",
          items: { type: "object", members: { Key: optional(textShape()), Value: optional(textShape()) } },
        }),
        MemberList: optional({
          type: "list",
          items: { type: "object", members: { Member_Account: required(textShape()), Role: optional(textShape()) } },
        }),
      },
      handle: (input) => {
        const isCommunity = input["Type"] === "Community";
        const chosen = input["GroupId"] as string | undefined;
        if (chosen !== undefined && chosen.startsWith(isCommunity ? "@TGS#_" : "@TGS#") !== isCommunity)
          refuseWith("10015");
        const id = chosen ?? `@TGS#${isCommunity ? "_" : ""}${(36 ** 8 + ids++).toString(36).toUpperCase()}`;
        if (groups.has(id)) refuseWith("10021");
        const owner = input["Owner_Account"] as string | undefined;
        if (owner !== undefined && !exists(owner)) refuseWith("10019");
        const members = ((input["MemberList"] as { Member_Account: string }[] | undefined) ?? []).map(
          (member) => member.Member_Account,
        );
        if (members.length > 500) refuseWith("10005");
        if (members.length > 0 && input["Type"] === "AVChatRoom") refuseWith("10007");
        groups.set(id, {
          type: input["Type"] as string,
          name: input["Name"] as string,
          owner,
          members: new Set(members.filter(exists)),
        });
        return { GroupId: id };
      },
    },
    destroy_group: {
      parameters: { GroupId: required(groupId) },
      handle: (input) => {
        groupOf(input);
        groups.delete(input["GroupId"] as string);
        return {};
      },
    },
    add_group_member: {
      parameters: {
        GroupId: required(groupId),
        Silence: silence,
        MemberList: required(
          list({ type: "object", members: { Member_Account: required(textShape()) } }, 500, "10005"),
        ),
      },
      handle: (input) => {
        const { type, members } = groupOf(input);
        if (type === "AVChatRoom") refuseWith("10007");
        return {
          MemberList: (input["MemberList"] as { Member_Account: string }[]).map(({ Member_Account }) => {
            const result = members.has(Member_Account) ? 2 : exists(Member_Account) ? 1 : 0;
            if (result === 1) members.add(Member_Account);
            return { Member_Account, Result: result };
          }),
        };
      },
    },
    delete_group_member: {
      parameters: {
        GroupId: required(groupId),
        Silence: silence,
        Reason: optional(textShape()),
        MemberToDel_Account: required(list(textShape(), 500, GROUP, "")),
      },
      handle: (input) => {
        const { type, members } = groupOf(input);
        if (type === "AVChatRoom" || type === "BChatRoom") refuseWith(GROUP);
        for (const account of input["MemberToDel_Account"] as string[]) members.delete(account);
        return {};
      },
    },
    get_role_in_group: {
      parameters: { GroupId: required(groupId), User_Account: required(list(textShape(), 500, GROUP)) },
      handle: (input) => {
        const { type, owner, members } = groupOf(input);
        if (type === "AVChatRoom") refuseWith("10007");
        return {
          UserIdList: (input["User_Account"] as string[]).map((account) => ({
            Member_Account: account,
            Role: account === owner ? "Owner" : members.has(account) ? "Member" : "NotMember",
          })),
        };
      },
    },
  };
}
