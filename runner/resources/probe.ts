/** A probe of a resource → whether what it claims holds on the target. */
import jsonpointer from "jsonpointer";
import type { Action, CallMembers, ErrorCause, Exchange, Json, Probe } from "../model/index.ts";
import { causesOf } from "../spec/error-codes.ts";
import type { Lease } from "./lease.ts";
import type { ResourceContext } from "./resource-context.ts";
import type { CallResult } from "./target-call.ts";
import { resolvePath } from "./value-path.ts";

/** With the exchange that showed it. */
export type ProbeResult = { readonly exchange?: Exchange } & (
  | { readonly kind: "holds"; readonly entry?: Json }
  | { readonly kind: "fails"; readonly seen: string }
  /** The question was not answered, or not in a way that can be read. */
  | { readonly kind: "unclear"; readonly why: string }
);

/** Pages are turned this often at most: a target that always promises one more is not followed for ever. */
const mostPages = 200;
/** Nobody is blamed sooner, even where no page says that a change may be seen late. */
const MIN_POLL_MS = 2000;
/** Milliseconds between two questions: a fast target costs little, a slow one is not pestered. */
const [MIN_PAUSE_MS, MAX_PAUSE_MS] = [50, 1000];

/** Asks until it holds, or fails, as wanted, as long as changes of the resource may take to be seen. */
export async function pollProbe(
  context: ResourceContext,
  lease: Lease,
  probe: Probe,
  wanted: "holds" | "fails" = "holds",
): Promise<ProbeResult> {
  let left = Math.max(lease.resource.consistencySeconds * 1000, MIN_POLL_MS);
  for (let pause = MIN_PAUSE_MS; ; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
    const seen = await runProbe(context, lease, probe);
    const wait = Math.min(pause, left);
    if (seen.kind === wanted) {
      // It did come about, and was not seen at once.
      if (pause > MIN_PAUSE_MS) context.consistency.isEventual = true;
      return seen;
    }
    if (wait <= 0 || !(await context.pause(wait))) return seen;
    left -= wait;
  }
}

/** Asks once. */
export async function runProbe(context: ResourceContext, lease: Lease, probe: Probe): Promise<ProbeResult> {
  const action = context.service.actions.get(probe.call);
  if (!action) throw new Error(`${context.service.id} has no action ${probe.call}`);
  const members = substitute(probe.members, lease) as CallMembers;
  for (let page = 1; page <= mostPages; page++) {
    if (page > 1 && !(await context.pause(0))) return { kind: "unclear", why: "interrupted between two pages" };
    const answer = await context.call(action, members, "probe");
    const seen = read(action, answer, probe, lease);
    if (seen !== undefined) return answer.exchange === undefined ? seen : { ...seen, exchange: answer.exchange };
    if (answer.kind !== "accepted" || nextPage(members, answer.output, probe)) continue;
    const end: ProbeResult = probe.expectNotListed ? { kind: "holds" } : { kind: "fails", seen: "not found" };
    return answer.exchange === undefined ? end : { ...end, exchange: answer.exchange };
  }
  return { kind: "unclear", why: `${probe.call} went on for more than ${mostPages} pages` };
}

/** Undefined where the list goes on, or has come to its end. */
function read(action: Action, answer: CallResult, probe: Probe, lease: Lease): ProbeResult | undefined {
  if (answer.kind === "unclear" || answer.kind === "unsent") return { kind: "unclear", why: answer.why };
  if (answer.kind === "refused") {
    if (probe.expectCodes?.includes(answer.code)) return { kind: "holds" };
    return isStateCode(action, answer.code)
      ? { kind: "fails", seen: answer.code }
      : { kind: "unclear", why: answer.code };
  }
  if (probe.expectSuccess) return { kind: "holds" };
  if (probe.expectCodes) return { kind: "fails", seen: "success" };
  const missing = missingList(answer.output, probe);
  if (missing !== undefined) return { kind: "unclear", why: missing };
  const entry = found(answer.output, probe.expectListed ?? probe.expectNotListed ?? {}, lease);
  if (entry === undefined) return undefined;
  return probe.expectListed ? { kind: "holds", entry } : { kind: "fails", seen: "found" };
}

/** A list that is not there proves nothing, nor does one whose end cannot be told. */
function missingList(
  output: Json | undefined,
  { call, pagination, expectListed, expectNotListed }: Probe,
): string | undefined {
  const at = String((expectListed ?? expectNotListed)?.["listPointer"]);
  if (!Array.isArray(atPointer(output, at))) return `${call} answered without a list at ${at}`;
  const { totalPointer } = pagination ?? {};
  if (totalPointer !== undefined && typeof atPointer(output, totalPointer) !== "number")
    return `${call} answered without a number at ${totalPointer}`;
  return undefined;
}

/** A refusal that speaks of the state, and not of the caller, the traffic or an action that is not there. */
function isStateCode(action: Action, code: string): boolean {
  if (action.service.envelope.notImplementedCodes.includes(code)) return false;
  const elsewhere: readonly ErrorCause[] = ["busy", "throttle", "auth", "account", "front-door"];
  return !causesOf(action, code).some((cause) => elsewhere.includes(cause));
}

/** The entry of the list that has every named field. A field that the create was not given is not asked for. */
function found(output: Json | undefined, wanted: CallMembers, lease: Lease): Json | undefined {
  const { listPointer, ...fields } = wanted;
  const list = atPointer(output, String(listPointer));
  if (!Array.isArray(list)) return undefined;
  const named = Object.entries(fields).map(([name, value]) => [name, substitute(value, lease)] as const);
  return list.find((entry) => named.every(([name, value]) => value === undefined || same(member(entry, name), value)));
}

const member = (entry: Json, name: string): Json | undefined =>
  typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry[name] : undefined;

const same = (had: Json | undefined, wanted: Json): boolean => JSON.stringify(had) === JSON.stringify(wanted);

const atPointer = (output: Json | undefined, at: string): Json | undefined =>
  typeof output === "object" && output !== null ? (jsonpointer.get(output, at) as Json | undefined) : undefined;

/** `id`, `container` and `input.X` stand for the lease's own; everything else is meant literally. */
function substitute(value: Json, lease: Lease): Json | undefined {
  if (value === "id") return lease.id;
  if (value === "container") return lease.containers[0]?.id;
  if (typeof value === "string" && value.startsWith("input."))
    return resolvePath(value, { input: lease.input, output: undefined });
  if (Array.isArray(value)) return value.map((v) => substitute(v, lease) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .flatMap(([k, v]) => [[k, substitute(v, lease)] as const])
      .filter((e): e is [string, Json] => e[1] !== undefined),
  );
}

/** Sets the next page in the members; false where there is none. */
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
