/** bystander: after a deletion, another resource of the same kind still exists. */
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
  applies: (call) => isCheckable(call) && call.created.length === 0 && call.caseResources.extraResource !== null,
  async verify(context, { testCase, caseResources: { extraResource } }) {
    const name = successProbe(testCase) ?? "";
    const probe = extraResource?.resource.probes.get(name);
    if (!extraResource || !probe) return POSTCONDITION_HOLDS;
    const probed = await pollProbe(context.pool.context, extraResource, probe, "fails");
    if (probed.kind === "unclear") return inconclusive(name, probe.call, probed.reason);
    if (probed.kind === "fails") return POSTCONDITION_HOLDS;
    const expected = `another ${extraResource.resource.name}: not ${name}`;
    const findings = [{ check: "bystander", level: "must", location: probe.call, expected, actual: name }] as const;
    return { findings, inconclusiveReason: "", exchanges: exchangesOf(probed) };
  },
};
