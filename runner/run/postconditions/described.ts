/** described: the returned properties of a resource that the run created, by this call or earlier, are those with which it was created. */
import type { ReturnedResource } from "../../model/index.ts";
import { countIn, createdValues } from "./expected-entries.ts";
import { acceptedCall, type CompletedCall, POSTCONDITION_HOLDS, type Postcondition } from "./postcondition.ts";
import { outputValue } from "./read-list.ts";
import { repeatReading } from "./repeat-reading.ts";
import { memberFindings } from "./returned-members.ts";

export const described: Postcondition = {
  id: "described",
  applies: ({ testCase: { action, expect, family }, result }) =>
    action.returnedResource !== undefined &&
    family !== "control" &&
    expect.outcome === "success" &&
    result.actual === "success",
  async verify(context, call) {
    const { action } = call.testCase;
    const returned = action.returnedResource as ReturnedResource;
    const { pointer, members, counts } = returned;
    const lease = describedLease(call, returned);
    if (!lease) return POSTCONDITION_HOLDS;
    return repeatReading(context, call, acceptedCall(call).output, async (output) => {
      const properties = pointer === "" ? output : outputValue(output, pointer);
      // The check `output` reports properties that are absent.
      if (properties === undefined) return { findings: [] };
      const numbers = Object.entries(counts).map(
        ([member, resource]) => [member, countIn(context, call, lease, resource)] as const,
      );
      // The output of a call need not have every member; an object in it that describes a resource has those of the resource.
      const isShown = (name: string) => pointer !== "" || (outputValue(output, `/${name}`) ?? null) !== null;
      const shown = Object.entries(createdValues(members, lease)).filter(([name]) => isShown(name));
      const location = action.service.envelope.output + pointer;
      return {
        findings: memberFindings(
          "described",
          location,
          properties,
          Object.fromEntries(shown),
          lease.resource.name,
          numbers,
          acceptedCall(call),
        ),
      };
    });
  },
};

/** The resource of the parameter, or the one that the call created; undefined where it is not known for certain. */
function describedLease({ created, members, caseResources }: CompletedCall, { parameter }: ReturnedResource) {
  if (parameter === undefined) return created.length === 1 ? created[0] : undefined;
  const [lease] = caseResources.leasesOf(parameter);
  return lease && lease.ledgerEntry !== null && lease.id === members[parameter] ? lease : undefined;
}
