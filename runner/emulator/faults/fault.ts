/** One defect that the emulator can be started with: its id, what it breaks, and the hooks that break it. */
import type { CallMembers, Case, Json } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { EmulatorResponse, RequestContext } from "../request-context.ts";
import type { HandlerResult } from "../services/handler.ts";

export interface Fault {
  readonly id: string;
  readonly description: string;
  /** The id of an action, a service or a provider; the fault is active only in requests to it. */
  readonly action: string;
  /** The family of cases that must detect the fault. */
  readonly family: string;
  /** The part of assay that the fault tests: a cell of the table in suites/self/detection/detection-matrix.ts, such as `keyword:pattern/lax`. */
  readonly detects?: string;
  /** The cases of the family that must detect the fault, where not any of them has to: their place and their rule. */
  readonly cases?: { readonly place?: string; readonly rule?: string };
  /** True where the fault is reported as a warning, because no document forbids it. */
  readonly onlyWarning?: true;
  /** Milliseconds by which the response to an accepted call is delayed, so that calls sent together overlap. */
  readonly holdMs?: number;
  /** Returns the parameters that the emulator checks and executes in place of the ones received. */
  readonly input?: (members: CallMembers, context: RequestContext) => CallMembers;
  /** Called for every refusal; returns the refusal to use, or undefined to let the call pass this check. */
  readonly refusal?: (refusal: EmulatorRefusal, context: RequestContext) => EmulatorRefusal | undefined;
  /** Called after all checks except those of state; returns the code to refuse the call with, or undefined to go on. */
  readonly extraRefusal?: (members: CallMembers, context: RequestContext) => string | undefined;
  /** Executes the action in place of its handler; `next` runs that handler. */
  readonly execute?: (next: () => HandlerResult, context: RequestContext) => HandlerResult;
  /** Returns the response to send in place of the one built. */
  readonly response?: (response: EmulatorResponse, context: RequestContext) => EmulatorResponse;
}

/** True if the request is for the fault's action, or for an action of the fault's service or provider. */
const isActive = (fault: Fault, { action, service }: Pick<RequestContext, "action" | "service">): boolean => {
  // A request without a known action still belongs to a service.
  const id = action?.id ?? service?.id;
  return id !== undefined && concernsAction(fault, id);
};

/** True for a case that has to detect the fault, or is one of those of which any has to. */
export const isCaseOf = ({ family, cases = {} }: Fault, c: Pick<Case, "family" | "place" | "rule">): boolean =>
  c.family === family &&
  (cases.place === undefined || c.place === cases.place) &&
  (cases.rule === undefined || c.rule === cases.rule);

/** True where the action is the fault's, or belongs to its service or provider. */
export const concernsAction = (fault: Pick<Fault, "action">, id: string): boolean =>
  id === fault.action || id.startsWith(`${fault.action}/`);

/** Passes a refusal through the hooks of all active faults; undefined if one of them accepts the call. */
export function applyRefusalFaults(
  faults: readonly Fault[],
  refusal: EmulatorRefusal,
  context: RequestContext,
): EmulatorRefusal | undefined {
  let current: EmulatorRefusal | undefined = refusal;
  for (const fault of faults) {
    if (current && fault.refusal && isActive(fault, context)) current = fault.refusal(current, context);
  }
  return current;
}

export const applyInputFaults = (
  faults: readonly Fault[],
  members: CallMembers,
  context: RequestContext,
): CallMembers => faults.reduce((m, f) => (f.input && isActive(f, context) ? f.input(m, context) : m), members);

export const applyResponseFaults = (
  faults: readonly Fault[],
  response: EmulatorResponse,
  context: RequestContext,
): EmulatorResponse =>
  faults.reduce((r, f) => (f.response && isActive(f, context) ? f.response(r, context) : r), response);

/** Milliseconds by which the response is delayed: the longest delay of the active faults, 0 for a refusal. */
export const responseHoldMs = (faults: readonly Fault[], context: RequestContext): number =>
  context.refusal
    ? 0
    : faults.reduce((longestMs, f) => (isActive(f, context) ? Math.max(longestMs, f.holdMs ?? 0) : longestMs), 0);

/** The code of the first active fault that refuses the call; undefined if there is none. */
export function faultRefusalCode(faults: readonly Fault[], context: RequestContext): string | undefined {
  for (const fault of faults) {
    const code =
      fault.extraRefusal && isActive(fault, context) ? fault.extraRefusal(context.members, context) : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}

export function applyExecutionFaults(
  faults: readonly Fault[],
  runHandler: () => HandlerResult,
  context: RequestContext,
): HandlerResult {
  let run = runHandler;
  for (const fault of faults) {
    const { execute } = fault;
    const next = run;
    if (execute && isActive(fault, context)) run = () => execute(next, context);
  }
  return run();
}

/** Returns the response with its JSON body edited by `change`; an empty body counts as `{}`. @throws if the body is not JSON. */
export function editJson(response: EmulatorResponse, change: (body: Record<string, Json>) => void): EmulatorResponse {
  const body = JSON.parse(response.body || "{}") as Record<string, Json>;
  change(body);
  return { ...response, body: JSON.stringify(body) };
}
