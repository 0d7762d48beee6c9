/** A lease → deleted on the target with its supports, by its exact id. */
import type { Lease } from "./lease.ts";
import type { ResourceContext } from "./resource-context.ts";
import { deleteMembers, notFoundCodes } from "./setup-members.ts";

/** Deletes a lease and what supported it. False where the target would not: the ledger keeps it. */
export async function deleteLease(
  context: ResourceContext,
  lease: Lease,
  touched = lease.mayBeModified,
): Promise<boolean> {
  let done = true;
  if (!lease.deleted && lease.ledgerEntry !== null) {
    // What is in a container that goes too need not be deleted by itself.
    const container = lease.containers.find((c) => c.deleted && lease.resource.deletedWith.includes(c.resource.name));
    done = container !== undefined || (await isDeleted(context, lease, touched));
    if (done) {
      lease.deleted = true;
      context.ledger.recordDeleted(lease.ledgerEntry);
    }
  }
  for (const support of [...lease.supports].reverse())
    done = (await deleteLease(context, support, touched || support.mayBeModified)) && done;
  return done;
}

/** That something is not there which nobody has touched may only mean that it is not there yet: then the ledger keeps it. */
async function isDeleted(context: ResourceContext, lease: Lease, touched: boolean): Promise<boolean> {
  const { kind } = await callDelete(context, lease);
  return kind === "accepted" || (kind === "gone" && (touched || lease.resource.consistencySeconds === 0));
}

export type DeleteResult =
  | { readonly kind: "accepted" }
  /** The target says that it is not there. */
  | { readonly kind: "gone" }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "unclear"; readonly why: string };

/** One try to delete it, by its exact id. */
export async function callDelete(context: ResourceContext, lease: Lease): Promise<DeleteResult> {
  const { name, delete: by = "" } = lease.resource;
  const action = context.service.actions.get(by);
  if (!action) return { kind: "unclear", why: `nothing deletes a ${name}` };
  const answer = await context.call(action, deleteMembers(action, lease), "cleanup");
  if (answer.kind === "accepted") return { kind: "accepted" };
  if (answer.kind !== "refused") return { kind: "unclear", why: answer.why };
  return notFoundCodes(action).has(answer.code) ? { kind: "gone" } : { kind: "refused", code: answer.code };
}
