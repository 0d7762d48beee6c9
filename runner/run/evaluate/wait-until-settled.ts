/** An accepted preceding call → waits until its effect is visible, for services whose changes may become visible late. */
import type { Action, CallMembers } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import type { Lease } from "../../resources/lease.ts";
import { pollProbe } from "../../resources/probe.ts";
import type { ResourceContext } from "../../resources/resource-context.ts";
import { leasesNamedIn } from "../postconditions/effect.ts";

/** The judged call is about the state after the preceding one: before it is visible, its repetition may be accepted. */
export async function waitUntilSettled(
  context: ResourceContext,
  action: Action,
  members: CallMembers,
  created: readonly Lease[],
  caseResources: CaseResources,
): Promise<void> {
  for (const lease of [...created, ...leasesNamedIn(members, caseResources)]) {
    const probe = lease.resource.probes.get(action.effects.success ?? "");
    if (lease.resource.consistencySeconds > 0 && probe) await pollProbe(context, lease, probe);
  }
}
