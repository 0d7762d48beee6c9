/** The open entries of a ledger → their resources deleted, contained ones first, and verified not to exist; or the reason why not. */

import type { Json, Resource } from "../model/index.ts";
import { REDACTED } from "../model/redacted.ts";
import { callDelete } from "./delete.ts";
import { type Lease, standaloneLease } from "./lease.ts";
import type { Ledger, OpenEntry } from "./ledger.ts";
import {
  containerIsMissing,
  type IsOwnedByRun,
  isRequestError,
  type Ownership,
  ownedByRun,
  resolveOwnership,
} from "./ownership.ts";
import { runProbe } from "./probe.ts";
import type { ResourceContext } from "./resource-context.ts";
import { isNotFoundCode } from "./setup-members.ts";

export interface SweepOptions {
  readonly ledger: Ledger;
  /** The id of the run that wrote the ledger: only resources that are known to be owned by it are deleted. */
  readonly run: string;
  /** A string is the reason why the service cannot be called. */
  readonly contextOf: (service: string) => Promise<ResourceContext | string>;
  readonly pause: (ms: number) => Promise<boolean>;
  /** Successive rounds without progress after which the sweep gives up; default 4. */
  readonly maxIdleRounds?: number;
}

export interface SweepResult {
  /** Deleted and, where a probe can show it, verified not to exist. */
  readonly deleted: readonly OpenEntry[];
  /** The resource did not exist. */
  readonly absent: readonly OpenEntry[];
  readonly leftovers: readonly { readonly entry: OpenEntry; readonly reason: string }[];
}

/** Pauses before the next round in milliseconds, by the number of rounds without progress. */
const ROUND_PAUSES_MS = [1000, 2000, 4000, 8000];

export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const deleted: OpenEntry[] = [];
  const absent: OpenEntry[] = [];
  const leftovers = new Map<OpenEntry, string>();
  const close = (entry: OpenEntry, wasDeleted: boolean) => {
    options.ledger.recordDeleted(entry.number);
    leftovers.delete(entry);
    (wasDeleted ? deleted : absent).push(entry);
  };
  // In reverse order, because later resources may be in earlier ones.
  let remaining = options.ledger.entries().reverse();
  const isOwned = ownedByRun(options.run, remaining);
  // A create call without a response may still take effect: a resource that is absent is looked for a second time.
  const unconfirmed = new Set(remaining.filter(({ id }) => id === undefined));
  const absentOnce = new Set<OpenEntry>();
  const maxIdleRounds = options.maxIdleRounds ?? ROUND_PAUSES_MS.length;
  for (let idleRounds = 0; remaining.length > 0 && idleRounds < maxIdleRounds; ) {
    const retries: OpenEntry[] = [];
    let unanswered = 0;
    for (const entry of remaining) {
      const removal = await remove(options, isOwned, entry);
      if (removal.kind === "leave") leftovers.set(entry, removal.reason);
      else if (removal.kind === "retry") {
        leftovers.set(entry, removal.reason);
        retries.push(entry);
        if (removal.unanswered) unanswered++;
      } else if (removal.kind === "absent" && unconfirmed.has(entry) && !absentOnce.has(entry)) {
        absentOnce.add(entry);
        retries.push(entry);
      } else close(entry, removal.kind === "deleted");
    }
    // The target does not respond at all.
    if (unanswered === remaining.length) break;
    idleRounds = retries.length < remaining.length ? 0 : idleRounds + 1;
    remaining = retries;
    const isOver = remaining.length === 0 || idleRounds >= maxIdleRounds;
    if (!isOver && !(await options.pause(ROUND_PAUSES_MS[idleRounds] ?? 0))) break;
  }
  for (const entry of remaining)
    if (!leftovers.has(entry)) leftovers.set(entry, "its create call got no response, so it may still be created");
  return { deleted, absent, leftovers: [...leftovers].map(([entry, reason]) => ({ entry, reason })) };
}

/** For messages: service, resource and id. */
export const entryLabel = ({ service, resource, id, action, number }: OpenEntry): string =>
  `${service} ${resource} ${id === undefined ? `of ${action}, entry ${number}` : JSON.stringify(id)}`;

type Removal =
  | { readonly kind: "deleted" }
  | { readonly kind: "absent" }
  /** `unanswered`: the target gave no response that can be read. */
  | { readonly kind: "retry"; readonly reason: string; readonly unanswered?: true }
  | { readonly kind: "leave"; readonly reason: string };

async function remove(options: SweepOptions, isOwned: IsOwnedByRun, entry: OpenEntry): Promise<Removal> {
  if (entry.keptReason !== undefined) return { kind: "leave", reason: entry.keptReason };
  if (JSON.stringify([entry.id, entry.containers]).includes(REDACTED))
    return { kind: "leave", reason: "its id looked like a secret and was redacted in the ledger" };
  const context = await options.contextOf(entry.service);
  if (typeof context === "string") return { kind: "leave", reason: context };
  const resource = context.service.resources.get(entry.resource);
  if (!resource) return { kind: "leave", reason: `the specs of ${entry.service} have no resource ${entry.resource}` };
  if (!context.service.actions.has(resource.delete ?? ""))
    return { kind: "leave", reason: `no action deletes a ${resource.name}` };
  const lease = leaseOf(context, entry, resource);
  const ownership: Ownership =
    entry.id === undefined ? await resolveOwnership(context, isOwned, lease) : { kind: "owned", id: entry.id };
  if (ownership.kind !== "owned") return ownership;
  return deleteAndVerify(context, { ...lease, id: ownership.id }, entry.id === undefined);
}

/** A lease with the containers of the entry, as deleting and probing need it. Ids in `containers` take precedence. */
function leaseOf(context: ResourceContext, entry: OpenEntry, resource: Resource): Lease {
  const { input, containers: recordedIds, number, id = null } = entry;
  const containers = Object.entries({ ...namedContainerIds(context, entry, resource), ...recordedIds }).flatMap(
    ([name, containerId]): Lease[] => {
      const container = context.service.resources.get(name);
      return container ? [standaloneLease(container, containerId, {}, [], null)] : [];
    },
  );
  return standaloneLease(resource, id, input, containers, number);
}

/** The ids of the containers that the create call named, whether they exist or not. */
function namedContainerIds(
  context: ResourceContext,
  { action, input }: OpenEntry,
  resource: Resource,
): Record<string, Json> {
  const given = context.service.actions.get(action)?.given ?? [];
  return Object.fromEntries(
    [...given].flatMap(([parameter, state]) => {
      const id = input[parameter];
      return id !== undefined && resource.containers.includes(state.resource) ? [[state.resource, id] as const] : [];
    }),
  );
}

const describeRemaining = (observed: string): string =>
  observed === "success" || observed === "found"
    ? "it still exists"
    : `was refused with ${observed}, which does not mean that it is deleted`;

/** `isUnconfirmed`: the create call got no response, so the resource may never have existed. */
async function deleteAndVerify(context: ResourceContext, lease: Lease, isUnconfirmed: boolean): Promise<Removal> {
  const { delete: deleteAction, probes } = lease.resource;
  const result = await callDelete(context, lease);
  // A target that refuses the id as invalid cannot have created a resource with it.
  if (isUnconfirmed && result.kind === "refused" && isRequestError(context, deleteAction, result.code))
    return { kind: "absent" };
  if (result.kind === "refused") return { kind: "retry", reason: `${deleteAction} was refused with ${result.code}` };
  if (result.kind === "unclear")
    return { kind: "retry", reason: `${deleteAction}: ${result.reason}`, unanswered: true };
  const removed: Removal = { kind: result.kind === "accepted" || !isUnconfirmed ? "deleted" : "absent" };
  const probe = probes.get("gone") ?? probes.get("not a member");
  if (!probe) return removed;
  // Once only: a resource that is still visible is probed again in the next round, together with all others.
  const seen = await runProbe(context, lease, probe);
  if (seen.kind === "holds") return removed;
  if (seen.kind === "unclear") return { kind: "retry", reason: `${probe.call}: ${seen.reason}` };
  // The container may have been deleted before: then the probe is refused, and the resource does not exist.
  if (isNotFoundCode(context.service, probe.call, seen.observed)) return removed;
  if (isUnconfirmed && containerIsMissing(context, lease, probe.call, seen.observed)) return { kind: "absent" };
  return { kind: "retry", reason: `${probe.call}: ${describeRemaining(seen.observed)}` };
}
