/** effect: after a success, the probe of the spec holds: what was created exists, what was deleted does not. */
import type { CallMembers, Exchange, Finding } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import type { Lease } from "../../resources/lease.ts";
import { pollProbe } from "../../resources/probe.ts";
import { exchangesOf, inconclusive, isCheckable, type Postcondition, successProbe } from "./postcondition.ts";
import { namesContainers, valuesIn } from "./sent-values.ts";

export const effect: Postcondition = {
  id: "effect",
  applies: isCheckable,
  async verify(context, { testCase, members, caseResources, created }) {
    const name = successProbe(testCase) ?? "";
    const findings: Finding[] = [];
    const exchanges: Exchange[] = [];
    // A preceding call may have created the same id in another container.
    const sent = valuesIn(members);
    const changed = created.filter((lease) => testCase.action.creates !== undefined || namesContainers(sent, lease));
    for (const lease of [...changed, ...leasesNamedIn(members, caseResources)]) {
      const probe = lease.resource.probes.get(name);
      if (!probe) continue;
      const probed = await pollProbe(context.pool.context, lease, probe);
      if (probed.kind === "unclear") return inconclusive(name, probe.call, probed.reason);
      if (probed.kind === "fails") {
        const expected = `${lease.resource.name}: ${name}`;
        findings.push({ check: "effect", level: "must", location: probe.call, expected, actual: probed.observed });
        exchanges.push(...exchangesOf(probed));
      }
    }
    return { findings, inconclusiveReason: "", exchanges };
  },
};

/** The affected leases whose ids are sent in the call. A deviation may have replaced or removed an id. */
export function leasesNamedIn(members: CallMembers, caseResources: CaseResources): Lease[] {
  const values = valuesIn(members);
  return caseResources.affectedLeases().filter((lease) => values.has(lease.id));
}
