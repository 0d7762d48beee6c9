/** A service without hand-written emulation → one that follows from its spec: its resources, and the refusals of their states. */
import type { Action, CallMembers, Json, Resource, Service } from "../../model/index.ts";
import { affectedParameters } from "../../spec/affected-parameters.ts";
import { isRefused } from "../refusal.ts";
import { derivedOutput, schemaAt } from "./derived-output.ts";
import {
  type DerivedState,
  type Entity,
  entitiesNamed,
  idsIn,
  keyOf,
  refusalOfState,
  repetitionOf,
} from "./derived-state.ts";
import type { Handler, HandlerContext, HandlerResult, ServiceEmulation } from "./handler.ts";

/** Lists have the pages and filters that `returnsList` declares. */
export const deriveEmulation = (service: Service): ServiceEmulation<DerivedState> => ({
  service: service.id,
  initialState: () => ({ entities: [], deleted: new Set(), tokens: new Map() }),
  counts: ({ entities }) =>
    Object.fromEntries(
      [...service.resources.keys()].map((name) => [name, entities.filter((e) => e.resource === name).length]),
    ),
  handlers: Object.fromEntries(
    [...service.actions.values()].map((action) => [action.name, idempotent(action, handlerOf(action))]),
  ),
});

/** A repeated token gets the same output again where the input is the same, else the documented refusal. */
function idempotent(action: Action, handler: Handler<DerivedState>): Handler<DerivedState> {
  const withToken = action.situations.filter((s) => Object.values(s.additionalMembers).includes("fresh"));
  const token = Object.keys(withToken[0]?.additionalMembers ?? {})[0];
  if (token === undefined) return handler;
  const mismatch = withToken.find((s) => s.refused)?.refused?.codes[0];
  return (state, input, context) => {
    if (typeof input[token] !== "string") return handler(state, input, context);
    const key = `${action.name} ${input[token]}`;
    const previous = state.tokens.get(key);
    if (previous?.input === JSON.stringify(input)) return previous.output;
    const refusal = previous && mismatch !== undefined && context.refuse(mismatch);
    if (refusal) return refusal;
    const result = handler(state, input, context);
    if (!isRefused(result)) state.tokens.set(key, { input: JSON.stringify(input), output: result ?? {} });
    return result;
  };
}

const handlerOf =
  (action: Action): Handler<DerivedState> =>
  (state, input, context) => {
    const refusal = refusalOfState(action, state, input, context);
    if (refusal) return refusal;
    if (action.creates) return create(action, action.creates, state, input, context);
    const named = (parameters: Iterable<string>) =>
      [...parameters].flatMap((name) => entitiesNamed(action, state, input, name));
    const changed = named(affectedParameters(action, action.given));
    if (action.deletes.length > 0) for (const entity of changed) remove(action.service, state, entity);
    else if (action.mutating) {
      const [code] = changed.flatMap((entity) => codesOfTakenValues(action, state, withoutNulls(input), entity));
      const taken = code === undefined ? undefined : context.refuse(code);
      if (taken) return taken;
      for (const { members } of changed) Object.assign(members, withoutNulls(input));
    }
    const members = Object.assign({}, ...named(action.given.keys()).map((e) => e.members));
    const [shown] = named([action.returnedResource?.parameter ?? []].flat());
    return derivedOutput(action, input, members, shown, state);
  };

const withoutNulls = (input: CallMembers): CallMembers =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));

/** The first code of each unique member whose value another resource of the kind has. */
function codesOfTakenValues(
  action: Action,
  { entities }: DerivedState,
  input: CallMembers,
  own: Entity | Pick<Entity, "resource">,
): string[] {
  const siblings = entities.filter((e) => e !== own && e.resource === own.resource);
  const isTaken = (name: string, within = "account") =>
    input[name] !== undefined &&
    siblings.some((e) => [name, within].every((n) => n === "account" || e.members[n] === input[n]));
  return action.parameters.flatMap(({ name, uniqueWithin, refusals }) =>
    refusals.has("unique") && isTaken(name, uniqueWithin) ? (refusals.get("unique")?.codes.slice(0, 1) ?? []) : [],
  );
}

function create(
  action: Action,
  resource: Resource,
  state: DerivedState,
  sent: CallMembers,
  { refuse, newId, now }: HandlerContext,
): HandlerResult {
  const input = withoutNulls(sent);
  const siblings = state.entities.filter((e) => e.resource === resource.name);
  const codes = codesOfTakenValues(action, state, input, { resource: resource.name });
  const outer = [...action.given].flatMap(([name, s]) =>
    s.kind === "new" ? [] : idsIn(input, name, s.itemMember).map((id) => keyOf(s.resource, id)),
  );
  const outermost = state.entities.flatMap((e) => (outer.includes(keyOf(e.resource, e.id)) ? [...e.containers] : []));
  const containers = new Set([...outer, ...outermost]);
  const [root, ...steps] = resource.id.split(".");
  const chosenIds = root === "input" ? valuesAt(input, steps).filter((id) => id !== null) : [];
  const ids = chosenIds.length > 0 ? chosenIds : [assignedId(action, resource, steps, newId())];
  const existing = siblings.filter((e) => ids.includes(e.id) && outer.every((key) => e.containers.has(key)));
  if (existing.length > 0) codes.push(...(repetitionOf(action)?.refused?.codes.slice(0, 1) ?? []));
  const refusal = codes[0] === undefined ? undefined : refuse(codes[0]);
  if (refusal) return refusal;
  const idMember = (steps.at(-1) ?? "").replace("[]", "");
  for (const id of ids.filter((i) => !existing.some((e) => e.id === i)))
    state.entities.push({
      resource: resource.name,
      id,
      containers,
      members: { ...input, [idMember]: id },
      createdMs: now,
    });
  const shown = state.entities.find((e) => e.resource === resource.name && e.id === ids[0]);
  return derivedOutput(action, input, { ...input, [idMember]: ids[0] ?? null }, shown, state);
}

/** In the form of the resource's unknown ids as far as their beginning is literal, such as `n-`; a number where the output declares one. */
function assignedId(
  { output }: Action,
  { unknownIdPattern = "" }: Resource,
  steps: readonly string[],
  id: string,
): Json {
  if (schemaAt(output, `/${steps.join("/")}`).type === "integer") return Number.parseInt(id, 36) + 1;
  return `${/^[A-Za-z0-9_-]*(?=\[)/.exec(unknownIdPattern)?.[0] ?? ""}${id}`;
}

/** The values at `MemberList[].Member_Account`: one for each item of the list. */
const valuesAt = (input: CallMembers, steps: readonly string[]): Json[] =>
  steps.reduce<Json[]>(
    (values, step) =>
      values.flatMap((value) => {
        const member = (value as CallMembers | null)?.[step.replace("[]", "")] ?? null;
        return step.endsWith("[]") && Array.isArray(member) ? member : [member];
      }),
    [input],
  );

/** Deletes also what the resource contains, and what the spec says is deleted with it. */
function remove(service: Service, state: DerivedState, entity: Entity): void {
  if (!state.entities.includes(entity)) return;
  const key = keyOf(entity.resource, entity.id);
  state.entities = state.entities.filter((e) => e !== entity);
  state.deleted.add(key);
  for (const e of state.entities) {
    const isDeletedWith = service.resources.get(e.resource)?.deletedWith.includes(entity.resource) ?? false;
    if (e.containers.has(key) || (isDeletedWith && e.id === entity.id)) remove(service, state, e);
  }
}
