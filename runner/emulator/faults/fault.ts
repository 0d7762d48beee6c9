/** One named deviation of the emulator, and the hooks by which it deviates. */
import type { CallMembers, Json } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { EmulatorResponse, RequestContext } from "../request-context.ts";
import type { HandlerResult } from "../services/handler.ts";

export interface Fault {
  readonly id: string;
  readonly description: string;
  /** An action, a service or a provider: the fault shows only there. */
  readonly action: string;
  /** The family of cases that catches it. */
  readonly family: string;
  /** What of assay it holds to account, such as `keyword:pattern/lax`; the table stands in suites/self/detection/detection-matrix.test.ts. */
  readonly detects?: string;
  /** Milliseconds by which the answer of an accepted call is held back, so that calls sent at once meet. */
  readonly holdMs?: number;
  /** The call before any of it is checked. */
  readonly input?: (members: CallMembers, context: RequestContext) => CallMembers;
  /** A refusal about to be given: the same, another, or undefined to let the call pass this check. */
  readonly refusal?: (refused: EmulatorRefusal, context: RequestContext) => EmulatorRefusal | undefined;
  /** A code with which to refuse a call that passed every check but those of state. */
  readonly extraRefusal?: (members: CallMembers, context: RequestContext) => string | undefined;
  /** What the action does and gives, in place of `next`, what it would have done. */
  readonly act?: (next: () => HandlerResult, context: RequestContext) => HandlerResult;
  /** The answer before it is written. */
  readonly answer?: (answer: EmulatorResponse, context: RequestContext) => EmulatorResponse;
}

/** True where the fault's action is the context's, or stands above it. */
const isActive = (fault: Fault, { action, service }: Pick<RequestContext, "action" | "service">): boolean => {
  // A request that names no action still means a service.
  const id = action?.id ?? service?.id;
  return id !== undefined && (id === fault.action || id.startsWith(`${fault.action}/`));
};

/** The refusal after every fault has seen it. */
export function applyRefusalFaults(
  faults: readonly Fault[],
  refused: EmulatorRefusal,
  context: RequestContext,
): EmulatorRefusal | undefined {
  let current: EmulatorRefusal | undefined = refused;
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
  answer: EmulatorResponse,
  context: RequestContext,
): EmulatorResponse => faults.reduce((a, f) => (f.answer && isActive(f, context) ? f.answer(a, context) : a), answer);

/** How long the context's answer is held back. */
export const responseHoldMs = (faults: readonly Fault[], context: RequestContext): number =>
  context.refused ? 0 : faults.reduce((most, f) => (isActive(f, context) ? Math.max(most, f.holdMs ?? 0) : most), 0);

/** The code of the first fault that refuses a call which the healthy emulator accepts so far. */
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
  act: () => HandlerResult,
  context: RequestContext,
): HandlerResult {
  let next = act;
  for (const fault of faults) {
    const { act: other } = fault;
    const inner = next;
    if (other && isActive(fault, context)) next = () => other(inner, context);
  }
  return next();
}

/** A JSON body changed by `change`; anything else as it is. */
export function editJson(answer: EmulatorResponse, change: (body: Record<string, Json>) => void): EmulatorResponse {
  const body = JSON.parse(answer.body || "{}") as Record<string, Json>;
  change(body);
  return { ...answer, body: JSON.stringify(body) };
}
