/** contents: what lay in a deleted resource does not exist any more, neither after the deletion nor in a new resource of the same id. */
import type { Probe, Resource } from "../../model/index.ts";
import { pollProbe } from "../../resources/probe.ts";
import {
  type CompletedCall,
  exchangesOf,
  inconclusive,
  POSTCONDITION_HOLDS,
  type Postcondition,
} from "./postcondition.ts";
import { namesContainer } from "./presence.ts";

/** True where the extra resource lies in one that the call deletes. */
export const isContent = ({ testCase: { action }, caseResources: { extraResource, affectedLeases } }: CompletedCall) =>
  affectedLeases().some(
    (lease) => action.deletes.includes(lease.resource) && (extraResource?.containers.includes(lease) ?? false),
  );

export const contentsDeleted: Postcondition = {
  id: "contents",
  applies: (call) =>
    call.result.actual === "success" && (call.testCase.extraResource?.kind === "deleted" || isContent(call)),
  async verify({ pool: { context } }, { testCase, caseResources: { extraResource } }) {
    const [name, probe] = (extraResource && contentProbe(extraResource.resource)) ?? [];
    const isAnew = testCase.extraResource?.kind === "deleted";
    // A probe that names the container shows nothing after the container was deleted.
    if (!extraResource || !name || !probe || (!isAnew && namesContainer(probe))) return POSTCONDITION_HOLDS;
    const probed = await pollProbe(context, extraResource, probe, "fails");
    if (probed.kind === "unclear") return inconclusive(name, probe.call, probed.reason);
    if (probed.kind === "fails") return POSTCONDITION_HOLDS;
    const expected = `the ${extraResource.resource.name} of the deleted ${extraResource.containers[0]?.resource.name}: not ${name}`;
    const finding = { check: "contents", level: "must", location: probe.call, expected, actual: name } as const;
    return { findings: [finding], inconclusiveReason: "", exchanges: exchangesOf(probed) };
  },
};

/** The probe that would hold if the content still existed. */
function contentProbe({ probes }: Resource): readonly [name: string, probe: Probe] | undefined {
  const name = ["exists", "a member"].find((candidate) => probes.has(candidate));
  return name === undefined ? undefined : [name, probes.get(name) as Probe];
}
