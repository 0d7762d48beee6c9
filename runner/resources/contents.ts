/** A resource that a case holds → what the run has put into it: certainly, and possibly. */
import type { Json } from "../model/index.ts";
import type { Lease } from "./lease.ts";
import { withContainers } from "./lease.ts";
import type { Ledger, OpenEntry } from "./ledger.ts";

export interface Contents {
  /** By the JSON text of the id: resources that exist. */
  readonly certain: ReadonlyMap<string, Lease>;
  /** JSON texts of the ids that may exist, among them the certain ones. */
  readonly possible: ReadonlySet<string>;
  /** Number of resources that may exist and have an unknown id, because their create call got no response. */
  readonly unidentified: number;
}

/** `leases`: those that the case holds or that no case holds. Nobody else creates anything in the resource of a lease. */
export function contentsOf(
  container: Lease,
  resources: readonly string[],
  leases: Iterable<Lease>,
  ledger: Ledger,
): Contents {
  const isIn = ({ resource, containers }: Lease) => resources.includes(resource.name) && containers.includes(container);
  const { name } = container.resource;
  const isOpenIn = ({ resource, containers }: OpenEntry) =>
    resources.includes(resource) && equal(containers[name], container.id);
  return collect(
    leases,
    ledger,
    isIn,
    isOpenIn,
    ({ id }) => id,
    ({ id }) => id,
  );
}

/** The containers of the resource `container` that contain the resource of the lease, also by a membership with its id. */
export function containersHolding(lease: Lease, container: string, leases: Iterable<Lease>, ledger: Ledger): Contents {
  const nearest = (other: Lease) => directContainers(other).find(({ resource }) => resource.name === container);
  const isIn = (other: Lease) => equal(other.id, lease.id) && nearest(other) !== undefined;
  const isOpenIn = ({ id, containers }: OpenEntry) => equal(id, lease.id) && containers[container] !== undefined;
  return collect(
    leases,
    ledger,
    isIn,
    isOpenIn,
    (other) => nearest(other)?.id,
    ({ containers }) => containers[container],
  );
}

/** A container that no case needs is created for the resource alone, as a support. */
export const directContainers = ({ containers, supports, resource }: Lease): Lease[] => [
  ...containers,
  ...supports.filter((support) => resource.containers.includes(support.resource.name)),
];

function collect(
  leases: Iterable<Lease>,
  ledger: Ledger,
  isIn: (lease: Lease) => boolean,
  isOpenIn: (entry: OpenEntry) => boolean,
  idOfLease: (lease: Lease) => Json | undefined,
  idOfEntry: (entry: OpenEntry) => Json | undefined,
): Contents {
  const certain = new Map<string, Lease>();
  const possible = new Set<string>();
  for (const lease of leases) {
    if (!isIn(lease)) continue;
    const id = JSON.stringify(idOfLease(lease));
    possible.add(id);
    if (isCertain(lease)) certain.set(id, lease);
  }
  let unidentified = 0;
  for (const entry of ledger.entries().filter(isOpenIn)) {
    const id = idOfEntry(entry);
    if (id === undefined) unidentified++;
    else possible.add(JSON.stringify(id));
  }
  return { certain, possible, unidentified };
}

/** Deleting a container may have deleted the resource, and a call without a certain response may have changed it. */
const isCertain = (lease: Lease): boolean =>
  !lease.mayBeModified && [...withContainers(lease)].every(({ deleted }) => !deleted);

const equal = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
