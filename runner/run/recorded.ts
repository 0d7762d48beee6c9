/** A call of a case → sent; where it creates, in the ledger first, and what it made becomes ours. */
import type { Action, Case, Members, Resource } from "../model.ts";
import type { Lease } from "../resources/lease.ts";
import { valueAt } from "../resources/paths.ts";
import type { Tenure } from "../resources/tenure.ts";
import { type Sent, send } from "./call.ts";
import type { Judging } from "./judging.ts";

const made = new WeakMap<Action, Resource | null>();

/** The resource that an action makes, or null. */
export function madeBy(action: Action): Resource | null {
  let found = made.get(action);
  if (found === undefined) {
    found = [...action.service.resources.values()].find((r) => r.create === action.name) ?? null;
    made.set(action, found);
  }
  return found;
}

/** Every call of a creating action goes to the ledger first; what it made is ours, and is cleared away after the case. */
export async function recorded(
  j: Judging,
  c: Case,
  members: Members,
  role: "before" | "judged" | "control",
  expected: readonly string[],
  made: Lease[],
  tenure: Tenure,
): Promise<Sent> {
  const call = { action: c.action, binding: c.binding, members };
  const resource = madeBy(c.action);
  if (!resource) return send(j.sending, j.to, call, role, expected);
  const { ledger } = j.leases.builder;
  const entry = ledger.intend({
    service: c.action.service.id,
    resource: resource.name,
    action: c.action.name,
    input: members,
  });
  const sent = await send(j.sending, j.to, call, role, expected);
  if (sent.outcome?.kind === "refusal") ledger.void(entry);
  if (sent.outcome?.kind !== "success") return sent;
  const id = valueAt(resource.id, { input: members, output: sent.outcome.output });
  if (id !== undefined) {
    ledger.made(entry, id);
    const containers = containersFor(c.action, resource, tenure);
    made.push({ resource, id, input: members, containers, supports: [], entry, key: "", private: true, gone: false });
  }
  return sent;
}

/** The containers that the call named for what it made. */
const containersFor = (action: Action, resource: Resource, tenure: Tenure): Lease[] =>
  [...action.given]
    .filter(([, state]) => resource.in.includes(state.resource))
    .flatMap(([name]) => [...tenure.standing(name)]);
