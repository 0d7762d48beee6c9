/** One named deviation of the emulator, and the hooks by which it deviates. */
import type { Json, Members } from "../../model/index.ts";
import type { Refused } from "../refusal.ts";
import type { Context } from "../request-context.ts";
import type { Answer } from "../response.ts";
import type { Handled } from "../services/handler.ts";

export interface Fault {
  readonly id: string;
  readonly says: string;
  /** An action, a service or a provider: the fault shows only there. */
  readonly action: string;
  /** The family of cases that catches it. */
  readonly family: string;
  /** What of assay it holds to account, such as `keyword:pattern/lax`; the table stands in suites/self/detection/detection-matrix.test.ts. */
  readonly cell?: string;
  /** Milliseconds by which the answer of an accepted call is held back, so that calls sent at once meet. */
  readonly hold?: number;
  /** The call before any of it is checked. */
  readonly input?: (members: Members, context: Context) => Members;
  /** A refusal about to be given: the same, another, or undefined to let the call pass this check. */
  readonly refusal?: (refused: Refused, context: Context) => Refused | undefined;
  /** A code with which to refuse a call that passed every check but those of state. */
  readonly refuses?: (members: Members, context: Context) => string | undefined;
  /** What the action does and gives, in place of `next`, what it would have done. */
  readonly act?: (next: () => Handled, context: Context) => Handled;
  /** The answer before it is written. */
  readonly answer?: (answer: Answer, context: Context) => Answer;
}

/** True where the fault's action is the context's, or stands above it. */
const shows = (fault: Fault, { action, service }: Pick<Context, "action" | "service">): boolean => {
  // A request that names no action still means a service.
  const id = action?.id ?? service?.id;
  return id !== undefined && (id === fault.action || id.startsWith(`${fault.action}/`));
};

/** The refusal after every fault has seen it. */
export function throughFaults(refused: Refused, context: Context): Refused | undefined {
  let current: Refused | undefined = refused;
  for (const fault of context.world.faults) {
    if (current && fault.refusal && shows(fault, context)) current = fault.refusal(current, context);
  }
  return current;
}

export const inputThroughFaults = (members: Members, context: Context): Members =>
  context.world.faults.reduce((m, f) => (f.input && shows(f, context) ? f.input(m, context) : m), members);

export const answerThroughFaults = (answer: Answer, context: Context): Answer =>
  context.world.faults.reduce((a, f) => (f.answer && shows(f, context) ? f.answer(a, context) : a), answer);

/** How long the context's answer is held back. */
export const holdOf = (context: Context): number =>
  context.refused
    ? 0
    : context.world.faults.reduce((most, f) => (shows(f, context) ? Math.max(most, f.hold ?? 0) : most), 0);

/** The code of the first fault that refuses a call which the healthy emulator accepts so far. */
export function refusedByFault(context: Context): string | undefined {
  for (const fault of context.world.faults) {
    const code = fault.refuses && shows(fault, context) ? fault.refuses(context.members, context) : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}

export function actThroughFaults(act: () => Handled, context: Context): Handled {
  let next = act;
  for (const fault of context.world.faults) {
    const { act: other } = fault;
    const inner = next;
    if (other && shows(fault, context)) next = () => other(inner, context);
  }
  return next();
}

/** A JSON body changed by `change`; anything else as it is. */
export function editJson(answer: Answer, change: (body: Record<string, Json>) => void): Answer {
  const body = JSON.parse(answer.body || "{}") as Record<string, Json>;
  change(body);
  return { ...answer, body: JSON.stringify(body) };
}
