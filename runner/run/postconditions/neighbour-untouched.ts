/** bystander: after a deletion, what stood beside the deleted one is still there. */
import { pollProbe } from "../../resources/probe.ts";
import {
  exchangesOf,
  inconclusive,
  isCheckable,
  POSTCONDITION_HOLDS,
  type Postcondition,
  successProbe,
} from "./postcondition.ts";

export const neighbourUntouched: Postcondition = {
  id: "bystander",
  applies: (acted) => isCheckable(acted) && acted.made.length === 0 && acted.tenure.extraResource !== null,
  async look(j, { c, tenure: { extraResource } }) {
    const name = successProbe(c) ?? "";
    const probe = extraResource?.resource.probes.get(name);
    if (!extraResource || !probe) return POSTCONDITION_HOLDS;
    const seen = await pollProbe(j.pool.context, extraResource, probe, "fails");
    if (seen.kind === "unclear") return inconclusive(name, probe.call, seen.why);
    if (seen.kind === "fails") return POSTCONDITION_HOLDS;
    const expected = `another ${extraResource.resource.name}: not ${name}`;
    const findings = [{ check: "bystander", level: "must", location: probe.call, expected, actual: name }] as const;
    return { findings, unclear: "", exchanges: exchangesOf(seen) };
  },
};
