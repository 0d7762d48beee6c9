/** An entry whose create call got no response → whether its resource exists and belongs to the run. Nothing else may be deleted. */
import type { Json, Probe } from "../model/index.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import type { Lease } from "./lease.ts";
import type { OpenEntry } from "./ledger.ts";
import { runProbe } from "./probe.ts";
import type { ResourceContext } from "./resource-context.ts";
import { isNotFoundCode } from "./setup-members.ts";
import { resolvePath } from "./value-path.ts";

export type Ownership =
  | { readonly kind: "owned"; readonly id: Json }
  | { readonly kind: "absent" }
  | { readonly kind: "retry"; readonly reason: string }
  | { readonly kind: "leave"; readonly reason: string };

/** True for a value that contains the run id, or for an id that the target chose for a resource of the run. */
export type IsOwnedByRun = (value: Json | undefined) => boolean;

export const ownedByRun = (run: string, entries: readonly OpenEntry[]): IsOwnedByRun => {
  // Only ids that the target chose: a short id that the run chose may also be the id of another resource.
  const idsFromTarget = new Set(
    entries.flatMap(({ id, input }) =>
      id === undefined || JSON.stringify(input).includes(JSON.stringify(id)) ? [] : JSON.stringify(id),
    ),
  );
  return (value) => {
    const text = value === undefined ? "" : JSON.stringify(value);
    return text.includes(run) || idsFromTarget.has(text);
  };
};

export async function resolveOwnership(
  context: ResourceContext,
  isOwned: IsOwnedByRun,
  lease: Lease,
): Promise<Ownership> {
  const { resource, input } = lease;
  if (resource.id.startsWith("output.")) return ownershipByList(context, isOwned, lease);
  const id = resolvePath(resource.id, { input, output: undefined });
  // A call without an id cannot have created a resource with an id of the client.
  if (id === undefined || id === null || id === "") return { kind: "absent" };
  return isOwned(id) ? { kind: "owned", id } : ownershipByProbe(context, isOwned, { ...lease, id });
}

/** The target chose the id, and the response with it was lost: a listed entry with a name of the run is owned by the run. */
async function ownershipByList(context: ResourceContext, isOwned: IsOwnedByRun, lease: Lease): Promise<Ownership> {
  const { lookup, name } = lease.resource;
  if (!lookup)
    return {
      kind: "leave",
      reason: `the target chose the id of the ${name}, no response gave it, and no action lists it`,
    };
  const matchesOwnName = Object.values(lookup.match).some(
    (path) => typeof path === "string" && isOwned(resolvePath(path, { input: lease.input, output: undefined })),
  );
  const { call, members, pagination, listPointer, match } = lookup;
  const probe: Probe = {
    call,
    members,
    expectListed: { listPointer, ...match },
    ...(pagination ? { pagination } : {}),
  };
  const result = await runProbe(context, lease, probe);
  if (result.kind === "unclear") return { kind: "retry", reason: `${call}: ${result.reason}` };
  if (result.kind === "fails")
    // Nothing was created if the container does not exist.
    return result.observed === "not found" ||
      isNotFoundCode(context.service, call, result.observed) ||
      containerIsMissing(context, lease, call, result.observed)
      ? { kind: "absent" }
      : { kind: "retry", reason: `${call} was refused with ${result.observed}` };
  if (!matchesOwnName)
    return {
      kind: "leave",
      reason: `no response gave the id of the ${name}, and its name does not contain the run id, so it may belong to someone else`,
    };
  const id = memberOf(result.entry, lookup.idMember);
  return id === undefined
    ? { kind: "retry", reason: `${call} lists it without ${lookup.idMember}` }
    : { kind: "owned", id };
}

/** The id is too short for the run id: owned if it is in a container of the run, or listed under a name of the run. */
async function ownershipByProbe(context: ResourceContext, isOwned: IsOwnedByRun, lease: Lease): Promise<Ownership> {
  const { resource, input, containers } = lease;
  const goneProbe = resource.probes.get("gone");
  const goneResult = goneProbe ? await runProbe(context, lease, goneProbe) : undefined;
  if (goneResult?.kind === "holds") return { kind: "absent" };
  if (goneResult?.kind === "fails" && isRequestError(context, goneProbe?.call, goneResult.observed))
    return { kind: "absent" };
  const asCreated = resource.probes.get("as created");
  const comparesOwnName = Object.values(asCreated?.expectListed ?? {}).some(
    (path) =>
      typeof path === "string" && path.startsWith("input.") && isOwned(resolvePath(path, { input, output: undefined })),
  );
  const inOwnContainer = containers.some(({ id }) => isOwned(id));
  const probe =
    (comparesOwnName ? asCreated : undefined) ??
    (inOwnContainer ? (resource.probes.get("a member") ?? resource.probes.get("exists")) : undefined);
  const reason = `its id ${JSON.stringify(lease.id)} does not contain the run id, so the ${resource.name} may belong to someone else`;
  if (!probe) return { kind: "leave", reason };
  const result = await runProbe(context, lease, probe);
  if (result.kind === "unclear") return { kind: "retry", reason: `${probe.call}: ${result.reason}` };
  if (result.kind === "holds") return { kind: "owned", id: lease.id };
  // A resource in a container of the run either was not created or was deleted with the container.
  return inOwnContainer && probe !== asCreated ? { kind: "absent" } : { kind: "leave", reason };
}

/** True if the code refuses the request itself: then no resource can have this id. */
export function isRequestError(context: ResourceContext, actionName: string | undefined, code: string): boolean {
  const action = context.service.actions.get(actionName ?? "");
  return (action && findErrorCode(action, code)?.causes.includes("request")) ?? false;
}

/**
 * True if the target refuses the container that the create call named: then nothing can have been created in it. Without an
 * id for each container the refusal proves nothing, because the call could not name them.
 */
export const containerIsMissing = (
  context: ResourceContext,
  { resource, containers }: Lease,
  call: string,
  code: string,
): boolean =>
  resource.containers.length > 0 &&
  containers.length >= resource.containers.length &&
  isRequestError(context, call, code);

const memberOf = (entry: Json | undefined, name: string): Json | undefined =>
  typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry[name] : undefined;
