/** A create without an answer → whether what it may have made is there, and ours. Nothing else is ever deleted. */
import type { Json, Probe } from "../model/index.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import type { Lease } from "./lease.ts";
import type { OpenEntry } from "./ledger.ts";
import { runProbe } from "./probe.ts";
import type { ResourceContext } from "./resource-context.ts";
import { isNotFoundCode } from "./setup-members.ts";
import { resolvePath } from "./value-path.ts";

export type Ownership =
  | { readonly kind: "ours"; readonly id: Json }
  | { readonly kind: "absent" }
  | { readonly kind: "retry"; readonly why: string }
  | { readonly kind: "leave"; readonly why: string };

/** True for a value that only the run that is swept can have made up, or that the target has named to it. */
export type IsOwnedByRun = (value: Json | undefined) => boolean;

export const ownedByRun = (run: string, entries: readonly OpenEntry[]): IsOwnedByRun => {
  // A short id that a client chose says nothing: another thing of somebody else's may have the same.
  const told = new Set(
    entries.flatMap(({ id, input }) =>
      id === undefined || JSON.stringify(input).includes(JSON.stringify(id)) ? [] : JSON.stringify(id),
    ),
  );
  return (value) => {
    const text = value === undefined ? "" : JSON.stringify(value);
    return text.includes(run) || told.has(text);
  };
};

export async function resolveOwnership(context: ResourceContext, ours: IsOwnedByRun, lease: Lease): Promise<Ownership> {
  const { resource, input } = lease;
  if (resource.id.startsWith("output.")) return ownershipByList(context, ours, lease);
  const id = resolvePath(resource.id, { input, output: undefined });
  // A call that names nothing has made nothing by that name.
  if (id === undefined || id === null || id === "") return { kind: "absent" };
  return ours(id) ? { kind: "ours", id } : ownershipByProbe(context, ours, { ...lease, id });
}

/** The server chose the id and never told it: an entry of the list whose whole name is ours is ours. */
async function ownershipByList(context: ResourceContext, ours: IsOwnedByRun, lease: Lease): Promise<Ownership> {
  const { lookup, name } = lease.resource;
  if (!lookup)
    return { kind: "leave", why: `the target chose the id of the ${name} and never told it; nothing lists it` };
  const named = Object.values(lookup.match).some(
    (path) => typeof path === "string" && ours(resolvePath(path, { input: lease.input, output: undefined })),
  );
  const { call, members, pagination, listPointer, match } = lookup;
  const probe: Probe = {
    call,
    members,
    expectListed: { listPointer, ...match },
    ...(pagination ? { pagination } : {}),
  };
  const seen = await runProbe(context, lease, probe);
  if (seen.kind === "unclear") return { kind: "retry", why: `${call}: ${seen.why}` };
  if (seen.kind === "fails")
    // Where what it was to stand in is not there, nothing was made.
    return seen.seen === "not found" ||
      isNotFoundCode(context.service, call, seen.seen) ||
      containerIsMissing(context, lease, call, seen.seen)
      ? { kind: "absent" }
      : { kind: "retry", why: `${call} was refused with ${seen.seen}` };
  if (!named)
    return { kind: "leave", why: `the target never told the id of the ${name}, and its name is too short to tell it` };
  const id = memberOf(seen.entry, lookup.idMember);
  return id === undefined ? { kind: "retry", why: `${call} tells no ${lookup.idMember}` } : { kind: "ours", id };
}

/** An id too short for the run's: ours where it stands in what is ours, or is listed under a name that is. */
async function ownershipByProbe(context: ResourceContext, ours: IsOwnedByRun, lease: Lease): Promise<Ownership> {
  const { resource, input, containers } = lease;
  const gone = resource.probes.get("gone");
  const there = gone ? await runProbe(context, lease, gone) : undefined;
  if (there?.kind === "holds") return { kind: "absent" };
  if (there?.kind === "fails" && isRequestError(context, gone?.call, there.seen)) return { kind: "absent" };
  const named = resource.probes.get("as created");
  const tells = Object.values(named?.expectListed ?? {}).some(
    (path) =>
      typeof path === "string" && path.startsWith("input.") && ours(resolvePath(path, { input, output: undefined })),
  );
  const inside = containers.some(({ id }) => ours(id));
  const proof =
    (tells ? named : undefined) ??
    (inside ? (resource.probes.get("a member") ?? resource.probes.get("exists")) : undefined);
  const why = `its id ${JSON.stringify(lease.id)} does not carry the run's, so the ${resource.name} may be somebody's`;
  if (!proof) return { kind: "leave", why };
  const seen = await runProbe(context, lease, proof);
  if (seen.kind === "unclear") return { kind: "retry", why: `${proof.call}: ${seen.why}` };
  if (seen.kind === "holds") return { kind: "ours", id: lease.id };
  // What stood in something of ours is not there, or went with it.
  return inside && proof !== named ? { kind: "absent" } : { kind: "leave", why };
}

/** True where the refusal says that there can be no such id. */
export function isRequestError(context: ResourceContext, action: string | undefined, code: string): boolean {
  const asked = context.service.actions.get(action ?? "");
  return (asked && findErrorCode(asked, code)?.causes.includes("request")) ?? false;
}

/**
 * True where the target takes no such container as the create named: then nothing can have been made in it. A question that
 * could not even name one proves nothing.
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
