/** An action that returns a list → the resource that the list is about, and the members that an entry must have. */
import type { Action, CallMembers, Json, Resource, ReturnedList } from "../model/index.ts";

export type ListScope =
  /** One entry for each id of the parameter. */
  | { readonly kind: "items"; readonly parameter: string }
  /** What the resource of the parameter contains. */
  | { readonly kind: "contents"; readonly parameter: string }
  /** What contains the resource of the parameter: `membership` places it in a further one. */
  | { readonly kind: "containers"; readonly parameter: string; readonly membership: Resource }
  /** Everything of the account. */
  | { readonly kind: "account" };

export function listScope({ given, service }: Action, { entryFor, resources }: ReturnedList): ListScope {
  if (entryFor !== undefined) return { kind: "items", parameter: entryFor };
  const listed = service.resources.get(resources[0] ?? "");
  for (const [parameter, { resource }] of given)
    if (listed?.containers.includes(resource)) return { kind: "contents", parameter };
  for (const [parameter, { resource }] of given) {
    const membership = [...service.resources.values()].find(
      ({ name, create, id, containers }) =>
        name !== resource &&
        containers.includes(listed?.name ?? "") &&
        [...(service.actions.get(create ?? "")?.given ?? [])].some(
          ([p, state]) => id === `input.${p}` && state.resource === resource,
        ),
    );
    if (membership) return { kind: "containers", parameter, membership };
  }
  return { kind: "account" };
}

/** Probes that show a resource in a list as it was created. */
const PROBE_NAMES = ["as created", "exists", "a member"];

/** The members of an entry of this resource: those that the list declares, and those by which a probe finds it in the list. */
export function entryMembers({ name }: Action, list: ReturnedList, resource: Resource): CallMembers {
  const members: CallMembers = {};
  for (const probeName of PROBE_NAMES) {
    const { call, expectListed } = resource.probes.get(probeName) ?? {};
    if (call === name && expectListed?.["listPointer"] === list.listPointer) Object.assign(members, expectListed);
  }
  const { listPointer: _, [list.idMember ?? PLAIN_ENTRY]: __, ...others } = members;
  return { ...others, ...list.members };
}

/** The name that a spec uses for the whole entry of a list whose entries are no objects. */
export const PLAIN_ENTRY = "entry";

/** The member of an entry; of one that is no object it has only `entry`, which is the entry itself. */
export function memberOfEntry(entry: Json | undefined, name: string): Json | undefined {
  if (typeof entry !== "object" || entry === null) return name === PLAIN_ENTRY ? entry : undefined;
  return Array.isArray(entry) ? undefined : entry[name];
}

/** The id of the resource of an entry. */
export const idOfEntry = ({ idMember }: ReturnedList, entry: Json | undefined): Json | undefined =>
  idMember === undefined ? entry : memberOfEntry(entry, idMember);

/** A list with more entries than a page of the default size is created for a case only where that size is below this number. */
export const MAX_DEFAULT_ENTRIES = 50;

/** The largest number of entries of a page for the sent members; undefined where no document states one. */
export function pageSizeOf({ parameters }: Action, { pageSize }: ReturnedList, sent: CallMembers): number | undefined {
  if (pageSize === undefined) return undefined;
  const size = sent[pageSize] ?? parameters.find(({ name }) => name === pageSize)?.schema["default"];
  return typeof size === "number" ? size : undefined;
}
