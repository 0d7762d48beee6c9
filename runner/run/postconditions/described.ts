/** described: the returned properties of a resource of the run are those with which it was created, and count what is in it. */
import type { ReturnedResource } from "../../model/index.ts";
import { countIn, createdValues } from "./expected-entries.ts";
import { outputOf, POSTCONDITION_HOLDS, type Postcondition } from "./postcondition.ts";
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
    const { parameter, pointer, members, counts } = action.returnedResource as ReturnedResource;
    const [lease] = call.caseResources.leasesOf(parameter);
    if (!lease || lease.ledgerEntry === null || lease.id !== call.members[parameter]) return POSTCONDITION_HOLDS;
    return repeatReading(context, call, outputOf(call), async (output) => {
      const properties = pointer === "" ? output : outputValue(output, pointer);
      // The check `output` reports properties that are absent.
      if (properties === undefined) return { findings: [] };
      const numbers = Object.entries(counts).map(
        ([member, resource]) => [member, countIn(context, call, lease, resource)] as const,
      );
      // The output of a call need not have every member; an object in it that describes a resource has those of the resource.
      const isShown = (name: string) => pointer !== "" || outputValue(output, `/${name}`) !== undefined;
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
        ),
      };
    });
  },
};
