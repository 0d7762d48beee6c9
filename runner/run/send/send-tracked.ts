/** A call of a case → sent; where it creates, in the ledger first, and what it made becomes ours. */
import type { Action, CallMembers, Case, Json, Resource } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import { type Lease, standaloneLease } from "../../resources/lease.ts";
import { containerIds } from "../../resources/ledger.ts";
import { idMember, resolveId } from "../../resources/value-path.ts";
import type { EvaluationContext } from "../evaluate/context.ts";
import { mayHaveHadEffect, type SendResult, send } from "./send.ts";

/** Every call of a creating action goes to the ledger first; what it made is ours, and is cleared away after the case. */
export async function sendTracked(
  j: EvaluationContext,
  c: Case,
  members: CallMembers,
  role: "before" | "judged" | "control",
  expected: readonly string[],
  made: Lease[],
  tenure: CaseResources,
): Promise<SendResult> {
  const call = { action: c.action, binding: c.binding, members };
  const tampering = role === "judged" && c.edit?.op === "request" ? c.edit.mutation : undefined;
  const resource = c.action.creates;
  if (!resource) return send(j.sendContext, j.to, call, role, expected, tampering);
  const { ledger } = j.pool.context;
  const containers = containerLeases(c.action, resource, tenure);
  const entry = ledger.recordIntent({
    service: c.action.service.id,
    resource: resource.name,
    action: c.action.name,
    input: members,
    containers: containerIds(containers),
  });
  const sent = await send(j.sendContext, j.to, call, role, expected, tampering);
  if (sent.outcome?.kind !== "success") {
    // The refusal that was asked for is one, whatever else its code may mean.
    const asked = !sent.repeated && sent.outcome?.kind === "refusal" && expected.includes(sent.outcome.code);
    if (asked || !mayHaveHadEffect(sent, c.action)) ledger.recordNotCreated(entry);
    return sent;
  }
  const id = resolveId(resource.id, { input: members, output: sent.outcome.output });
  if (id === undefined) return sent;
  // Said first: nothing that may be somebody's is ever in the ledger as ours.
  if (!isOwnedByRun(j, c.action, resource, id, tenure)) {
    ledger.recordKept(
      entry,
      `${c.action.name} accepts what is there already, so the ${resource.name} may be somebody's`,
    );
    return sent;
  }
  ledger.recordCreated(entry, id);
  made.push(standaloneLease(resource, id, members, containers, entry));
  return sent;
}

/**
 * Ours is what the target named anew, what carries the run's id, what stands on a resource of ours, and what a create
 * that refuses an existing one has made. Anything else may have been somebody's before: it stays, and the ledger says so.
 */
function isOwnedByRun(
  j: EvaluationContext,
  action: Action,
  resource: Resource,
  id: Json,
  tenure: CaseResources,
): boolean {
  if (resource.id.startsWith("output.") || JSON.stringify(id).includes(j.run)) return true;
  const named = idMember(resource.id);
  if (action.parameters.find((p) => p.name === named)?.refusals.has("unique")) return true;
  return [...action.given.keys()].some((name) => tenure.leasesOf(name).some((lease) => lease.id === id));
}

/** The containers that the call named for what it made. */
export const containerLeases = (action: Action, resource: Resource, tenure: CaseResources): Lease[] =>
  [...action.given]
    .filter(([, state]) => resource.containers.includes(state.resource))
    .flatMap(([name]) => [...tenure.leasesOf(name)]);
