/** unchanged: after a refusal, the effect that a success would have had is absent, and what existed before is as it was. */
import type { CallMembers, Case, Json, Probe, Resource } from "../../model/index.ts";
import { type Lease, standaloneLease } from "../../resources/lease.ts";
import { containerIds } from "../../resources/ledger.ts";
import { type ProbeResult, pollProbe } from "../../resources/probe.ts";
import { resolvePath } from "../../resources/value-path.ts";
import { idMember } from "../../spec/id-member.ts";
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
import { checkPresence, isPresenceProbe } from "./presence.ts";

export const unchanged: Postcondition = {
  id: "unchanged",
  applies: ({ testCase, result }) =>
    testCase.verifyUnchanged &&
    testCase.expect.outcome === "refused" &&
    result.status === "passed" &&
    (testCase.situation?.effects ?? testCase.action.effects).refused === "unchanged",
  async verify(context, call) {
    const {
      testCase,
      created,
      caseResources: { extraResource },
    } = call;
    const existing = [
      ...created.filter((lease) => !lease.mayBeModified),
      ...(extraResource ? [extraResource, ...extraResource.containers] : []),
    ];
    const effect = testCase.action.creates
      ? await checkNotCreated(context, call, existing)
      : await checkUnmodified(context, call);
    if (effect !== POSTCONDITION_HOLDS) return effect;
    const labelled = existing.map((lease) => [`existing ${lease.resource.name}`, lease] as const);
    return checkPresence(context, "unchanged", labelled, true);
  },
};

/** Checks that the resources that a success would have changed are as before. */
async function checkUnmodified(
  context: PostconditionContext,
  { testCase, caseResources }: CompletedCall,
): Promise<PostconditionResult> {
  if (wasChangedBefore(testCase)) return POSTCONDITION_HOLDS;
  const name = successProbe(testCase) ?? "";
  for (const lease of caseResources.affectedLeases()) {
    const probe = isPresenceProbe(name) ? undefined : lease.resource.probes.get(name);
    if (!probe) {
      // An update, or a call that names a resource by its place in another one: both are to be as before.
      if (lease.deleted || lease.ledgerEntry === null) continue;
      const labelled = [lease, ...lease.supports].map((l) => [`existing ${l.resource.name}`, l] as const);
      const present = await checkPresence(context, "unchanged", labelled);
      if (present !== POSTCONDITION_HOLDS) return present;
      continue;
    }
    const probed = await pollProbe(context.pool.context, lease, probe, "fails");
    if (probed.kind === "unclear") return inconclusive(name, probe.call, probed.reason);
    if (probed.kind === "holds") return unexpectedChange(lease.resource, probe.call, name, probed);
  }
  return POSTCONDITION_HOLDS;
}

/** True where an equal call was accepted before the judged one: its effect shows nothing about the judged call. */
const wasChangedBefore = ({ action, situation }: Case): boolean =>
  situation?.precedingCalls.some(({ call, where }) => (call === "this" || call === action.name) && where.size === 0) ??
  false;

/**
 * Checks that the resource that a success would have created does not exist. Only an id that can belong to this run is
 * probed, because any other resource may have existed before, and none that one of the `existing` resources has.
 */
async function checkNotCreated(
  context: PostconditionContext,
  { testCase, members, caseResources, created }: CompletedCall,
  existing: readonly Lease[],
): Promise<PostconditionResult> {
  const { action } = testCase;
  const resource = action.creates;
  const name = successProbe(testCase) ?? "";
  const leaseIds = [...action.given.keys()].flatMap((p) => caseResources.leasesOf(p)).map((lease) => lease.id);
  const isOwnedByRun = (value: Json | undefined) =>
    typeof value === "string" && (value.includes(context.run) || leaseIds.includes(value));
  const target = resource && probeFor(resource, name, members, isOwnedByRun);
  if (!resource || !target) return POSTCONDITION_HOLDS;
  const containers = containerLeases(action, resource, caseResources, members);
  if (containers.length < resource.containers.length) return POSTCONDITION_HOLDS;
  const same = existing.filter(
    (lease) => lease.resource === resource && lease.containers.every((container) => containers.includes(container)),
  );
  // A lookup by a name that is in use finds the resource that has it.
  if (same.length > 0 && (target.id === undefined || same.some((lease) => lease.id === target.id)))
    return POSTCONDITION_HOLDS;
  const { probe, id } = target;
  const leaseOf = (leaseId: Json, entry: number | null) =>
    standaloneLease(resource, leaseId, members, containers, entry);
  const probed = await pollProbe(context.pool.context, leaseOf(id ?? null, null), probe, "fails");
  if (probed.kind === "unclear") return inconclusive(name, probe.call, probed.reason);
  if (probed.kind === "fails") return POSTCONDITION_HOLDS;
  const { ledger } = context.pool.context;
  const entry = ledger.recordIntent({
    service: action.service.id,
    resource: resource.name,
    action: action.name,
    input: members,
    containers: containerIds(containers),
  });
  const createdId = id ?? fieldOf(probed.entry, resource.lookup?.idMember ?? "");
  ledger.recordCreated(entry, createdId);
  created.push(leaseOf(createdId, entry));
  return unexpectedChange(resource, probe.call, name, probed);
}

/** A probe for the id that was sent; where the server assigns the id, a lookup by the members that were sent. */
function probeFor(
  { id, lookup, probes }: Resource,
  name: string,
  members: CallMembers,
  isOwnedByRun: (value: Json | undefined) => boolean,
): { readonly probe: Probe; readonly id?: Json } | undefined {
  const sentValue = (path: string) => resolvePath(path, { input: members, output: undefined });
  if (idMember(id) !== undefined) {
    // Existence is sufficient: the other members of the resource may differ from those that were sent.
    const probe = probes.get("exists") ?? probes.get(name);
    const sentId = sentValue(id);
    return probe && sentId !== undefined && isOwnedByRun(sentId) ? { probe, id: sentId } : undefined;
  }
  if (
    !lookup ||
    !Object.values(lookup.match).every((path) => typeof path === "string" && isOwnedByRun(sentValue(path)))
  )
    return undefined;
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

const unexpectedChange = (
  resource: Resource,
  call: string,
  name: string,
  probed: ProbeResult,
): PostconditionResult => ({
  findings: [
    { check: "unchanged", level: "must", location: call, expected: `${resource.name}: unchanged`, actual: name },
  ],
  inconclusiveReason: "",
  exchanges: exchangesOf(probed),
});
