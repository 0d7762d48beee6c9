/** An answer that may be no more than trouble on the way → whether to ask again, and whether the call can have had an effect. */
import type { Action, Call, ExchangeRole, HttpResponse, NoResponse, Outcome } from "../../model/index.ts";
import { causesOf } from "../../spec/error-codes.ts";

export interface RetryAdvice {
  /** True where the first call certainly did nothing, or doing it twice is as good as once. */
  readonly safe: boolean;
  /** Milliseconds that the target asks to be left alone. */
  readonly after: number;
  /** How often such a thing is asked again at most. */
  readonly maxRetries: number;
}

export interface RetryInput {
  readonly call: Call;
  readonly role: ExchangeRole;
  /** Codes that are no reason to ask again. */
  readonly expected: readonly string[];
  readonly response: HttpResponse | NoResponse;
  readonly outcome: Outcome | null;
  readonly now: number;
}

const busy = 3;
const broken = 2;

/** Null: the answer is judged as it is. */
export function retryAdvice({ call, role, expected, response, outcome, now }: RetryInput): RetryAdvice | null {
  const { action } = call;
  // What only looks may be asked as often as one likes; what is deleted twice is told to be gone.
  const repeatable = !action.mutating || role === "cleanup";
  if ("reason" in response) {
    const { reason } = response;
    if (reason === "refused") return { safe: true, after: 0, maxRetries: broken };
    return reason === "reset" && repeatable ? { safe: true, after: 0, maxRetries: broken } : null;
  }
  const after = retryAfter(response, now);
  if (outcome?.kind === "refusal") {
    if (expected.includes(outcome.code)) return null;
    if (response.status === 429) return { safe: true, after, maxRetries: busy };
    if (!isBusy(action, outcome.code)) return null;
    return { safe: repeatable || isThrottle(action, outcome.code), after, maxRetries: busy };
  }
  if (!isGatewayResponse(response, outcome)) return null;
  if (response.status === 429) return { safe: true, after, maxRetries: busy };
  return { safe: repeatable, after, maxRetries: busy };
}

/** What stands before the service has answered in its place. */
export const isGatewayResponse = (response: HttpResponse | NoResponse, outcome: Outcome | null): boolean =>
  outcome?.kind === "unreadable" &&
  "status" in response &&
  (response.status === 408 || response.status === 429 || response.status >= 500);

/** Seconds or a day and time; nothing where neither can be read. */
function retryAfter({ headers }: HttpResponse, now: number): number {
  const text = headers.find(([name]) => name === "retry-after")?.[1].trim() ?? "";
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? 0 : Math.max(ms, 0);
}

/** A code that may mean no more than that: what still stands after asking again is judged. */
export const isBusy = (action: Action, code: string): boolean =>
  causesOf(action, code).some((cause) => cause === "busy" || cause === "throttle");

/** Turned away at the door: nothing was done. */
const isThrottle = (action: Action, code: string): boolean => {
  const causes = causesOf(action, code);
  return causes.length > 0 && causes.every((cause) => cause === "throttle");
};

/**
 * A refusal after which nothing can be there. One that speaks of an inner fault, or that no page knows, may have come after
 * the work was done.
 */
export function hadNoEffect(action: Action, { status }: HttpResponse, code: string): boolean {
  const causes = causesOf(action, code);
  return status < 500 && causes.length > 0 && !causes.some((cause) => cause === "busy" || cause === "fault");
}

/** A code that says nothing of the call or of what is there. */
export const isFault = (action: Action, code: string): boolean => {
  const causes = causesOf(action, code);
  return causes.includes("fault") && causes.every((cause) => cause === "fault" || cause === "busy");
};
