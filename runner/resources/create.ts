/** A state by name → a resource on the target, made through its own actions, the ledger first. */
import type { Action, CallMembers, Json, Resource, ResourceState, Service } from "../model/index.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import { providedResourceKey } from "../spec/target-resources.ts";
import { deleteLease } from "./delete.ts";
import { type Lease, withContainers } from "./lease.ts";
import { containerIds } from "./ledger.ts";
import type { ResourceContext } from "./resource-context.ts";
import { newMemberValue, wrapIds } from "./setup-members.ts";
import { MissingProvidedResourceError, SetupError } from "./target-call.ts";
import { resolveId } from "./value-path.ts";

export interface CreateRequest {
  readonly resource: Resource;
  readonly containers: readonly Lease[];
  readonly createMembers: CallMembers;
  readonly exclusive: boolean;
  readonly key: string;
  /** The id to be used, where the client chooses it. */
  readonly id?: Json;
}

export function resourceOf(service: Service, state: ResourceState): Resource {
  const found = service.resources.get(state.resource);
  if (!found) throw new Error(`${service.id} has no resource "${state.resource}"`);
  return found;
}

export async function createResource(context: ResourceContext, wanted: CreateRequest): Promise<Lease> {
  const { resource } = wanted;
  const base = {
    resource,
    containers: wanted.containers,
    key: wanted.key,
    exclusive: wanted.exclusive,
    deleted: false,
    mayBeModified: false,
  };
  if (resource.id === "given") {
    const need = providedResourceKey(resource);
    const id = context.providedResources[need];
    if (id === undefined) throw new MissingProvidedResourceError(need);
    return { ...base, id, input: {}, supports: [], ledgerEntry: null };
  }
  const create = context.service.actions.get(resource.create ?? "");
  if (!create) throw new Error(`${context.service.id}: nothing makes a ${resource.name}`);
  const supports: Lease[] = [];
  try {
    const input = await createMembers(context, create, wanted, supports);
    const { id, entry } = await send(context, create, wanted, input);
    return { ...base, id, input, supports, ledgerEntry: entry };
  } catch (error) {
    for (const support of supports.reverse()) await deleteLease(context, support);
    throw error;
  }
}

/** A valid call of the create: containers where its given state names them, a fresh or wanted id, the rest after its own given. */
async function createMembers(
  context: ResourceContext,
  create: Action,
  wanted: CreateRequest,
  supports: Lease[],
): Promise<CallMembers> {
  const lineage = wanted.containers.flatMap((c) => [...withContainers(c)]);
  const name = { seed: context.seed, token: context.newToken() };
  const members: CallMembers = {};
  for (const p of create.parameters) {
    const state = create.given.get(p.name);
    if (!state && !p.required) continue;
    members[p.name] =
      state && state.kind !== "new" ? await resolveState(p.name, state) : newMemberValue(create, p, state, name);
    if (state?.kind === "new" && state.resource === wanted.resource.name && wanted.id !== undefined)
      members[p.name] = wanted.id;
  }
  return { ...members, ...wanted.resource.createMembers, ...wanted.createMembers };

  async function resolveState(parameter: string, state: ResourceState): Promise<Json> {
    const p = create.parameters.find((q) => q.name === parameter);
    const holder = lineage.find((l) => l.resource.name === state.resource);
    if (holder) return wrapIds(state, p, [holder.id]);
    const within: Lease[] = [];
    for (const ref of state.containers) {
      const resource = ref.startsWith("another ") ? ref.slice("another ".length) : create.given.get(ref)?.resource;
      const known = ref.startsWith("another ") ? undefined : lineage.find((l) => l.resource.name === resource);
      const container = known ?? (await createSupport(resource ?? "", [], {}));
      within.push(container);
    }
    const ids: Json[] = [];
    for (let i = 0; i < state.count; i++)
      ids.push((await createSupport(state.resource, within, state.createMembers)).id);
    return wrapIds(state, p, ids);
  }

  async function createSupport(resource: string, containers: readonly Lease[], args: CallMembers): Promise<Lease> {
    const found = context.service.resources.get(resource);
    if (!found) throw new Error(`${context.service.id} has no resource "${resource}"`);
    const lease = await createResource(context, {
      resource: found,
      containers: await contained(found, containers),
      createMembers: args,
      exclusive: true,
      key: "",
    });
    supports.push(lease);
    return lease;
  }

  /** A support that must itself stand in something that nobody named. */
  async function contained(resource: Resource, containers: readonly Lease[]): Promise<readonly Lease[]> {
    const rest: Lease[] = [...containers];
    for (const name of resource.containers) {
      if (rest.some((c) => c.resource.name === name)) continue;
      rest.push(
        lineage.find((l) => l.resource.name === name && resource.containers.length > 0 && sharedContainer(name)) ??
          (await createSupport(name, [], {})),
      );
    }
    return rest;
  }

  /** Only what the target gives (a zone) is shared between a resource and its supports. */
  function sharedContainer(name: string): boolean {
    return context.service.resources.get(name)?.id === "given";
  }
}

async function send(
  context: ResourceContext,
  create: Action,
  { resource, containers }: CreateRequest,
  input: CallMembers,
): Promise<{ id: Json; entry: number }> {
  const entry = context.ledger.recordIntent({
    service: context.service.id,
    resource: resource.name,
    action: create.name,
    input,
    containers: containerIds(containers),
  });
  const answer = await context.call(create, input, "setup");
  if (answer.kind === "unsent") {
    context.ledger.recordNotCreated(entry);
    throw new SetupError(`set-up: ${create.name}: ${answer.why}`);
  }
  if (answer.kind === "refused") {
    context.ledger.recordNotCreated(entry);
    const ofRequest = findErrorCode(create, answer.code)?.causes.includes("request") ?? false;
    throw new SetupError(`set-up: ${create.name} was refused with ${answer.code}`, {
      blocked: { action: create.id, response: answer.code },
      exchange: answer.exchange,
      ...(ofRequest ? { refused: answer.code } : {}),
    });
  }
  if (answer.kind === "unclear")
    throw new SetupError(`set-up: ${create.name}: ${answer.why}`, {
      blocked: { action: create.id, response: answer.why },
      exchange: answer.exchange,
    });
  const id = resolveId(resource.id, { input, output: answer.output });
  if (id === undefined)
    throw new SetupError(`set-up: ${create.name} told no id at ${resource.id}`, { exchange: answer.exchange });
  context.ledger.recordCreated(entry, id);
  return { id, entry };
}
