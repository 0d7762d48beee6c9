/** A resource that a call must not have changed -> a finding if the target no longer shows it. */
import type { Finding, Probe } from "../../model/index.ts";
import type { Lease } from "../../resources/lease.ts";
import { pollProbe } from "../../resources/probe.ts";
import {
  exchangesOf,
  inconclusive,
  POSTCONDITION_HOLDS,
  type PostconditionContext,
  type PostconditionResult,
} from "./postcondition.ts";

/** Probes that hold while a resource exists. `a member` shows more than `exists`; `as created` shows most and reads a long list. */
const presenceProbes = ["as created", "a member", "exists"] as const;

/** True for a probe that holds before the call where the call does not create the resource. */
export const isPresenceProbe = (name: string): boolean => (presenceProbes as readonly string[]).includes(name);

/** Undefined where the resource has none, or only ones that need a container which the lease does not have. */
export function presenceProbe(
  { resource: { probes }, containers }: Lease,
  comparesMembers: boolean,
): readonly [name: string, probe: Probe] | undefined {
  const order = comparesMembers ? presenceProbes : [...presenceProbes.slice(1), presenceProbes[0]];
  const usable = order.flatMap((name) => {
    const probe = probes.get(name);
    return probe && (containers.length > 0 || !namesContainer(probe)) ? [[name, probe] as const] : [];
  });
  return usable[0];
}

/** True where the probe needs the container of the resource. */
export const namesContainer = ({ members }: Probe): boolean => JSON.stringify(members).includes('"container"');

/** Checks that each resource still exists; with `comparesMembers` also that it has the members of its create call, where a probe shows them. */
export async function checkPresence(
  context: PostconditionContext,
  check: string,
  leases: Iterable<readonly [label: string, lease: Lease]>,
  comparesMembers = false,
): Promise<PostconditionResult> {
  for (const [label, lease] of leases) {
    const [name, probe] = presenceProbe(lease, comparesMembers) ?? [];
    if (name === undefined || probe === undefined) continue;
    const probed = await pollProbe(context.pool.context, lease, probe);
    if (probed.kind === "holds") continue;
    if (probed.kind === "unclear") return inconclusive(name, probe.call, probed.reason);
    const finding: Finding = {
      check,
      level: "must",
      location: probe.call,
      expected: `${label}: ${name}`,
      actual: probed.observed,
    };
    return { findings: [finding], inconclusiveReason: "", exchanges: exchangesOf(probed) };
  }
  return POSTCONDITION_HOLDS;
}
