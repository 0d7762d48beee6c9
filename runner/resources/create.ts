/** A resource state → a new resource on the target, created by the service's own actions; each create call is in the ledger first. */
import type { Action, CallMembers, Json, Resource, ResourceState, Service } from "../model/index.ts";
import { tokenValue } from "../spec/case-token.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import { idMember } from "../spec/id-member.ts";
import { providedResourceKey } from "../spec/target-resources.ts";
import { keepsRules, withFewestMembers, withOptionalMembers } from "../values/keeps-rules.ts";
import { deleteLease } from "./delete.ts";
import { type Lease, withContainers } from "./lease.ts";
import { containerIds } from "./ledger.ts";
import { isOptionalMember, type Resembling, resembledValue } from "./resembling.ts";
import type { ResourceContext } from "./resource-context.ts";
import { newMemberValue, wrapIds } from "./setup-members.ts";
import { MissingProvidedResourceError, SetupError } from "./target-call.ts";
import { resolveId } from "./value-path.ts";
import { waitUntilVisible } from "./wait-until-visible.ts";

export interface CreateRequest {
  readonly resource: Resource;
  readonly containers: readonly Lease[];
  /** Members of the create call, in addition to those of the resource. */
  readonly createMembers: CallMembers;
  readonly exclusive: boolean;
  readonly key: string;
  /** The id to use: one that the client chooses, or that of an existing resource which the call puts into a container. */
  readonly id?: Json;
  /** Present where optional members are sent as well. */
  readonly allMembers?: true;
  /** The lease that the new resource resembles. */
  readonly resembling?: Resembling;
}

export function resourceOf(service: Service, state: ResourceState): Resource {
  const resource = service.resources.get(state.resource);
  if (!resource) throw new Error(`${service.id} has no resource "${state.resource}"`);
  return resource;
}

export async function createResource(context: ResourceContext, request: CreateRequest): Promise<Lease> {
  const { resource, containers, key, exclusive } = request;
  const base = { resource, containers, key, exclusive, deleted: false, mayBeModified: false };
  if (resource.id === "given") {
    const resourceKey = providedResourceKey(resource);
    const id = context.providedResources[resourceKey];
    if (id === undefined) throw new MissingProvidedResourceError(resourceKey);
    return { ...base, id, input: {}, supports: [], ledgerEntry: null };
  }
  const create = context.service.actions.get(resource.create ?? "");
  if (!create) throw new Error(`${context.service.id}: no action creates a ${resource.name}`);
  const supports: Lease[] = [];
  try {
    const input = await createMembers(context, create, request, supports);
    const { id, ledgerEntry } = await callCreate(context, create, request, input);
    return { ...base, id, input, supports, ledgerEntry };
  } catch (error) {
    for (const support of supports.reverse()) await deleteLease(context, support);
    throw error;
  }
}

/**
 * The members of a valid create call: the requested containers where it names them, the requested id or a new one, and new
 * resources for everything else that it needs. These are added to `supports`.
 */
async function createMembers(
  context: ResourceContext,
  create: Action,
  request: CreateRequest,
  supports: Lease[],
): Promise<CallMembers> {
  const availableLeases = request.containers.flatMap((container) => [...withContainers(container)]);
  const name = { seed: context.seed, token: context.newToken() };
  const members: CallMembers = {};
  const optional: CallMembers = {};
  const { allMembers = false, resembling, id } = request;
  // Without such rules the required members alone are a valid call.
  const mayNeedOptional = allMembers || create.crossParameterRules.length > 0;
  for (const parameter of create.parameters) {
    const state = create.given.get(parameter.name);
    const original = resembling?.lease.input[parameter.name];
    if (!state && !parameter.required && original === undefined) {
      if (mayNeedOptional && isOptionalMember(create, parameter))
        optional[parameter.name] = newMemberValue(create, parameter, state, name);
      continue;
    }
    const isNewId = state?.kind === "new" && state.resource === request.resource.name;
    const isSameId = resembling?.how === "same-id" && parameter.name === idMember(request.resource.id);
    if (id !== undefined && (isNewId || isSameId)) members[parameter.name] = wrapIds(state, parameter, [id]);
    else if (state && state.kind !== "new") members[parameter.name] = await resolveState(parameter.name, state);
    else if (resembling && original !== undefined)
      members[parameter.name] = resembledValue(create, parameter, original, resembling.how);
    else members[parameter.name] = newMemberValue(create, parameter, state, name);
  }
  const written = Object.entries({ ...request.resource.createMembers, ...request.createMembers });
  const find = (name: string) => create.parameters.find((p) => p.name === name);
  for (const [member, value] of written) members[member] = tokenValue(value, name.token, find(member));
  if (allMembers) return withOptionalMembers(create, members, optional);
  return keepsRules(create, members) ? members : withFewestMembers(create, members, optional);

  async function resolveState(parameterName: string, state: ResourceState): Promise<Json> {
    const parameter = create.parameters.find((p) => p.name === parameterName);
    const available = availableLeases.find((lease) => lease.resource.name === state.resource);
    if (available) return wrapIds(state, parameter, [available.id]);
    const containers: Lease[] = [];
    for (const ref of state.containers) {
      const isAnother = ref.startsWith("another ");
      const resourceName = isAnother ? ref.slice("another ".length) : create.given.get(ref)?.resource;
      const availableContainer = isAnother
        ? undefined
        : availableLeases.find((lease) => lease.resource.name === resourceName);
      containers.push(availableContainer ?? (await createSupport(resourceName ?? "", [], {})));
    }
    const ids: Json[] = [];
    for (let i = 0; i < state.count; i++)
      ids.push((await createSupport(state.resource, containers, state.createMembers, i)).id);
    return wrapIds(state, parameter, ids);
  }

  async function createSupport(
    resourceName: string,
    containers: readonly Lease[],
    supportMembers: CallMembers,
    index = 0,
  ): Promise<Lease> {
    const resource = context.service.resources.get(resourceName);
    if (!resource) throw new Error(`${context.service.id} has no resource "${resourceName}"`);
    const { resembling } = request;
    const original = resembling?.lease.supports.filter((support) => support.resource === resource)[index];
    const lease = await createResource(context, {
      resource,
      containers: await addMissingContainers(resource, containers),
      createMembers: supportMembers,
      exclusive: true,
      key: "",
      ...(resembling && original ? { resembling: { ...resembling, lease: original } } : {}),
    });
    supports.push(lease);
    await waitUntilVisible(context, lease);
    return lease;
  }

  /** Adds a lease for each container that the support needs and that its state does not name. */
  async function addMissingContainers(resource: Resource, containers: readonly Lease[]): Promise<readonly Lease[]> {
    const all: Lease[] = [...containers];
    for (const containerName of resource.containers) {
      if (all.some((container) => container.resource.name === containerName)) continue;
      all.push(
        availableLeases.find(
          (lease) =>
            lease.resource.name === containerName && resource.containers.length > 0 && isProvided(containerName),
        ) ?? (await createSupport(containerName, [], {})),
      );
    }
    return all;
  }

  /** Only containers that the target provides, such as a zone, are shared between a resource and its supports. */
  function isProvided(resourceName: string): boolean {
    return context.service.resources.get(resourceName)?.id === "given";
  }
}

async function callCreate(
  context: ResourceContext,
  create: Action,
  { resource, containers }: CreateRequest,
  input: CallMembers,
): Promise<{ id: Json; ledgerEntry: number }> {
  const ledgerEntry = context.ledger.recordIntent({
    service: context.service.id,
    resource: resource.name,
    action: create.name,
    input,
    containers: containerIds(containers),
  });
  const result = await context.call(create, input, "setup");
  if (result.kind === "unsent") {
    context.ledger.recordNotCreated(ledgerEntry);
    throw new SetupError(`set-up: ${create.name}: ${result.reason}`, { exchange: result.exchange });
  }
  if (result.kind === "refused") {
    context.ledger.recordNotCreated(ledgerEntry);
    const isRequestCode = findErrorCode(create, result.code)?.causes.includes("request") ?? false;
    throw new SetupError(`set-up: ${create.name} was refused with ${result.code}`, {
      blockedBy: { action: create.id, response: result.code },
      exchange: result.exchange,
      ...(isRequestCode ? { requestErrorCode: result.code } : {}),
    });
  }
  if (result.kind === "unclear")
    throw new SetupError(`set-up: ${create.name}: ${result.reason}`, {
      blockedBy: { action: create.id, response: result.reason },
      exchange: result.exchange,
      mayPass: result.mayPass ?? false,
    });
  const id = resolveId(resource.id, { input, output: result.output });
  if (id === undefined)
    throw new SetupError(`set-up: the response of ${create.name} has no id at ${resource.id}`, {
      exchange: result.exchange,
    });
  context.ledger.recordCreated(ledgerEntry, id);
  return { id, ledgerEntry };
}
