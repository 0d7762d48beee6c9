/** bystander: after a deletion, what stood beside the deleted one is still there. */
import { pollProbe } from "../../resources/probe.ts";
import { effectOf, nothing, type Proof, provable, shownBy, unclear } from "./postcondition.ts";

export const bystander: Proof = {
  id: "bystander",
  applies: (acted) => provable(acted) && acted.made.length === 0 && acted.tenure.beside !== null,
  async look(j, { c, tenure: { beside } }) {
    const name = effectOf(c) ?? "";
    const probe = beside?.resource.probes.get(name);
    if (!beside || !probe) return nothing;
    const seen = await pollProbe(j.leases.builder, beside, probe, "fails");
    if (seen.kind === "unclear") return unclear(name, probe.call, seen.why);
    if (seen.kind === "fails") return nothing;
    const expected = `another ${beside.resource.name}: not ${name}`;
    const findings = [{ check: "bystander", level: "must", at: probe.call, expected, actual: name }] as const;
    return { findings, unclear: "", exchanges: shownBy(seen) };
  },
};
