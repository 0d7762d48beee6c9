/** A call of a case -> its result. A call that creates a resource is recorded in the ledger before it is sent. */
import type { Action, CallMembers, Case, HttpRequest, Json, Resource } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import { type Lease, standaloneLease } from "../../resources/lease.ts";
import { containerIds } from "../../resources/ledger.ts";
import { resolveId } from "../../resources/value-path.ts";
import { idMember } from "../../spec/id-member.ts";
import type { EvaluationContext } from "../evaluate/context.ts";
import { mayHaveHadEffect, type SendResult, send } from "./send.ts";

/** A lease of a created resource that belongs to the run is added to `created`, so that it is deleted after the case. */
export async function sendTracked(
  context: EvaluationContext,
  testCase: Case,
  members: CallMembers,
  role: "before" | "judged" | "control",
  expected: readonly string[],
  created: Lease[],
  caseResources: CaseResources,
  signedBefore?: HttpRequest,
): Promise<SendResult> {
  const { action, binding, edit } = testCase;
  const call = { action, binding, members };
  const mutation = role === "judged" && edit?.op === "request" ? edit.mutation : undefined;
  const resource = action.creates;
  if (!resource) return send(context.sendContext, context.to, call, role, expected, mutation, signedBefore);
  const { ledger } = context.pool.context;
  const containers = containerLeases(action, resource, caseResources, members);
  const intent = {
    service: action.service.id,
    resource: resource.name,
    action: action.name,
    input: members,
    containers: containerIds(containers),
  };
  const entry = ledger.recordIntent(intent);
  const sent = await send(context.sendContext, context.to, call, role, expected, mutation);
  if (sent.outcome?.kind !== "success") {
    // The expected refusal created nothing, whatever else its code may mean.
    const isExpectedRefusal =
      !sent.unsafeRetry && sent.outcome?.kind === "refusal" && expected.includes(sent.outcome.code);
    if (isExpectedRefusal || !mayHaveHadEffect(sent, action)) ledger.recordNotCreated(entry);
    return sent;
  }
  const id = resolveId(resource.id, { input: members, output: sent.outcome.output });
  if (id === undefined) return sent;
  // Decided before the id is recorded: the ledger never lists a resource as created that may belong to someone else.
  if (!isOwnedByRun(context, action, resource, id, caseResources)) {
    ledger.recordKept(
      entry,
      `${action.name} also accepts an existing id, so the ${resource.name} may not belong to this run`,
    );
    return sent;
  }
  const existing = caseResources.leases.filter((lease) => lease.resource === resource && !lease.deleted);
  const parts = partsOf(resource, id, members, containers).filter(
    (part) => !existing.some((lease) => lease.id === part.id && lease.containers[0]?.id === part.containers[0]?.id),
  );
  for (const [i, part] of parts.entries()) {
    const number = i === 0 ? entry : ledger.recordIntent({ ...intent, containers: containerIds(part.containers) });
    ledger.recordCreated(number, part.id);
    created.push(standaloneLease(resource, part.id, members, part.containers, number));
  }
  if (parts.length === 0) ledger.recordNotCreated(entry);
  return sent;
}

interface CreatedPart {
  readonly id: Json;
  readonly containers: readonly Lease[];
}

/** A call may put several items into a container (`id` is `input.LIST[].MEMBER`), or one into several containers. */
function partsOf({ id: path }: Resource, id: Json, input: CallMembers, containers: readonly Lease[]): CreatedPart[] {
  const [list, member] = path.replace("input.", "").split("[].");
  const items = member === undefined ? undefined : input[list ?? ""];
  const ids = Array.isArray(items) ? items.map((item) => (item as CallMembers)[member ?? ""] ?? null) : [id];
  const isSeveral = containers.length > 1 && containers.every(({ resource }) => resource === containers[0]?.resource);
  return ids.flatMap((item) =>
    (isSeveral ? containers.map((container) => [container]) : [containers]).map((inside) => ({
      id: item,
      containers: inside,
    })),
  );
}

/**
 * A resource belongs to the run if the target chose its id, if the id contains the run id, if the id is that of a lease of
 * this case, or if the action refuses an existing id. Any other resource may have existed before: it is not deleted.
 */
function isOwnedByRun(
  context: EvaluationContext,
  action: Action,
  resource: Resource,
  id: Json,
  caseResources: CaseResources,
): boolean {
  if (resource.id.startsWith("output.") || JSON.stringify(id).includes(context.run)) return true;
  const idParameter = idMember(resource.id);
  if (action.parameters.find((p) => p.name === idParameter)?.refusals.has("unique")) return true;
  return caseResources.leases.some((lease) => lease.id === id);
}

/** The leases of the containers in which the call creates its resource: those that it names, else those of the judged call. */
export const containerLeases = (
  action: Action,
  resource: Resource,
  caseResources: CaseResources,
  members: CallMembers,
): Lease[] =>
  [...action.given]
    .filter(([, state]) => resource.containers.includes(state.resource))
    .flatMap(([name, { resource: container }]) => {
      const ids = [members[name] ?? []].flat();
      const named = caseResources.leases.filter((lease) => lease.resource.name === container && ids.includes(lease.id));
      return named.length > 0 ? named : [...caseResources.leasesOf(name)];
    });
