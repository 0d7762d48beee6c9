/** duplicate: a unique value that is in use, an item twice in a list, the same call again. */
import type { Action, Parameter, ResourceState } from "../../model/index.ts";
import { affectedParameters } from "../../spec/affected-parameters.ts";
import { placeName, placesOf } from "../../spec/places/places.ts";
import { ruleId } from "../../spec/rules.ts";
import { familyOfSituation } from "../../spec/situation-family.ts";
import { type ParameterPlace, setPlace } from "../places/edits.ts";
import { additionalFor, isSendable, minimalParameters } from "../sent-parameters.ts";
import { situationTemplate } from "../situation-template.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const duplicate: Family = {
  id: "duplicate",
  description:
    "something that exists already: a unique value a second time, an item twice in a list, the same call again",
  absenceReason: () => "no value is documented as unique, and no situation repeats a call",
  *templates(action) {
    for (const p of action.parameters.filter(isSendable)) {
      const notUnique = p.refusals.get("unique");
      const extraResource = notUnique && existingResourceState(action, p);
      if (extraResource) {
        const existing: CaseTemplate = {
          place: p.name,
          slug: "existing",
          title: `MUST refuse a ${p.name} that exists already`,
          outcome: notUnique,
          rule: ruleId(action, p.name, "unique"),
          acceptableCauses: ["state"],
          additionalParameters: additionalFor(action, p),
          extraResource,
          edit: { op: "set", at: { parameter: p.name }, value: { kind: "existingValue" } },
          source: notUnique.source,
        };
        yield existing;
        const content = contentState(action);
        if (content)
          yield {
            ...existing,
            slug: `existing-with-${content.resource.replaceAll(" ", "-")}`,
            title: `MUST refuse a ${p.name} that exists already, and keep the ${content.resource} of the existing ${action.creates?.name}`,
            extraResource: content,
            binding: action.service.bindings[0] ?? "",
            verifiesUnchanged: true,
          };
      }
      for (const place of placesOf(p)) yield* repeatedItems(action, { p, place });
    }
    for (const s of action.situations)
      if (familyOfSituation(action, s) === "duplicate") yield situationTemplate(action, s);
  },
};

/** The same item twice, or two items with the same value of the member by which they differ. */
function* repeatedItems(action: Action, at: ParameterPlace): Iterable<CaseTemplate> {
  const { p, place } = at;
  const key = place.schema["x-uniqueBy"];
  for (const [breach, member] of [["uniqueItems", undefined] as const, ["x-uniqueBy", key] as const]) {
    const refusal = place.refusals.get(breach);
    if (!refusal) continue;
    const item = member === undefined ? "item" : `${member} of an item`;
    yield {
      place: member === undefined ? placeName(p.name, `${place.path}[]`) : `${p.name}${place.path}[].${member}`,
      slug: "same",
      title: `MUST refuse ${place.name} with the same ${item} twice`,
      outcome: refusal,
      rule: ruleId(action, place.name, breach),
      additionalParameters: additionalFor(action, p),
      edit: setPlace(at, { kind: "repeatFirstItem", ...(member !== undefined && { member }) }),
      source: refusal.source,
    };
  }
}

/** One more resource of the type that the action creates or updates, in the same containers, with a value for the parameter. */
function existingResourceState(action: Action, p: Parameter): ResourceState | undefined {
  const { creates: createdResource } = action;
  if (!createdResource) return updatedResourceState(action, p);
  const state = [...action.given.values()].find((s) => s.kind === "new" && s.resource === createdResource.name);
  const containers =
    state?.containers ??
    [...action.given].filter(([, s]) => createdResource.containers.includes(s.resource)).map(([name]) => name);
  return {
    kind: "existing",
    resource: createdResource.name,
    isList: false,
    count: 1,
    containers,
    createMembers: {},
    allMembers: true,
  };
}

/** Undefined where the action updates nothing, or the call that creates such a resource does not send the parameter. */
function updatedResourceState(action: Action, { name }: Parameter): ResourceState | undefined {
  if (action.deletes.length > 0) return undefined;
  const [updated] = [...affectedParameters(action, action.given)].flatMap((n) => action.given.get(n) ?? []);
  const { create, createMembers = {} } = action.service.resources.get(updated?.resource ?? "") ?? {};
  const creatingAction = action.service.actions.get(create ?? "");
  const isSent = creatingAction && (name in createMembers || minimalParameters(creatingAction).includes(name));
  return updated && isSent ? { ...updated, kind: "existing", isList: false, count: 1 } : undefined;
}

/** A resource in one of the type that the action creates: a call that is refused must not empty the existing one. */
function contentState({ creates, service }: Action): ResourceState | undefined {
  const content = [...service.resources.values()].find(
    ({ containers, create, probes }) =>
      create !== undefined && probes.size > 0 && creates !== undefined && containers.includes(creates.name),
  );
  return (
    content && {
      kind: "existing",
      resource: content.name,
      isList: false,
      count: 1,
      containers: [`another ${creates?.name}`],
      createMembers: {},
    }
  );
}
