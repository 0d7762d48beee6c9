/** A resource that was just made → waited for until the target shows it, where that may take its time. */
import type { Lease } from "./lease.ts";
import { pollProbe } from "./probe.ts";
import type { ConsistencyState, ResourceContext } from "./resource-context.ts";

export const assumeConsistent = (): ConsistencyState => ({ isEventual: false, uselessProbes: new Set() });

/**
 * What is lent again and again, or only to be read, is looked at in any case: it is few, and a call that does not see it
 * yet would be refused. The rest is looked at once the target has proved late, so that a fast one is asked no more than
 * it must be.
 */
export async function waitUntilVisible(context: ResourceContext, lease: Lease, lent: boolean): Promise<void> {
  if (lease.resource.consistencySeconds === 0 || !(lent || context.consistency.isEventual)) return;
  const probe = lease.resource.probes.get("exists") ?? lease.resource.probes.get("a member");
  if (!probe || context.consistency.uselessProbes.has(probe)) return;
  // What cannot be seen is used all the same: whether that is wrong, the case itself will tell.
  if ((await pollProbe(context, lease, probe)).kind !== "holds") context.consistency.uselessProbes.add(probe);
}
