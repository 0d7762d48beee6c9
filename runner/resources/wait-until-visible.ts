/** A resource that was just made → waited for until the target shows it, where that may take its time. */
import type { Probe } from "../model/index.ts";
import type { Builder } from "./create.ts";
import type { Lease } from "./lease.ts";
import { probeUntil } from "./probe.ts";

/** What the run has learned of a service's lateness. */
export interface Settling {
  /** Some change was not seen at once. */
  late: boolean;
  /** Probes that never showed what was made: they are not waited for again. */
  readonly blind: Set<Probe>;
}

export const atOnce = (): Settling => ({ late: false, blind: new Set() });

/**
 * What is lent again and again, or only to be read, is looked at in any case: it is few, and a call that does not see it
 * yet would be refused. The rest is looked at once the target has proved late, so that a fast one is asked no more than
 * it must be.
 */
export async function settled(b: Builder, lease: Lease, lent: boolean): Promise<void> {
  if (lease.resource.settles === 0 || !(lent || b.settling.late)) return;
  const probe = lease.resource.probes.get("exists") ?? lease.resource.probes.get("a member");
  if (!probe || b.settling.blind.has(probe)) return;
  // What cannot be seen is used all the same: whether that is wrong, the case itself will tell.
  if ((await probeUntil(b, lease, probe)).kind !== "holds") b.settling.blind.add(probe);
}
