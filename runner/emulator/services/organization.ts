/** tencent/organization, identity center: the handlers for zones, groups and users. */
import type { CallMembers } from "../../model/index.ts";
import { pick, type ServiceEmulation, text } from "./handler.ts";
import type { Group, Zone, Zones } from "./identity-center.ts";
import {
  type Entry,
  formatTime,
  groupInfo,
  hasValue,
  initialZones,
  inZone,
  isMember,
  isSynchronized,
  listPage,
  parseFilter,
} from "./identity-center.ts";

const groupNotFound = "InvalidParameter.GroupNotExist";
const userNotFound = "ResourceNotFound.UserNotExist";

const userMembers = [
  "UserName",
  "FirstName",
  "LastName",
  "DisplayName",
  "Description",
  "Email",
  "UserStatus",
  "UserType",
] as const;

/** Parses an id of `newId`, which is a base-36 number. */
const sequenceOf = (id: string): number => Number.parseInt(id, 36);

/** A listing action: `name` is the list in its output, `attributes` are those that its filter accepts. */
const list = (
  name: string,
  attributes: readonly string[],
  typeMember: "GroupType" | "UserType",
  entriesOf: (zone: Zone) => Entry[],
) =>
  inZone((zone, input, context) => {
    const matchesFilter = parseFilter(text(input, "Filter"), attributes);
    if (!matchesFilter) return context.refuse("InvalidParameter.ParamError");
    const matchesMember = (info: CallMembers, member: string) =>
      text(input, member) === "" || info[member] === input[member];
    const entries = entriesOf(zone).filter(
      ({ info }) =>
        matchesFilter(info) &&
        matchesMember(info, typeMember) &&
        (typeMember !== "UserType" || matchesMember(info, "UserStatus")),
    );
    return listPage(text(input, "SortType") === "Desc" ? entries.reverse() : entries, input, name, context);
  });

export const organization: ServiceEmulation<Zones> = {
  service: "tencent/organization",
  initialState: initialZones,
  counts: (zones) => {
    const all = [...zones.values()];
    const sum = (count: (zone: Zone) => number) => all.reduce((n, zone) => n + count(zone), 0);
    return { zones: all.length, groups: sum((z) => z.groups.size), users: sum((z) => z.users.size) };
  },
  handlers: {
    DescribeIdentityCenter(zones, _, { now }) {
      const [zone] = zones.values();
      const time = zone?.createdAt ?? formatTime(now);
      const names = { ZoneId: zone?.id ?? "", ZoneName: "emulator" };
      return { ...names, ServiceStatus: "Enabled", ScimSyncStatus: "Disabled", CreateTime: time, UpdateTime: time };
    },
    CreateGroup: inZone((zone, input, { refuse, newId, now }) => {
      const isNameInUse = hasValue(zone.groups, "GroupName", text(input, "GroupName"));
      const refusal = isNameInUse && refuse("InvalidParameter.GroupNameAlreadyExists");
      if (refusal) return refusal;
      const key = newId();
      const id = `g-${key}`;
      const members = pick(input, ["GroupName", "Description", "GroupType"]);
      const times = { CreateTime: formatTime(now), UpdateTime: formatTime(now) };
      const info = { Description: "", GroupType: "Manual", ...members, GroupId: id, ...times };
      const group: Group = { id, sequence: sequenceOf(key), info, members: new Map() };
      zone.groups.set(id, group);
      return { GroupInfo: groupInfo(group) };
    }),
    DeleteGroup: inZone((zone, input, { refuse }) => {
      const group = zone.groups.get(text(input, "GroupId"));
      if (!group) return refuse(groupNotFound);
      const refusal =
        (isSynchronized(group) && refuse("FailedOperation.SynchronizedGroupNotDelete")) ||
        (group.members.size > 0 && refuse("FailedOperation.DeleteGroupNotAllowExistUser"));
      if (refusal) return refusal;
      zone.groups.delete(group.id);
      return {};
    }),
    GetGroup: inZone((zone, input, { refuse }) => {
      const group = zone.groups.get(text(input, "GroupId"));
      return group ? { GroupInfo: groupInfo(group) } : refuse(groupNotFound);
    }),
    ListGroups: list("Groups", ["GroupName"], "GroupType", (zone) =>
      [...zone.groups.values()].map((g) => ({ id: g.id, sequence: g.sequence, info: groupInfo(g) })),
    ),
    CreateUser: inZone((zone, input, { refuse, newId, now }) => {
      const email = text(input, "Email");
      const refusal =
        (hasValue(zone.users, "UserName", text(input, "UserName")) &&
          refuse("InvalidParameter.UsernameAlreadyExists")) ||
        (email !== "" && hasValue(zone.users, "Email", email) && refuse("InvalidParameter.EmailAlreadyExists"));
      if (refusal) return refusal;
      const key = newId();
      const id = `u-${key}`;
      const times = { CreateTime: formatTime(now), UpdateTime: formatTime(now) };
      const defaults = { FirstName: "", LastName: "", DisplayName: "", Description: "", Email: "" };
      const kind = { UserStatus: "Enabled", UserType: "Manual" };
      const info = { ...defaults, ...kind, ...pick(input, userMembers), UserId: id, ...times };
      zone.users.set(id, { id, sequence: sequenceOf(key), info });
      return { UserInfo: { ...info, Password: `Emulator-${id}` } };
    }),
    DeleteUser: inZone((zone, input, { refuse }) => {
      const user = zone.users.get(text(input, "UserId"));
      if (!user) return refuse(userNotFound);
      const refusal = isMember(zone, user.id) && refuse("InvalidParameter.UserAlreadyExistsGroup");
      if (refusal) return refusal;
      for (const group of zone.groups.values()) group.members.delete(user.id);
      zone.users.delete(user.id);
      return {};
    }),
    ListUsers: list("Users", ["UserName", "Email", "UserId", "Description"], "UserType", (zone) => [
      ...zone.users.values(),
    ]),
    AddUserToGroup: inZone((zone, input, { refuse, newId, now }) => {
      const group = zone.groups.get(text(input, "GroupId"));
      if (!group) return refuse(groupNotFound);
      const user = zone.users.get(text(input, "UserId"));
      if (!user) return refuse(userNotFound);
      const refusal =
        (isSynchronized(group) && refuse("FailedOperation.SynchronizedGroupNotAddUser")) ||
        (group.members.has(user.id) && refuse("InvalidParameter.GroupUserAlreadyExists"));
      if (refusal) return refusal;
      group.members.set(user.id, { joinedAt: formatTime(now), sequence: sequenceOf(newId()) });
      return {};
    }),
    RemoveUserFromGroup: inZone((zone, input, { refuse }) => {
      const group = zone.groups.get(text(input, "GroupId"));
      if (!group) return refuse(groupNotFound);
      const refusal = isSynchronized(group) && refuse("FailedOperation.SynchronizedGroupNotRemoveUser");
      if (refusal) return refusal;
      return group.members.delete(text(input, "UserId")) ? {} : refuse("InvalidParameter.GroupUserNotExist");
    }),
    ListGroupMembers: inZone((zone, input, context) => {
      const group = zone.groups.get(text(input, "GroupId"));
      if (!group) return context.refuse(groupNotFound);
      const userType = text(input, "UserType");
      const members = [...group.members].map(([id, { sequence, joinedAt }]): Entry => {
        const user = zone.users.get(id)?.info ?? {};
        const names = ["UserName", "DisplayName", "Description", "Email", "UserStatus", "UserType"];
        return { id, sequence, info: { ...pick(user, names), UserId: id, JoinTime: joinedAt } };
      });
      const matching = members.filter(({ info }) => userType === "" || info.UserType === userType);
      return listPage(matching, input, "GroupMembers", context);
    }),
  },
};
