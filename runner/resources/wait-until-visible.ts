/** A new resource → waits until the target shows it, for services whose changes may become visible late. */
import type { Lease } from "./lease.ts";
import { pollProbe } from "./probe.ts";
import type { ConsistencyState, ResourceContext } from "./resource-context.ts";

export const assumeConsistent = (): ConsistencyState => ({ isEventual: false, uselessProbes: new Set() });

/**
 * A shared or read-only resource (`isShared`) is always probed: there are few of them, and a call that does not see one yet
 * would be refused. Other resources are probed only after the target was late once, so that a consistent target gets no
 * unnecessary requests.
 */
export async function waitUntilVisible(context: ResourceContext, lease: Lease, isShared: boolean): Promise<void> {
  const { consistency } = context;
  if (lease.resource.consistencySeconds === 0 || !(isShared || consistency.isEventual)) return;
  const probe = lease.resource.probes.get("exists") ?? lease.resource.probes.get("a member");
  if (!probe || consistency.uselessProbes.has(probe)) return;
  // A resource that stays invisible is used all the same: if that is a defect, the case itself finds it.
  if ((await pollProbe(context, lease, probe)).kind !== "holds") consistency.uselessProbes.add(probe);
}
