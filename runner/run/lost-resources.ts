/** The resources that a run created and no call should have changed → those that the target does not show at the end of the run. */
import type { Lease } from "../resources/lease.ts";
import type { ResourcePool } from "../resources/pool.ts";
import { pollProbe } from "../resources/probe.ts";
import { entryLabel } from "../resources/sweep.ts";
import { presenceProbe } from "./postconditions/presence.ts";

/** Resources that are looked up, the oldest first: a run has a few for each action, and each costs one request or more. */
const MAX_LOOKED_UP = 50;
/** A target that has lost so many has lost more, and each is waited for. */
const MAX_LOST = 3;

/** One sentence for each lost resource. `canSend`: false as soon as the run ends. */
export async function lostResources(pools: Iterable<ResourcePool>, canSend: () => boolean): Promise<string[]> {
  const lost: string[] = [];
  for (const { context, idleLeases } of pools) {
    const kept = [...idleLeases()].filter((l) => l.ledgerEntry !== null && !l.deleted && !l.mayBeModified);
    const entries = new Map(context.ledger.entries().map((entry) => [entry.number, entry]));
    for (const lease of kept.sort(byAge).slice(0, MAX_LOOKED_UP)) {
      if (lost.length === MAX_LOST || !canSend()) return lost;
      const [, probe] = presenceProbe(lease, false) ?? [];
      const entry = entries.get(lease.ledgerEntry ?? -1);
      if (!probe || !entry) continue;
      const probed = await pollProbe(context, lease, probe);
      if (probed.kind === "fails")
        lost.push(
          `${entryLabel(entry)} was created, no call deleted it, and at the end ${probe.call} shows: ${probed.observed}`,
        );
    }
  }
  return lost;
}

const byAge = (a: Lease, b: Lease): number => (a.ledgerEntry ?? 0) - (b.ledgerEntry ?? 0);
