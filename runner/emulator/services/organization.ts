/** Zones with groups and users: the actions of an identity centre, kept by hand. */
import type { CallMembers } from "../../model/index.ts";
import { pick, type ServiceEmulation, text } from "./handler.ts";
import type { Group, Zone, Zones } from "./identity-center.ts";
import {
  type Entry,
  formatTime,
  groupInfo,
  hasValue,
  inZone,
  isMember,
  listPage,
  openZones,
  parseFilter,
  synchronized,
} from "./identity-center.ts";

const noGroup = "InvalidParameter.GroupNotExist";
const noUser = "ResourceNotFound.UserNotExist";

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

/** The order in which entries were made, out of an id of the emulator. */
const order = (id: string): number => Number.parseInt(id, 36);

const list = (name: string, attributes: readonly string[], type: string, entries: (zone: Zone) => Entry[]) =>
  inZone((zone, input, scene) => {
    const fits = parseFilter(text(input, "Filter"), attributes);
    if (!fits) return scene.refuse("InvalidParameter.ParamError");
    const equal = (shown: CallMembers, member: string) => text(input, member) === "" || shown[member] === input[member];
    const found = entries(zone).filter(
      ({ shown }) => fits(shown) && equal(shown, type) && (type !== "UserType" || equal(shown, "UserStatus")),
    );
    return listPage(text(input, "SortType") === "Desc" ? found.reverse() : found, input, name, scene);
  });

export const organization: ServiceEmulation<Zones> = {
  service: "tencent/organization",
  initialState: openZones,
  counts: (zones) => {
    const all = [...zones.values()];
    const sum = (of: (zone: Zone) => number) => all.reduce((n, zone) => n + of(zone), 0);
    return { zones: all.length, groups: sum((z) => z.groups.size), users: sum((z) => z.users.size) };
  },
  handlers: {
    DescribeIdentityCenter(zones, _, { now }) {
      const [zone] = zones.values();
      const opened = zone?.opened ?? formatTime(now);
      const named = { ZoneId: zone?.id ?? "", ZoneName: "emulator" };
      return { ...named, ServiceStatus: "Enabled", ScimSyncStatus: "Disabled", CreateTime: opened, UpdateTime: opened };
    },
    CreateGroup: inZone((zone, input, { refuse, newId, now }) => {
      const taken = hasValue(zone.groups, "GroupName", text(input, "GroupName"));
      const no = taken && refuse("InvalidParameter.GroupNameAlreadyExists");
      if (no) return no;
      const key = newId();
      const id = `g-${key}`;
      const sent = pick(input, ["GroupName", "Description", "GroupType"]);
      const times = { CreateTime: formatTime(now), UpdateTime: formatTime(now) };
      const shown = { Description: "", GroupType: "Manual", ...sent, GroupId: id, ...times };
      const group: Group = { id, n: order(key), shown, members: new Map() };
      zone.groups.set(id, group);
      return { GroupInfo: groupInfo(group) };
    }),
    DeleteGroup: inZone((zone, input, { refuse }) => {
      const group = zone.groups.get(text(input, "GroupId"));
      if (!group) return refuse(noGroup);
      const no =
        (synchronized(group) && refuse("FailedOperation.SynchronizedGroupNotDelete")) ||
        (group.members.size > 0 && refuse("FailedOperation.DeleteGroupNotAllowExistUser"));
      if (no) return no;
      zone.groups.delete(group.id);
      return {};
    }),
    GetGroup: inZone((zone, input, { refuse }) => {
      const group = zone.groups.get(text(input, "GroupId"));
      return group ? { GroupInfo: groupInfo(group) } : refuse(noGroup);
    }),
    ListGroups: list("Groups", ["GroupName"], "GroupType", (zone) =>
      [...zone.groups.values()].map((g) => ({ id: g.id, n: g.n, shown: groupInfo(g) })),
    ),
    CreateUser: inZone((zone, input, { refuse, newId, now }) => {
      const email = text(input, "Email");
      const no =
        (hasValue(zone.users, "UserName", text(input, "UserName")) &&
          refuse("InvalidParameter.UsernameAlreadyExists")) ||
        (email !== "" && hasValue(zone.users, "Email", email) && refuse("InvalidParameter.EmailAlreadyExists"));
      if (no) return no;
      const key = newId();
      const id = `u-${key}`;
      const times = { CreateTime: formatTime(now), UpdateTime: formatTime(now) };
      const blank = { FirstName: "", LastName: "", DisplayName: "", Description: "", Email: "" };
      const kind = { UserStatus: "Enabled", UserType: "Manual" };
      const shown = { ...blank, ...kind, ...pick(input, userMembers), UserId: id, ...times };
      zone.users.set(id, { id, n: order(key), shown });
      return { UserInfo: { ...shown, Password: `Emulator-${id}` } };
    }),
    DeleteUser: inZone((zone, input, { refuse }) => {
      const user = zone.users.get(text(input, "UserId"));
      if (!user) return refuse(noUser);
      const no = isMember(zone, user.id) && refuse("InvalidParameter.UserAlreadyExistsGroup");
      if (no) return no;
      for (const group of zone.groups.values()) group.members.delete(user.id);
      zone.users.delete(user.id);
      return {};
    }),
    ListUsers: list("Users", ["UserName", "Email", "UserId", "Description"], "UserType", (zone) => [
      ...zone.users.values(),
    ]),
    AddUserToGroup: inZone((zone, input, { refuse, newId, now }) => {
      const group = zone.groups.get(text(input, "GroupId"));
      if (!group) return refuse(noGroup);
      const user = zone.users.get(text(input, "UserId"));
      if (!user) return refuse(noUser);
      const no =
        (synchronized(group) && refuse("FailedOperation.SynchronizedGroupNotAddUser")) ||
        (group.members.has(user.id) && refuse("InvalidParameter.GroupUserAlreadyExists"));
      if (no) return no;
      group.members.set(user.id, { joined: formatTime(now), n: order(newId()) });
      return {};
    }),
    RemoveUserFromGroup: inZone((zone, input, { refuse }) => {
      const group = zone.groups.get(text(input, "GroupId"));
      if (!group) return refuse(noGroup);
      const no = synchronized(group) && refuse("FailedOperation.SynchronizedGroupNotRemoveUser");
      if (no) return no;
      return group.members.delete(text(input, "UserId")) ? {} : refuse("InvalidParameter.GroupUserNotExist");
    }),
    ListGroupMembers: inZone((zone, input, scene) => {
      const group = zone.groups.get(text(input, "GroupId"));
      if (!group) return scene.refuse(noGroup);
      const wanted = text(input, "UserType");
      const members = [...group.members].map(([id, { n, joined }]): Entry => {
        const user = zone.users.get(id)?.shown ?? {};
        const names = ["UserName", "DisplayName", "Description", "Email", "UserStatus", "UserType"];
        return { id, n, shown: { ...pick(user, names), UserId: id, JoinTime: joined } };
      });
      const found = members.filter(({ shown }) => wanted === "" || shown.UserType === wanted);
      return listPage(found, input, "GroupMembers", scene);
    }),
  },
};
