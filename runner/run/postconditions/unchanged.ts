/** unchanged: after a refusal, what a success would have brought about did not come about. */
import type { CallMembers, Json, Probe, Resource } from "../../model/index.ts";
import { standaloneLease } from "../../resources/lease.ts";
import { containerIds } from "../../resources/ledger.ts";
import { type ProbeResult, pollProbe } from "../../resources/probe.ts";
import { idMember, resolvePath } from "../../resources/value-path.ts";
import { containerLeases } from "../send/send-tracked.ts";
import {
  type CompletedCall,
  exchangesOf,
  inconclusive,
  POSTCONDITION_HOLDS,
  type Postcondition,
  type PostconditionContext,
  type PostconditionResult,
  successProbe,
} from "./postcondition.ts";

export const unchanged: Postcondition = {
  id: "unchanged",
  applies: ({ c, result }) =>
    c.verifyUnchanged &&
    c.expect.outcome === "refused" &&
    result.status === "passed" &&
    (c.situation?.effects ?? c.action.effects).refused === "unchanged" &&
    // What is there already, or was changed before, says nothing of this call.
    c.extraResource === null &&
    (c.situation?.precedingCalls.length ?? 0) === 0,
  look: (j, acted) => (acted.c.action.creates ? checkNotCreated(j, acted) : checkUnmodified(j, acted)),
};

/** What a success would have changed is as it was. */
async function checkUnmodified(j: PostconditionContext, { c, tenure }: CompletedCall): Promise<PostconditionResult> {
  const name = successProbe(c) ?? "";
  for (const lease of tenure.affectedLeases()) {
    const probe = lease.resource.probes.get(name);
    if (!probe) continue;
    const seen = await pollProbe(j.pool.context, lease, probe, "fails");
    if (seen.kind === "unclear") return inconclusive(name, probe.call, seen.why);
    if (seen.kind === "holds") return unexpectedChange(lease.resource, probe.call, name, seen);
  }
  return POSTCONDITION_HOLDS;
}

/** What a success would have made is not there. Only what is ours is looked for: anything else may be somebody's. */
async function checkNotCreated(
  j: PostconditionContext,
  { c, members, tenure, made }: CompletedCall,
): Promise<PostconditionResult> {
  const resource = c.action.creates;
  const name = successProbe(c) ?? "";
  const own = [...c.action.given.keys()].flatMap((p) => tenure.leasesOf(p)).map((lease) => lease.id);
  const ours = (value: Json | undefined) => typeof value === "string" && (value.includes(j.run) || own.includes(value));
  const sought = resource && probeFor(resource, name, members, ours);
  if (!resource || !sought) return POSTCONDITION_HOLDS;
  const containers = containerLeases(c.action, resource, tenure);
  if (containers.length < resource.containers.length) return POSTCONDITION_HOLDS;
  const { probe, id } = sought;
  const leaseOf = (of: Json, entry: number | null) => standaloneLease(resource, of, members, containers, entry);
  const seen = await pollProbe(j.pool.context, leaseOf(id ?? null, null), probe, "fails");
  if (seen.kind === "unclear") return inconclusive(name, probe.call, seen.why);
  if (seen.kind === "fails") return POSTCONDITION_HOLDS;
  const { ledger } = j.pool.context;
  const { service, name: action } = c.action;
  const entry = ledger.recordIntent({
    service: service.id,
    resource: resource.name,
    action,
    input: members,
    containers: containerIds(containers),
  });
  const found = id ?? fieldOf(seen.entry, resource.lookup?.idMember ?? "");
  ledger.recordCreated(entry, found);
  made.push(leaseOf(found, entry));
  return unexpectedChange(resource, probe.call, name, seen);
}

/** By the id that was sent; one whose id the server gives, by its whole name. */
function probeFor(
  { id, lookup, probes }: Resource,
  name: string,
  members: CallMembers,
  ours: (value: Json | undefined) => boolean,
): { readonly probe: Probe; readonly id?: Json } | undefined {
  const sent = (path: string) => resolvePath(path, { input: members, output: undefined });
  if (idMember(id) !== undefined) {
    // That it is there is enough: it need not be as it was sent.
    const probe = probes.get("exists") ?? probes.get(name);
    const own = sent(id);
    return probe && own !== undefined && ours(own) ? { probe, id: own } : undefined;
  }
  if (!lookup || !Object.values(lookup.match).every((v) => typeof v === "string" && ours(sent(v)))) return undefined;
  const { call, pagination } = lookup;
  return {
    probe: {
      call,
      members: lookup.members,
      ...(pagination ? { pagination } : {}),
      expectListed: { listPointer: lookup.listPointer, ...lookup.match },
    },
  };
}

const fieldOf = (entry: Json | undefined, name: string): Json =>
  typeof entry === "object" && entry !== null && !Array.isArray(entry) ? (entry[name] ?? null) : null;

const unexpectedChange = (resource: Resource, call: string, name: string, seen: ProbeResult): PostconditionResult => ({
  findings: [
    { check: "unchanged", level: "must", location: call, expected: `${resource.name}: unchanged`, actual: name },
  ],
  unclear: "",
  exchanges: exchangesOf(seen),
});
