/** effect: after a success, what was made is there and what was to go is gone, by the probe that the spec names. */
import type { CallMembers, Exchange, Finding, Json } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import type { Lease } from "../../resources/lease.ts";
import { pollProbe } from "../../resources/probe.ts";
import { exchangesOf, inconclusive, isCheckable, type Postcondition, successProbe } from "./postcondition.ts";

export const effect: Postcondition = {
  id: "effect",
  applies: isCheckable,
  async look(j, { c, members, tenure, made }) {
    const name = successProbe(c) ?? "";
    const findings: Finding[] = [];
    const exchanges: Exchange[] = [];
    for (const lease of [...made, ...leasesNamedIn(members, tenure)]) {
      const probe = lease.resource.probes.get(name);
      if (!probe) continue;
      const seen = await pollProbe(j.pool.context, lease, probe);
      if (seen.kind === "unclear") return inconclusive(name, probe.call, seen.why);
      if (seen.kind === "fails") {
        const expected = `${lease.resource.name}: ${name}`;
        findings.push({ check: "effect", level: "must", location: probe.call, expected, actual: seen.seen });
        exchanges.push(...exchangesOf(seen));
      }
    }
    return { findings, unclear: "", exchanges };
  },
};

/** The leases that the call still names: a deviation may have put another value in their place. */
export function leasesNamedIn(members: CallMembers, tenure: CaseResources): Lease[] {
  const values = new Set<Json>();
  const walk = (value: Json): void => {
    values.add(value);
    if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) walk(inner);
  };
  walk(members);
  return tenure.affectedLeases().filter((lease) => values.has(lease.id));
}
