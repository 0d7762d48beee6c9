/** bystander: after an accepted call, what it does not name still exists, and so do the resources around those that it changed. */
import type { Lease } from "../../resources/lease.ts";
import { isContent } from "./contents-deleted.ts";
import type { CompletedCall, Postcondition } from "./postcondition.ts";
import { checkPresence } from "./presence.ts";

export const neighbourUntouched: Postcondition = {
  id: "bystander",
  applies: ({ testCase, result, created, caseResources }) =>
    result.actual === "success" &&
    testCase.expect.outcome === "success" &&
    testCase.action.mutating &&
    created.length === 0 &&
    (caseResources.extraResource !== null || testCase.situation !== null),
  verify: (context, call) => checkPresence(context, "bystander", bystanders(call)),
};

/** Over the main binding also the containers and supports of the changed resources, such as the user of a removed member. */
function bystanders(call: CompletedCall): [label: string, lease: Lease][] {
  const {
    testCase: { action, binding },
    caseResources: { extraResource, affectedLeases },
  } = call;
  const labelled = new Map<Lease, string>();
  const changed = affectedLeases();
  if (extraResource && isContent(call)) for (const support of extraResource.supports) labelled.set(support, "the");
  else if (extraResource) labelled.set(extraResource, "another");
  if (binding === action.service.bindings[0])
    for (const { containers, supports } of changed)
      for (const lease of [...containers, ...supports]) if (!labelled.has(lease)) labelled.set(lease, "the");
  return [...labelled]
    .filter(([lease]) => !changed.includes(lease))
    .map(([lease, word]) => [`${word} ${lease.resource.name}`, lease]);
}
