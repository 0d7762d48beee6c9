/** What an identity centre holds: zones, and in each its groups and users. */
import type { CallMembers } from "../../model/index.ts";
import { providedResources } from "../test-credentials.ts";
import { type Handler, type HandlerContext, type HandlerResult, integer, text } from "./handler.ts";
import { paginate, type Sequenced } from "./pagination.ts";

export interface Entry extends Sequenced {
  readonly id: string;
  readonly shown: CallMembers;
}

export interface Member extends Sequenced {
  readonly joined: string;
}

export interface Group extends Entry {
  /** By the user's id. */
  readonly members: Map<string, Member>;
}

export interface Zone {
  readonly id: string;
  readonly opened: string;
  readonly groups: Map<string, Group>;
  readonly users: Map<string, Entry>;
}

export type Zones = Map<string, Zone>;

const start = "2026-01-01 00:00:00";

/** The given zone with the given synchronized group, which no call can change. */
export function openZones(): Zones {
  const id = providedResources["synchronized-group"];
  const named = { GroupId: id, GroupName: "synchronized", Description: "", GroupType: "Synchronized" };
  const group: Group = { id, n: -1, shown: { ...named, CreateTime: start, UpdateTime: start }, members: new Map() };
  const zone: Zone = { id: providedResources.zone, opened: start, groups: new Map([[id, group]]), users: new Map() };
  return new Map([[zone.id, zone]]);
}

/** The pages print days and seconds without a zone. */
export const formatTime = (now: number): string => new Date(now).toISOString().slice(0, 19).replace("T", " ");

/** A handler that needs a zone, which every action but one names. */
export const inZone =
  (act: (zone: Zone, input: CallMembers, scene: HandlerContext) => HandlerResult): Handler<Zones> =>
  (zones, input, scene) => {
    const zone = zones.get(text(input, "ZoneId"));
    return zone ? act(zone, input, scene) : scene.refuse("FailedOperation.ZoneIdNotExist");
  };

export const synchronized = ({ shown }: Entry): boolean => shown.GroupType === "Synchronized";

export const groupInfo = (group: Group): CallMembers => ({ ...group.shown, MemberCount: group.members.size });

export const isMember = (zone: Zone, user: string): boolean =>
  [...zone.groups.values()].some((g) => g.members.has(user));

/** True where an entry has this value already. */
export function hasValue(entries: Map<string, Entry>, member: string, value: string): boolean {
  for (const { shown } of entries.values()) if (shown[member] === value) return true;
  return false;
}

/** A page of a list, with how it goes on, under the list's name. */
export function listPage(
  all: readonly Entry[],
  input: CallMembers,
  name: string,
  { refuse }: HandlerContext,
): HandlerResult {
  const size = integer(input, "MaxResults", 10);
  const page = paginate(all, text(input, "NextToken"), size, integer(input, "Offset", 0));
  if (!page) return refuse("InvalidParameter.NextTokenInvalid");
  return {
    [name]: page.shown.map((e) => e.shown),
    TotalCounts: all.length,
    MaxResults: size,
    IsTruncated: page.next !== undefined,
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  };
}

/** `<Attribute> <Operator> <Value>`: eq or sw, in any case. Undefined where the text is no such thing. */
export function parseFilter(
  filter: string,
  attributes: readonly string[],
): ((shown: CallMembers) => boolean) | undefined {
  if (filter === "") return () => true;
  const [, name = "", operator = "", value = ""] = /^\s*(\w+)\s+(eq|sw)\s+(.*?)\s*$/i.exec(filter) ?? [];
  const attribute = attributes.find((a) => a.toLowerCase() === name.toLowerCase());
  if (attribute === undefined) return undefined;
  const wanted = value.replace(/^"(.*)"$/, "$1").toLowerCase();
  const fits = (v: string) => (operator.toLowerCase() === "eq" ? v === wanted : v.startsWith(wanted));
  return (shown) => fits(text(shown, attribute).toLowerCase());
}
