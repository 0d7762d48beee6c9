/** The state of tencent/organization (identity center): zones, each with groups and users; and the helpers of its handlers. */
import type { CallMembers } from "../../model/index.ts";
import { providedResources } from "../test-credentials.ts";
import { type Handler, type HandlerContext, type HandlerResult, integer, text } from "./handler.ts";
import { paginate, type Sequenced } from "./pagination.ts";

export interface Entry extends Sequenced {
  readonly id: string;
  /** The members that the reading actions return. */
  readonly info: CallMembers;
}

export interface Member extends Sequenced {
  /** As `formatTime` writes it; so is `Zone.createdAt`. */
  readonly joinedAt: string;
}

export interface Group extends Entry {
  /** By the user's id. */
  readonly members: Map<string, Member>;
}

export interface Zone {
  readonly id: string;
  readonly createdAt: string;
  readonly groups: Map<string, Group>;
  readonly users: Map<string, Entry>;
}

export type Zones = Map<string, Zone>;

const INITIAL_TIME = "2026-01-01 00:00:00";

/** The provided zone with the provided synchronized group, which no call can change. */
export function initialZones(): Zones {
  const id = providedResources["synchronized-group"];
  const attributes = { GroupId: id, GroupName: "synchronized", Description: "", GroupType: "Synchronized" };
  const group: Group = {
    id,
    sequence: -1,
    info: { ...attributes, CreateTime: INITIAL_TIME, UpdateTime: INITIAL_TIME },
    members: new Map(),
  };
  const zone: Zone = {
    id: providedResources.zone,
    createdAt: INITIAL_TIME,
    groups: new Map([[id, group]]),
    users: new Map(),
  };
  return new Map([[zone.id, zone]]);
}

/** `YYYY-MM-DD hh:mm:ss` in UTC: the documented times have no time zone. */
export const formatTime = (now: number): string => new Date(now).toISOString().slice(0, 19).replace("T", " ");

/** A handler that gets the zone of the member `ZoneId`, or the refusal for an unknown zone. */
export const inZone =
  (handler: (zone: Zone, input: CallMembers, context: HandlerContext) => HandlerResult): Handler<Zones> =>
  (zones, input, context) => {
    const zone = zones.get(text(input, "ZoneId"));
    return zone ? handler(zone, input, context) : context.refuse("FailedOperation.ZoneIdNotExist");
  };

export const isSynchronized = ({ info }: Entry): boolean => info.GroupType === "Synchronized";

export const groupInfo = (group: Group): CallMembers => ({ ...group.info, MemberCount: group.members.size });

/** True where the user is in some group of the zone. */
export const isMember = (zone: Zone, userId: string): boolean =>
  [...zone.groups.values()].some((g) => g.members.has(userId));

/** True where some entry has this value in this member. */
export function hasValue(entries: Map<string, Entry>, member: string, value: string): boolean {
  for (const { info } of entries.values()) if (info[member] === value) return true;
  return false;
}

/** One page of a list under the member `name`, with the members that describe the page. */
export function listPage(
  entries: readonly Entry[],
  input: CallMembers,
  name: string,
  { refuse }: HandlerContext,
): HandlerResult {
  const pageSize = integer(input, "MaxResults", 10);
  const page = paginate(entries, text(input, "NextToken"), pageSize, integer(input, "Offset", 0));
  if (!page) return refuse("InvalidParameter.NextTokenInvalid");
  return {
    [name]: page.items.map((e) => e.info),
    TotalCounts: entries.length,
    MaxResults: pageSize,
    IsTruncated: page.nextToken !== undefined,
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** Parses `<Attribute> eq <Value>` or `<Attribute> sw <Value>` (starts with), case-insensitive. Undefined for any other text. */
export function parseFilter(
  filter: string,
  attributes: readonly string[],
): ((info: CallMembers) => boolean) | undefined {
  if (filter === "") return () => true;
  const [, name = "", operator = "", value = ""] = /^\s*(\w+)\s+(eq|sw)\s+(.*?)\s*$/i.exec(filter) ?? [];
  const attribute = attributes.find((a) => a.toLowerCase() === name.toLowerCase());
  if (attribute === undefined) return undefined;
  const expected = value.replace(/^"(.*)"$/, "$1").toLowerCase();
  const matches = (v: string) => (operator.toLowerCase() === "eq" ? v === expected : v.startsWith(expected));
  return (info) => matches(text(info, attribute).toLowerCase());
}
