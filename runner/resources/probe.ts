/** A probe of a resource → whether its expectation holds on the target. */
import jsonpointer from "jsonpointer";
import type { Action, CallMembers, ErrorCause, Exchange, Json, Probe } from "../model/index.ts";
import { causesOf } from "../spec/error-codes.ts";
import { memberOfEntry } from "../spec/returned-list.ts";
import type { Lease } from "./lease.ts";
import type { ResourceContext } from "./resource-context.ts";
import type { CallResult } from "./target-call.ts";
import { resolvePath } from "./value-path.ts";

/** `exchange` is the call that decided the result. */
export type ProbeResult = { readonly exchange?: Exchange } & (
  | { readonly kind: "holds"; readonly entry?: Json }
  /** `observed` is an error code, `success`, `found`, `not found`, or the members in which the entry differs: `another GroupName`. */
  | { readonly kind: "fails"; readonly observed: string }
  /** No response, or one from which nothing follows. */
  | { readonly kind: "unclear"; readonly reason: string }
);

/** Stops a target that always announces one more page. */
const MAX_PAGES = 200;
/** Shortest time for which a reading call is repeated, even if the documentation promises immediate visibility. */
export const MIN_POLL_MS = 2000;
/** Pause between two calls. It doubles: a fast target costs little time, and a slow one gets few calls. */
export const [MIN_PAUSE_MS, MAX_PAUSE_MS] = [50, 1000];

/** Repeats the probe until it has the wanted result, or the time in which changes must become visible is over. */
export async function pollProbe(
  context: ResourceContext,
  lease: Lease,
  probe: Probe,
  wanted: "holds" | "fails" = "holds",
): Promise<ProbeResult> {
  let remainingMs = Math.max(lease.resource.consistencySeconds * 1000, MIN_POLL_MS);
  for (let pause = MIN_PAUSE_MS; ; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
    const result = await runProbe(context, lease, probe);
    const wait = Math.min(pause, remainingMs);
    if (result.kind === wanted) return result;
    if (wait <= 0 || !(await context.pause(wait))) return result;
    remainingMs -= wait;
  }
}

/** Runs the probe once, over all pages. */
export async function runProbe(context: ResourceContext, lease: Lease, probe: Probe): Promise<ProbeResult> {
  const action = context.service.actions.get(probe.call);
  if (!action) throw new Error(`${context.service.id} has no action ${probe.call}`);
  const members = substitute(probe.members, lease) as CallMembers;
  let observed = "not found";
  for (let page = 1; page <= MAX_PAGES; page++) {
    if (page > 1 && !(await context.pause(0))) return { kind: "unclear", reason: "interrupted between two pages" };
    const call = await context.call(action, members, "probe");
    const result = evaluatePage(action, call, probe, lease);
    if (result !== undefined) return call.exchange === undefined ? result : { ...result, exchange: call.exchange };
    if (call.kind === "accepted") observed = differenceIn(call.output, probe.expectListed ?? {}, lease) ?? observed;
    if (call.kind !== "accepted" || nextPage(members, call.output, probe)) continue;
    const notFound: ProbeResult = probe.expectNotListed ? { kind: "holds" } : { kind: "fails", observed };
    return call.exchange === undefined ? notFound : { ...notFound, exchange: call.exchange };
  }
  return { kind: "unclear", reason: `${probe.call} announced more than ${MAX_PAGES} pages` };
}

/** Undefined if the entry is not on this page of the list. */
function evaluatePage(action: Action, call: CallResult, probe: Probe, lease: Lease): ProbeResult | undefined {
  if (call.kind === "unclear" || call.kind === "unsent") return { kind: "unclear", reason: call.reason };
  if (call.kind === "refused") {
    if (probe.expectCodes?.includes(call.code)) return { kind: "holds" };
    return isStateCode(action, call.code)
      ? { kind: "fails", observed: call.code }
      : { kind: "unclear", reason: call.code };
  }
  if (probe.expectSuccess) return { kind: "holds" };
  if (probe.expectCodes) return { kind: "fails", observed: "success" };
  const missing = missingList(call.output, probe);
  if (missing !== undefined) return { kind: "unclear", reason: missing };
  const entry = findEntry(call.output, probe.expectListed ?? probe.expectNotListed ?? {}, lease);
  if (entry === undefined) return undefined;
  return probe.expectListed ? { kind: "holds", entry } : { kind: "fails", observed: "found" };
}

/** Null is an empty list. Nothing follows from a response without the list, or without the total that ends the pagination. */
function missingList(
  output: Json | undefined,
  { call, pagination, expectListed, expectNotListed }: Probe,
): string | undefined {
  const pointer = String((expectListed ?? expectNotListed)?.["listPointer"]);
  const list = atPointer(output, pointer);
  if (!Array.isArray(list) && list !== null) return `the response of ${call} has no list at ${pointer}`;
  const { totalPointer } = pagination ?? {};
  if (totalPointer !== undefined && typeof atPointer(output, totalPointer) !== "number")
    return `the response of ${call} has no number at ${totalPointer}`;
  return undefined;
}

/** True if the code is about the state of the resource, not about the caller, the traffic or an action that is not implemented. */
function isStateCode(action: Action, code: string): boolean {
  if (action.service.envelope.notImplementedCodes.includes(code)) return false;
  const otherCauses: readonly ErrorCause[] = ["busy", "throttle", "auth", "account", "gateway"];
  return !causesOf(action, code).some((cause) => otherCauses.includes(cause));
}

/** The entry of the list that has all expected members. A member whose value the create call did not have is not compared. */
function findEntry(output: Json | undefined, expected: CallMembers, lease: Lease): Json | undefined {
  const { listPointer, ...members } = expected;
  const list = atPointer(output, String(listPointer));
  if (!Array.isArray(list)) return undefined;
  const values = Object.entries(members).map(([name, value]) => [name, substitute(value, lease)] as const);
  return list.find((entry) =>
    values.every(([name, value]) => value === undefined || isEqual(memberOfEntry(entry, name), value)),
  );
}

/** The members in which the entry with the id differs from what is expected; undefined where no entry has the id. */
function differenceIn(
  output: Json | undefined,
  { listPointer, ...members }: CallMembers,
  lease: Lease,
): string | undefined {
  const ids = Object.fromEntries(Object.entries(members).filter(([, value]) => value === "id"));
  if (Object.keys(ids).length === 0) return undefined;
  const entry = findEntry(output, { listPointer: listPointer ?? "", ...ids }, lease);
  if (entry === undefined) return undefined;
  const differing = Object.entries(members).filter(([name, value]) => {
    const expected = substitute(value, lease);
    return expected !== undefined && !isEqual(memberOfEntry(entry, name), expected);
  });
  return `another ${differing.map(([name]) => name).join(" and ")}`;
}

const isEqual = (actual: Json | undefined, expected: Json): boolean =>
  JSON.stringify(actual) === JSON.stringify(expected);

const atPointer = (output: Json | undefined, pointer: string): Json | undefined =>
  typeof output === "object" && output !== null ? (jsonpointer.get(output, pointer) as Json | undefined) : undefined;

/** Replaces `id`, `container` and `input.X` with the values of the lease; other values are literal. */
export function substitute(value: Json, lease: Lease): Json | undefined {
  if (value === "id") return lease.id;
  if (value === "container") return lease.containers[0]?.id;
  if (typeof value === "string" && value.startsWith("input."))
    return resolvePath(value, { input: lease.input, output: undefined });
  if (Array.isArray(value)) return value.map((item) => substitute(item, lease) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .flatMap(([name, member]) => [[name, substitute(member, lease)] as const])
      .filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}

/** Sets the next page in the members; false if this was the last one. */
function nextPage(
  members: CallMembers,
  output: Json | undefined,
  { pagination, expectListed, expectNotListed }: Probe,
): boolean {
  if (!pagination) return false;
  if (pagination.totalPointer !== undefined) {
    const list = atPointer(output, String((expectListed ?? expectNotListed)?.["listPointer"]));
    const next = Number(members[pagination.parameter] ?? 0) + (Array.isArray(list) ? list.length : 0);
    if (!Array.isArray(list) || list.length === 0 || next >= Number(atPointer(output, pagination.totalPointer) ?? 0))
      return false;
    members[pagination.parameter] = next;
    return true;
  }
  const token = atPointer(output, `/${pagination.parameter}`);
  if (typeof token !== "string" || token === "" || token === members[pagination.parameter]) return false;
  members[pagination.parameter] = token;
  return true;
}
