/** The breach `repeated-key` → for each member a call that sends it twice, with the same value. */
import type { Action } from "../../model/index.ts";
import type { GatewayBreach } from "../../spec/gateway-rules.ts";
import { minimalParameters, optionalParameters } from "../sent-parameters.ts";
import type { CaseTemplate } from "../template.ts";
import { gatewayTemplate, memberLocation, mutateBeforeSigning } from "./template.ts";

export function* repeatedMemberTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const minimal = minimalParameters(action);
  // Where a minimal call has no members, the first optional one is sent.
  const added = minimal.length > 0 ? [] : optionalParameters(action).slice(0, 1);
  for (const name of [...minimal, ...added]) {
    const mutation = mutateBeforeSigning({ op: "repeat", in: memberLocation(b.binding), name });
    yield gatewayTemplate(action, b, {
      place: name,
      slug: "twice",
      description: `${name} twice`,
      mutation,
      additionalParameters: added,
    });
  }
}
