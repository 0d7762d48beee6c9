/** A resource that was just made → waited for until the target shows it, where that may take its time. */
import type { Probe } from "../model/index.ts";
import type { ResourceContext } from "./create.ts";
import type { Lease } from "./lease.ts";
import { pollProbe } from "./probe.ts";

/** What the run has learned of a service's lateness. */
export interface ConsistencyState {
  /** Some change was not seen at once. */
  isEventual: boolean;
  /** Probes that never showed what was made: they are not waited for again. */
  readonly uselessProbes: Set<Probe>;
}

export const assumeConsistent = (): ConsistencyState => ({ isEventual: false, uselessProbes: new Set() });

/**
 * What is lent again and again, or only to be read, is looked at in any case: it is few, and a call that does not see it
 * yet would be refused. The rest is looked at once the target has proved late, so that a fast one is asked no more than
 * it must be.
 */
export async function waitUntilVisible(b: ResourceContext, lease: Lease, lent: boolean): Promise<void> {
  if (lease.resource.settles === 0 || !(lent || b.settling.isEventual)) return;
  const probe = lease.resource.probes.get("exists") ?? lease.resource.probes.get("a member");
  if (!probe || b.settling.uselessProbes.has(probe)) return;
  // What cannot be seen is used all the same: whether that is wrong, the case itself will tell.
  if ((await pollProbe(b, lease, probe)).kind !== "holds") b.settling.uselessProbes.add(probe);
}
