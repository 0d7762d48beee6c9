/** A call that returns a list, and the resources of the run → the entries that the list must have, and those that it must not have. */
import type { CallMembers, Json, ReturnedList } from "../../model/index.ts";
import { containersHolding, contentsOf } from "../../resources/contents.ts";
import { createdWith } from "../../resources/created-with.ts";
import type { Lease } from "../../resources/lease.ts";
import { entryMembers, listScope, PLAIN_ENTRY } from "../../spec/returned-list.ts";
import type { CompletedCall, PostconditionContext } from "./postcondition.ts";
import { namesContainers, valuesIn } from "./sent-values.ts";

export interface ExpectedEntry {
  readonly id: Json;
  /** The resource of the entry. */
  readonly lease: Lease;
  /** The members that the entry must have; undefined where the create call did not send the value. */
  readonly members: Readonly<Record<string, Json | undefined>>;
}

export interface ExpectedEntries {
  /** Each of them is in the list once. */
  readonly present: readonly ExpectedEntry[];
  /** Ids that the list must not have, because their resources were deleted. */
  readonly absent: readonly Json[];
  /** Present where nobody but the run has entries in the list: whether the id may be one of them. */
  readonly isPossible?: (id: Json) => boolean;
}

export function expectedEntries(
  { pool }: PostconditionContext,
  { testCase: { action }, members, caseResources }: CompletedCall,
  list: ReturnedList,
): ExpectedEntries {
  const { leases, leasesOf, listEntries } = caseResources;
  const scope = listScope(action, list);
  const [about] = "parameter" in scope ? leasesOf(scope.parameter) : [];
  const isSelected = (entry: ExpectedEntry) => matchesFilters(list, members, entry);
  const toEntry = (lease: Lease, id: Json = lease.id): ExpectedEntry => ({
    id,
    lease,
    members: createdValues(entryMembers(action, list, lease.resource), lease),
  });
  if (scope.kind === "items") {
    const ids = valuesIn({ [scope.parameter]: members[scope.parameter] ?? null });
    const sent = valuesIn(members);
    const named = leases.filter((lease) => ids.has(lease.id) && namesContainers(sent, lease));
    return { present: named.map((lease) => toEntry(lease)), absent: [] };
  }
  const created = listEntries.listed.map((lease) => toEntry(lease));
  const absent = listEntries.deleted.map(({ id }) => id);
  if (scope.kind === "account" || !about || about.ledgerEntry === null)
    return { present: created.filter(isSelected), absent };
  const all = [...leases, ...pool.idleLeases()];
  const { certain, possible, unidentified } =
    scope.kind === "contents"
      ? contentsOf(about, list.resources, all, pool.context.ledger)
      : containersHolding(about, list.resources[0] ?? "", all, pool.context.ledger);
  const present = [...certain].map(([id, lease]) => toEntry(lease, JSON.parse(id) as Json));
  return {
    present: present.filter(isSelected),
    absent,
    isPossible: (id) => unidentified > 0 || possible.has(JSON.stringify(id)),
  };
}

export const createdValues = (members: CallMembers, lease: Lease): Record<string, Json | undefined> =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, createdWith(value, lease)]));

/** True only where it is known that the sent filters select the entry. */
const matchesFilters = (list: ReturnedList, sent: CallMembers, { id, members }: ExpectedEntry): boolean =>
  [...list.filters].every(([parameter, { member, pattern }]) => {
    if (sent[parameter] === undefined) return true;
    const value = list.idMember === undefined && member === PLAIN_ENTRY ? id : members[member];
    return pattern === undefined
      ? value !== undefined && value === sent[parameter]
      : typeof value === "string" && new RegExp(pattern, "u").test(value);
  });

/** The numbers of resources of a kind in a resource of the run: at least and at most. */
export function countIn({ pool }: PostconditionContext, call: CompletedCall, lease: Lease, resource: string) {
  const all = [...call.caseResources.leases, ...pool.idleLeases()];
  const { certain, possible, unidentified } = contentsOf(lease, [resource], all, pool.context.ledger);
  return { least: certain.size, most: possible.size + unidentified };
}
