/** A lease → deletes the resource and its supports on the target, by exact id. */
import type { Lease } from "./lease.ts";
import type { ResourceContext } from "./resource-context.ts";
import { deleteMembers, notFoundCodes } from "./setup-members.ts";

/** False if something could not be deleted; it stays in the ledger. */
export async function deleteLease(
  context: ResourceContext,
  lease: Lease,
  mayBeModified = lease.mayBeModified,
): Promise<boolean> {
  let done = true;
  if (!lease.deleted && lease.ledgerEntry !== null) {
    // Deleting the container has deleted the resource in it.
    const container = lease.containers.find((c) => c.deleted && lease.resource.deletedWith.includes(c.resource.name));
    done = container !== undefined || (await isDeleted(context, lease, mayBeModified));
    if (done) {
      lease.deleted = true;
      context.ledger.recordDeleted(lease.ledgerEntry);
    }
  }
  for (const support of [...lease.supports].reverse())
    done = (await deleteLease(context, support, mayBeModified || support.mayBeModified)) && done;
  return done;
}

/** "Not found" for a resource that no call has modified may mean that it is not visible yet: it stays in the ledger. */
async function isDeleted(context: ResourceContext, lease: Lease, mayBeModified: boolean): Promise<boolean> {
  const { kind } = await callDelete(context, lease);
  return kind === "accepted" || (kind === "not-found" && (mayBeModified || lease.resource.consistencySeconds === 0));
}

export type DeleteResult =
  | { readonly kind: "accepted" }
  | { readonly kind: "not-found" }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "unclear"; readonly reason: string };

/** Calls the delete action once, with the exact id. */
export async function callDelete(context: ResourceContext, lease: Lease): Promise<DeleteResult> {
  const { name, delete: deleteAction = "" } = lease.resource;
  const action = context.service.actions.get(deleteAction);
  if (!action) return { kind: "unclear", reason: `no action deletes a ${name}` };
  const result = await context.call(action, deleteMembers(action, lease), "cleanup");
  if (result.kind === "accepted") return { kind: "accepted" };
  if (result.kind !== "refused") return { kind: "unclear", reason: result.reason };
  return notFoundCodes(action).has(result.code) ? { kind: "not-found" } : { kind: "refused", code: result.code };
}
