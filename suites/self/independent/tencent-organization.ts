/** Identity Center, organization 2021-03-31: users and groups of a zone. */
import type { CallMembers } from "../../../runner/model/index.ts";
import {
  characters,
  integerShape,
  optional,
  refuseWith,
  required,
  type ServiceAction,
  type Shape,
  textShape,
} from "./call.ts";

export interface DirectoryGroup {
  readonly id: string;
  name: string;
  readonly description: string;
  readonly type: string;
  readonly created: string;
  /** Ids of users → when they joined. */
  readonly members: Map<string, string>;
}

export interface DirectoryUser {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  /** The members of the creating call that are texts, e.g. `UserName`. */
  readonly texts: Readonly<Record<string, string>>;
  readonly created: string;
}

export interface OrganizationState {
  readonly zone: string;
  readonly groups: Map<string, DirectoryGroup>;
  readonly users: Map<string, DirectoryUser>;
}

const PARAMETER = "InvalidParameter";
const USER_TEXTS = ["UserName", "FirstName", "LastName", "DisplayName", "Description", "Email"] as const;

const named = (): Shape => textShape((value) => (value === "" ? "MissingParameter" : undefined));
const upTo = (maximum: number): Shape =>
  textShape((value) => (characters(value) > maximum ? "InvalidParameterValue" : undefined));
const name = (maximum: number, pattern: RegExp, code: string): Shape =>
  textShape((value) => {
    if (value === "") return "MissingParameter";
    return characters(value) > maximum || !pattern.test(value) ? code : undefined;
  });
const oneOf = (values: readonly string[], code: string): Shape =>
  textShape((value) => (values.includes(value) ? undefined : code));

const TYPES = ["Manual", "Synchronized"];
const zone = { ZoneId: required(named()) };
const group = { ...zone, GroupId: required(named()) };
const user = { ...zone, UserId: required(named()) };
const paging = {
  NextToken: optional(textShape()),
  MaxResults: optional(integerShape((value) => (value < 1 || value > 100 ? `${PARAMETER}.ParamError` : undefined))),
};
const sorting = {
  SortField: optional(oneOf(["CreateTime"], `${PARAMETER}.ParamError`)),
  SortType: optional(oneOf(["Desc", "Asc"], `${PARAMETER}.ParamError`)),
  Offset: optional(integerShape((value) => (value < 0 ? `${PARAMETER}.ParamError` : undefined))),
};
const typeOf = { UserType: optional(oneOf(TYPES, `${PARAMETER}.ParamError`)) };

/** One page of the entries, with `members` as its name. A token is the offset of the next page. */
function pageOf(members: string, entries: readonly CallMembers[], input: CallMembers): CallMembers {
  const token = (input["NextToken"] as string | undefined) || undefined;
  const maximum = (input["MaxResults"] as number | undefined) ?? 10;
  const decoded = token === undefined ? undefined : Buffer.from(token, "base64").toString();
  if (decoded !== undefined && !/^from \d+$/.test(decoded)) refuseWith(`${PARAMETER}.NextTokenInvalid`);
  const start = decoded === undefined ? ((input["Offset"] as number | undefined) ?? 0) : Number(decoded.slice(5));
  const end = start + maximum;
  const isTruncated = end < entries.length;
  return {
    TotalCounts: entries.length,
    MaxResults: maximum,
    IsTruncated: isTruncated,
    [members]: entries.slice(start, end),
    ...(isTruncated ? { NextToken: Buffer.from(`from ${end}`).toString("base64") } : {}),
  };
}

/** `GroupName sw test` → whether a name passes; letter case does not matter. */
function nameFilter(filter: string | undefined): (name: string) => boolean {
  if (!filter) return () => true;
  const match = /^\s*GroupName\s+(eq|sw)\s+(.*?)\s*$/i.exec(filter) ?? refuseWith(`${PARAMETER}.ParamError`);
  const [, operator = "", value = ""] = match.map((part) => part.toLowerCase());
  return (name) => (operator === "eq" ? name.toLowerCase() === value : name.toLowerCase().startsWith(value));
}

const ordered = <Entry>(entries: readonly Entry[], input: CallMembers): readonly Entry[] =>
  input["SortType"] === "Desc" ? entries.toReversed() : entries;

export function organizationActions(state: OrganizationState, now: () => number): Record<string, ServiceAction> {
  const { groups, users } = state;
  let ids = 0;
  const newId = (prefix: string): string => `${prefix}-${(ids++).toString(36).padStart(12, "0")}`;
  const time = (): string => new Date(now()).toISOString().slice(0, 19).replace("T", " ");
  const checkZone = (input: CallMembers): void => {
    if (input["ZoneId"] !== state.zone) refuseWith("FailedOperation.ZoneIdNotExist");
  };
  const groupOf = (input: CallMembers): DirectoryGroup => {
    checkZone(input);
    return groups.get(input["GroupId"] as string) ?? refuseWith(`${PARAMETER}.GroupNotExist`);
  };
  const userOf = (input: CallMembers): DirectoryUser => {
    checkZone(input);
    return users.get(input["UserId"] as string) ?? refuseWith("ResourceNotFound.UserNotExist");
  };
  const groupInfo = (entry: DirectoryGroup): CallMembers => ({
    GroupName: entry.name,
    Description: entry.description,
    CreateTime: entry.created,
    GroupType: entry.type,
    UpdateTime: entry.created,
    GroupId: entry.id,
    MemberCount: entry.members.size,
  });
  const userInfo = (entry: DirectoryUser): CallMembers => ({
    ...entry.texts,
    UserStatus: entry.status,
    UserType: entry.type,
    UserId: entry.id,
    CreateTime: entry.created,
    UpdateTime: entry.created,
  });

  return {
    DescribeIdentityCenter: {
      parameters: {},
      handle: () => ({ ZoneId: state.zone, ZoneName: "independent", ServiceStatus: "Enabled" }),
    },
    CreateGroup: {
      parameters: {
        ...zone,
        GroupName: required(name(128, /^[A-Za-z0-9-]+$/, `${PARAMETER}.GroupNameFormatError`)),
        Description: optional(upTo(1024)),
        GroupType: optional(oneOf(TYPES, "InvalidParameterValue")),
      },
      handle: (input) => {
        checkZone(input);
        const groupName = input["GroupName"] as string;
        if ([...groups.values()].some((entry) => entry.name === groupName))
          refuseWith(`${PARAMETER}.GroupNameAlreadyExists`);
        const entry: DirectoryGroup = {
          id: newId("g"),
          name: groupName,
          description: (input["Description"] as string | undefined) ?? "",
          type: (input["GroupType"] as string | undefined) ?? "Manual",
          created: time(),
          members: new Map(),
        };
        groups.set(entry.id, entry);
        return { GroupInfo: groupInfo(entry) };
      },
    },
    DeleteGroup: {
      parameters: group,
      handle: (input) => {
        const entry = groupOf(input);
        if (entry.type === "Synchronized") refuseWith("FailedOperation.SynchronizedGroupNotDelete");
        if (entry.members.size > 0) refuseWith("FailedOperation.DeleteGroupNotAllowExistUser");
        groups.delete(entry.id);
        return {};
      },
    },
    GetGroup: { parameters: group, handle: (input) => ({ GroupInfo: groupInfo(groupOf(input)) }) },
    ListGroups: {
      parameters: {
        ...zone,
        ...paging,
        Filter: optional(textShape()),
        GroupType: optional(oneOf(TYPES, `${PARAMETER}.ParamError`)),
        FilterUsers: optional({ type: "list", items: textShape() }),
        ...sorting,
      },
      handle: (input) => {
        checkZone(input);
        const passes = nameFilter(input["Filter"] as string | undefined);
        const selected = (input["FilterUsers"] as string[] | undefined) ?? [];
        const entries = [...groups.values()].filter(
          (entry) => passes(entry.name) && (input["GroupType"] ?? entry.type) === entry.type,
        );
        const infos = ordered(entries, input).map((entry) => ({
          ...groupInfo(entry),
          ...(selected.length > 0 ? { IsSelected: selected.some((userId) => entry.members.has(userId)) } : {}),
        }));
        return pageOf("Groups", infos, input);
      },
    },
    CreateUser: {
      parameters: {
        ...zone,
        UserName: required(name(64, /^[A-Za-z0-9+=,.@_-]+$/, `${PARAMETER}.UsernameFormatError`)),
        FirstName: optional(upTo(64)),
        LastName: optional(upTo(64)),
        DisplayName: optional(upTo(256)),
        Description: optional(upTo(1024)),
        Email: optional(upTo(128)),
        UserStatus: optional(oneOf(["Enabled", "Disabled"], "InvalidParameterValue")),
        UserType: optional(oneOf(TYPES, "InvalidParameterValue")),
        NeedResetPassword: optional({ type: "boolean" }),
      },
      handle: (input) => {
        checkZone(input);
        const isTaken = (member: string): boolean =>
          Boolean(input[member]) && [...users.values()].some(({ texts }) => texts[member] === input[member]);
        if (isTaken("UserName")) refuseWith(`${PARAMETER}.UsernameAlreadyExists`);
        if (isTaken("Email")) refuseWith(`${PARAMETER}.EmailAlreadyExists`);
        const entry: DirectoryUser = {
          id: newId("u"),
          type: (input["UserType"] as string | undefined) ?? "Manual",
          status: (input["UserStatus"] as string | undefined) ?? "Enabled",
          texts: Object.fromEntries(USER_TEXTS.map((member) => [member, String(input[member] ?? "")])),
          created: time(),
        };
        users.set(entry.id, entry);
        return { UserInfo: userInfo(entry) };
      },
    },
    DeleteUser: {
      parameters: user,
      handle: (input) => {
        const entry = userOf(input);
        if (entry.type === "Synchronized") refuseWith("FailedOperation.SynchronizedUserNotDelete");
        if ([...groups.values()].some(({ members }) => members.has(entry.id)))
          refuseWith(`${PARAMETER}.UserAlreadyExistsGroup`);
        users.delete(entry.id);
        return {};
      },
    },
    ListUsers: {
      parameters: {
        ...zone,
        UserStatus: optional(oneOf(["Enabled", "Disabled"], `${PARAMETER}.ParamError`)),
        ...typeOf,
        Filter: optional(textShape()),
        ...paging,
        FilterGroups: optional({ type: "list", items: textShape() }),
        ...sorting,
      },
      handle: (input) => {
        checkZone(input);
        const filter = (input["Filter"] as string | undefined) ?? "";
        const entries = [...users.values()].filter(
          ({ id, type, status, texts }) =>
            (input["UserType"] ?? type) === type &&
            (input["UserStatus"] ?? status) === status &&
            [id, texts["UserName"], texts["Email"], texts["Description"]].some((value) => value?.includes(filter)),
        );
        return pageOf("Users", ordered(entries, input).map(userInfo), input);
      },
    },
    AddUserToGroup: {
      parameters: { ...group, UserId: required(named()) },
      handle: (input) => {
        const entry = groupOf(input);
        const member = userOf(input);
        if (entry.type === "Synchronized") refuseWith("FailedOperation.SynchronizedGroupNotAddUser");
        if (entry.type !== member.type) refuseWith("FailedOperation.GroupTypeUserTypeNotMatch");
        if (entry.members.has(member.id)) refuseWith(`${PARAMETER}.GroupUserAlreadyExists`);
        entry.members.set(member.id, time());
        return {};
      },
    },
    RemoveUserFromGroup: {
      parameters: { ...group, UserId: required(named()) },
      handle: (input) => {
        const entry = groupOf(input);
        if (entry.type === "Synchronized") refuseWith("FailedOperation.SynchronizedGroupNotRemoveUser");
        if (!entry.members.delete(input["UserId"] as string)) refuseWith(`${PARAMETER}.GroupUserNotExist`);
        return {};
      },
    },
    ListGroupMembers: {
      parameters: { ...group, ...paging, ...typeOf },
      handle: (input) => {
        const entries = [...groupOf(input).members].flatMap(([userId, joined]) => {
          const member = users.get(userId);
          if (!member || (input["UserType"] ?? member.type) !== member.type) return [];
          const { CreateTime: _, UpdateTime: __, FirstName: ___, LastName: ____, ...info } = userInfo(member);
          return [{ ...info, JoinTime: joined }];
        });
        return pageOf("GroupMembers", entries, input);
      },
    },
  };
}
