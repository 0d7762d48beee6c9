/** An action -> the cases in which a further resource shows what else an accepted call does. */
import type { Action, Parameter, Resource, ResourceState } from "../model/index.ts";
import { affectedParameters } from "../spec/affected-parameters.ts";
import { idMember } from "../spec/id-member.ts";
import { matches } from "../values/pattern.ts";
import type { CaseTemplate } from "./template.ts";

/** One more resource of the type that the call changes, in the same containers, whose state a probe can verify. */
export function neighbourState(action: Action): ResourceState | undefined {
  const [name] = affectedParameters(action, action.given);
  const state = name === undefined ? undefined : action.given.get(name);
  // An action that creates something adds to the resource (a person to a further group) and takes nothing from it. After an
  // update, a neighbour exists as well.
  if (action.creates || action.effects.success === "exists") return undefined;
  if (!state || action.service.resources.get(state.resource)?.probes.get(action.effects.success ?? "") === undefined)
    return undefined;
  return existing(state.resource, state.containers, state);
}

const existing = (
  resource: string,
  containers: readonly string[],
  more: Pick<ResourceState, "createMembers"> = { createMembers: {} },
): ResourceState => ({
  kind: "existing",
  resource,
  isList: false,
  count: 1,
  containers,
  createMembers: more.createMembers,
});

/** Over the main binding only: all bindings reach the same implementation. */
export function* neighbourTemplates(action: Action): Iterable<CaseTemplate> {
  const extraResource = neighbourState(action);
  if (extraResource) {
    const template = toTemplate(action, "call/neighbour", `MUST NOT change another ${extraResource.resource}`);
    yield { ...template, extraResource };
    yield* nearNeighbours(action, extraResource);
  }
  yield* contents(action);
  yield* anew(action);
}

function* nearNeighbours(action: Action, neighbour: ResourceState): Iterable<CaseTemplate> {
  const { service } = action;
  const resource = service.resources.get(neighbour.resource);
  if (!resource) return;
  const another = `MUST NOT change another ${resource.name}`;
  if (
    hasName(action, resource, (create, p) => p.uniqueWithin !== undefined || create.given.get(p.name)?.kind === "new")
  ) {
    const similar = { ...neighbour, resembles: "similar" } as const;
    yield onMainBinding(action, "neighbour/similar", `${another} with a longer name and equal members`, similar);
  }
  // Where a name in use is not refused, a server that ignores case would make one resource of the two.
  if (hasName(action, resource, (_, p) => p.refusals.has("unique") && allowsBothCases(p))) {
    const otherCase = { ...neighbour, resembles: "other-case" } as const;
    yield onMainBinding(
      action,
      "neighbour/other-case",
      `${another} whose name has letters in the other case`,
      otherCase,
    );
  }
  const [container] = resource.containers;
  if (container !== undefined && isCreatable(action, container) && canBeInSeveral(action, resource)) {
    const sameId = { ...neighbour, containers: [`another ${container}`], resembles: "same-id" } as const;
    yield onMainBinding(
      action,
      "neighbour/same-id",
      `MUST NOT change the same ${resource.name} in another ${container}`,
      sameId,
    );
  }
}

/** False where the pattern allows only small or only capital letters: a name in the other case could not be created. */
const allowsBothCases = ({ schema, anchored }: Parameter): boolean =>
  ["a", "A"].every((letter) => matches(schema, anchored, letter.repeat(Math.max(1, schema.minLength ?? 1))));

/** What lies in a resource is deleted with it, or remains if it lies in another one as well. */
function* contents(action: Action): Iterable<CaseTemplate> {
  for (const [name, { kind, resource }] of action.given) {
    if (kind !== "existing" || !action.deletes.some((r) => r.name === resource)) continue;
    for (const content of contentsOf(action, resource)) {
      const extraResource = existing(content.name, [name]);
      const title = `MUST delete the ${content.name} together with its ${resource}, and nothing else`;
      yield onMainBinding(action, `contents/${slugOf(content)}`, title, extraResource);
    }
  }
}

/** No document decides whether the id of a deleted resource can be used again; where it can, the new resource is empty. */
function* anew(action: Action): Iterable<CaseTemplate> {
  const { creates } = action;
  const name = creates && idMember(creates.id);
  if (!creates || name === undefined || action.given.get(name)?.kind !== "new") return;
  for (const content of contentsOf(action, creates.name)) {
    const extraResource = { ...existing(content.name, [`another ${creates.name}`]), kind: "deleted" } as const;
    yield {
      ...onMainBinding(
        action,
        `anew/${slugOf(content)}`,
        `MUST create a ${creates.name} without the ${content.name} of an earlier one, or refuse its id`,
        extraResource,
      ),
      outcome: {
        codes: [],
        level: "may",
        rationale: "no document states whether the id of a deleted resource can be used again at once",
        source: action.source,
      },
      edit: { op: "set", at: { parameter: name }, value: { kind: "existingValue" } },
    };
  }
}

/** The resources that are deleted together with a resource, and that a call can create in it. */
const contentsOf = ({ service }: Action, resource: string): Resource[] =>
  [...service.resources.values()].filter(
    ({ containers, create, deletedWith, deletedAfterLast, probes }) =>
      create !== undefined &&
      probes.size > 0 &&
      containers.includes(resource) &&
      (deletedWith.includes(resource) || deletedAfterLast === resource),
  );

const isCreatable = ({ service }: Action, resource: string): boolean =>
  service.resources.get(resource)?.create !== undefined;

const createActionOf = ({ service }: Action, resource: Resource): Action | undefined =>
  service.actions.get(resource.create ?? "");

/** True where the call that creates it, or one of those that create what it names, has such a parameter. */
function hasName(
  action: Action,
  resource: Resource,
  isName: (create: Action, p: Parameter) => boolean,
  depth = 0,
): boolean {
  const create = createActionOf(action, resource);
  if (!create || depth > MAX_SUPPORT_DEPTH) return false;
  return (
    create.parameters.some((p) => isName(create, p)) ||
    [...create.given.values()].some((s) => {
      const support = action.service.resources.get(s.resource);
      return (
        support !== undefined &&
        !resource.containers.includes(s.resource) &&
        hasName(action, support, isName, depth + 1)
      );
    })
  );
}

/** A member, the account that it is, and what that needs; a cycle would have no end. */
const MAX_SUPPORT_DEPTH = 2;

/** True where an id may occur in several containers: it names something that exists, or is unique within its container only. */
function canBeInSeveral(action: Action, resource: Resource): boolean {
  const create = createActionOf(action, resource);
  const parameter = create?.parameters.find((p) => p.name === idMember(resource.id));
  const state = parameter && create?.given.get(parameter.name);
  if (!create || !parameter || !state) return false;
  return state.kind === "new" ? create.given.has(parameter.uniqueWithin ?? "") : true;
}

const slugOf = ({ name }: Resource): string => name.replaceAll(" ", "-");

const onMainBinding = (action: Action, path: string, title: string, extraResource: ResourceState): CaseTemplate => ({
  ...toTemplate(action, path, title),
  extraResource,
  binding: action.service.bindings[0] ?? "",
});

function toTemplate(action: Action, path: string, title: string): CaseTemplate {
  const [place = "", slug = ""] = path.split("/");
  return { place, slug, title, outcome: "success", rule: null, source: action.source };
}
