/** A new resource → waits until the target shows it, for services whose changes may become visible late. */
import type { Lease } from "./lease.ts";
import { pollProbe } from "./probe.ts";
import type { ResourceContext } from "./resource-context.ts";

/** A call that does not see the resource yet would be refused, whether it reads or changes something. */
export async function waitUntilVisible(context: ResourceContext, lease: Lease): Promise<void> {
  const { uselessProbes } = context;
  if (lease.resource.consistencySeconds === 0) return;
  const probe = lease.resource.probes.get("exists") ?? lease.resource.probes.get("a member");
  if (!probe || uselessProbes.has(probe)) return;
  // A resource that stays invisible is used all the same: if that is a defect, the case itself finds it.
  if ((await pollProbe(context, lease, probe)).kind !== "holds") uselessProbes.add(probe);
}
