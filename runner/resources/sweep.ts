/** What a ledger still names → deleted, the innermost first, and proved to be gone; or why it stays. */

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

/** What stands for a secret in a ledger. */

export interface SweepOptions {
  readonly ledger: Ledger;
  /** The run that made it: only what carries this id, or was accepted as its own, is deleted. */
  readonly run: string;
  /** Null with the reason where the service cannot be asked. */
  readonly contextOf: (service: string) => Promise<ResourceContext | string>;
  readonly pause: (ms: number) => Promise<boolean>;
  /** So many rounds in which nothing goes, and it is given up; 4 where nothing is said. */
  readonly maxIdleRounds?: number;
}

export interface SweepResult {
  /** Deleted, and where something can show it, shown to be gone. */
  readonly deleted: readonly OpenEntry[];
  /** It was not there. */
  readonly absent: readonly OpenEntry[];
  readonly leftovers: readonly { readonly entry: OpenEntry; readonly why: string }[];
}

/** Milliseconds between rounds; the last is the longest. */
const waits = [1000, 2000, 4000, 8000];

export async function sweep(s: SweepOptions): Promise<SweepResult> {
  const deleted: OpenEntry[] = [];
  const absent: OpenEntry[] = [];
  const left = new Map<OpenEntry, string>();
  const settled = (entry: OpenEntry, was: boolean) => {
    s.ledger.recordDeleted(entry.number);
    left.delete(entry);
    (was ? deleted : absent).push(entry);
  };
  // The last that was made may stand in what was made before it.
  let rest = s.ledger.entries().reverse();
  const ours = ownedByRun(s.run, rest);
  // A create without an answer may still be on its way: it is looked for once more when all else is done.
  const unconfirmed = new Set(rest.filter(({ id }) => id === undefined));
  const seen = new Set<OpenEntry>();
  const most = s.maxIdleRounds ?? waits.length;
  for (let idle = 0; rest.length > 0 && idle < most; ) {
    const later: OpenEntry[] = [];
    let unanswered = 0;
    for (const entry of rest) {
      const result = await removal(s, ours, entry);
      if (result.kind === "leave") left.set(entry, result.why);
      else if (result.kind === "retry") {
        left.set(entry, result.why);
        later.push(entry);
        if (result.mute) unanswered++;
      } else if (result.kind === "absent" && unconfirmed.has(entry) && !seen.has(entry)) {
        seen.add(entry);
        later.push(entry);
      } else settled(entry, result.kind === "deleted");
    }
    // Nobody is there who could be asked again.
    if (unanswered === rest.length) break;
    idle = later.length < rest.length ? 0 : idle + 1;
    rest = later;
    if (rest.length > 0 && idle < most && !(await s.pause(waits[idle] ?? 0))) break;
  }
  for (const entry of rest)
    if (!left.has(entry)) left.set(entry, "its create got no answer, and nothing shows that it never came");
  return { deleted, absent, leftovers: [...left].map(([entry, why]) => ({ entry, why })) };
}

/** What a person would call it. */
export const entryLabel = ({ service, resource, id, action, number }: OpenEntry): string =>
  `${service} ${resource} ${id === undefined ? `of ${action}, entry ${number}` : JSON.stringify(id)}`;

type Removal =
  | { readonly kind: "deleted" }
  | { readonly kind: "absent" }
  /** `mute`: the target gave no answer that can be read. */
  | { readonly kind: "retry"; readonly why: string; readonly mute?: true }
  | { readonly kind: "leave"; readonly why: string };

async function removal(s: SweepOptions, ours: IsOwnedByRun, entry: OpenEntry): Promise<Removal> {
  if (entry.keptReason !== undefined) return { kind: "leave", why: entry.keptReason };
  if (JSON.stringify([entry.id, entry.containers]).includes(REDACTED))
    return { kind: "leave", why: "its id was taken for a secret and not written down" };
  const context = await s.contextOf(entry.service);
  if (typeof context === "string") return { kind: "leave", why: context };
  const resource = context.service.resources.get(entry.resource);
  if (!resource) return { kind: "leave", why: `the specs know no ${entry.resource} of ${entry.service}` };
  if (!context.service.actions.has(resource.delete ?? ""))
    return { kind: "leave", why: `nothing deletes a ${resource.name}` };
  const lease = leaseOf(context, entry, resource);
  const claim: Ownership =
    entry.id === undefined ? await resolveOwnership(context, ours, lease) : { kind: "ours", id: entry.id };
  if (claim.kind !== "ours") return claim;
  return deletion(context, { ...lease, id: claim.id }, entry.id === undefined);
}

/** Its containers as the ledger tells them: all that deleting and looking needs. What stands under `in` wins. */
function leaseOf(context: ResourceContext, entry: OpenEntry, resource: Resource): Lease {
  const { input, containers: placed, number, id = null } = entry;
  const containers = Object.entries({ ...named(context, entry, resource), ...placed }).flatMap(
    ([name, value]): Lease[] => {
      const container = context.service.resources.get(name);
      return container ? [standaloneLease(container, value, {}, [], null)] : [];
    },
  );
  return standaloneLease(resource, id, input, containers, number);
}

/** The containers that its create named, whether they were there or not. */
function named(context: ResourceContext, { action, input }: OpenEntry, resource: Resource): Record<string, Json> {
  const given = context.service.actions.get(action)?.given ?? [];
  return Object.fromEntries(
    [...given].flatMap(([parameter, state]) => {
      const id = input[parameter];
      return id !== undefined && resource.containers.includes(state.resource) ? [[state.resource, id] as const] : [];
    }),
  );
}

const describeRemaining = (seen: string): string =>
  seen === "success" || seen === "found" ? "still shows it" : `answered ${seen}, which does not say that it is gone`;

async function deletion(context: ResourceContext, lease: Lease, uncertain: boolean): Promise<Removal> {
  const answer = await callDelete(context, lease);
  // A create that got no answer can have made nothing under an id that the target does not take.
  if (uncertain && answer.kind === "refused" && isRequestError(context, lease.resource.delete, answer.code))
    return { kind: "absent" };
  if (answer.kind === "refused")
    return { kind: "retry", why: `${lease.resource.delete} was refused with ${answer.code}` };
  if (answer.kind === "unclear") return { kind: "retry", why: `${lease.resource.delete}: ${answer.why}`, mute: true };
  const probe = lease.resource.probes.get("gone") ?? lease.resource.probes.get("not a member");
  const there = answer.kind === "accepted" || !uncertain;
  if (!probe) return { kind: there ? "deleted" : "absent" };
  // Asked once: what takes its time to go is looked at again in the next round, together with all the others.
  const seen = await runProbe(context, lease, probe);
  if (seen.kind === "holds") return { kind: there ? "deleted" : "absent" };
  // What it stood in may be gone before it: then nothing can be asked, and nothing is there.
  if (seen.kind === "fails" && isNotFoundCode(context.service, probe.call, seen.seen))
    return { kind: there ? "deleted" : "absent" };
  if (seen.kind === "fails" && uncertain && containerIsMissing(context, lease, probe.call, seen.seen))
    return { kind: "absent" };
  return { kind: "retry", why: `${probe.call}: ${seen.kind === "fails" ? describeRemaining(seen.seen) : seen.why}` };
}
