/** duplicate: the same resource again, the same item twice in a list, the same call again. */
import type { Action, ResourceState } from "../../model/index.ts";
import { ruleId } from "../../spec/rules.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import { familyOfSituation, situationTemplate } from "../situation-template.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const duplicate: Family = {
  id: "duplicate",
  description: "what is there already: a unique value once more, an item twice in a list, the same call again",
  absenceReason: () => "nothing is documented to be unique, and no situation repeats a call",
  *templates(action) {
    const extraResource = existingResourceState(action);
    for (const p of action.parameters.filter(isSendable)) {
      const notUnique = p.refusals.get("unique");
      if (notUnique && extraResource) {
        yield {
          place: p.name,
          slug: "existing",
          title: `MUST refuse a ${p.name} that is there already`,
          outcome: notUnique,
          rule: ruleId(action, p.name, "unique"),
          acceptableCauses: ["state"],
          additionalParameters: additionalFor(action, p),
          extraResource,
          edit: { op: "set", at: { parameter: p.name }, value: { kind: "existingValue" } },
          source: notUnique.source,
        };
      }
      const repeatedItem = p.refusals.get("uniqueItems");
      if (repeatedItem) {
        yield {
          place: `${p.name}.items`,
          slug: "same",
          title: `MUST refuse ${p.name} with the same item twice`,
          outcome: repeatedItem,
          rule: ruleId(action, p.name, "uniqueItems"),
          additionalParameters: additionalFor(action, p),
          edit: { op: "set", at: { parameter: p.name }, value: { kind: "repeatFirstItem" } },
          source: repeatedItem.source,
        } satisfies CaseTemplate;
      }
    }
    for (const s of action.situations)
      if (familyOfSituation(action, s) === "duplicate") yield situationTemplate(action, s);
  },
};

/** One more resource of the kind that the action makes, in the same containers. */
function existingResourceState(action: Action): ResourceState | undefined {
  const { creates: createdResource } = action;
  if (!createdResource) return undefined;
  const state = [...action.given.values()].find((s) => s.kind === "new" && s.resource === createdResource.name);
  const containers =
    state?.containers ??
    [...action.given].filter(([, s]) => createdResource.containers.includes(s.resource)).map(([name]) => name);
  return { kind: "existing", resource: createdResource.name, isList: false, count: 1, containers: containers, createMembers: {} };
}
