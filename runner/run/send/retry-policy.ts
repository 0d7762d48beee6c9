/** A response that may come from a temporary problem -> whether the call is sent again, and whether it may have had an effect. */
import { isCrash } from "../../check/crash.ts";
import type { Action, Call, ExchangeRole, HttpResponse, NoResponse, Outcome } from "../../model/index.ts";
import { causesOf } from "../../spec/error-codes.ts";

export interface RetryAdvice {
  /** True where the call certainly had no effect, or where sending it twice has the effect of sending it once. */
  readonly safe: boolean;
  /** Milliseconds that the target asks to wait (`Retry-After`); 0 where it does not ask. */
  readonly retryAfterMs: number;
  readonly maxRetries: number;
  /** True where the first retry needs no pause: the server closed an idle connection, and the retry gets another one. */
  readonly atOnce?: boolean;
}

export interface RetryInput {
  readonly call: Call;
  readonly role: ExchangeRole;
  /** Codes that are an expected response and no reason for a retry. */
  readonly expected: readonly string[];
  readonly response: HttpResponse | NoResponse;
  readonly outcome: Outcome | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** True where waiting for a busy target has been useless too often. */
  readonly fewRetries?: boolean;
}

/** Retries after a busy or throttled response: one for each pause of the backoff. */
const MAX_BUSY_RETRIES = 3;
/** The same where waiting has been useless too often. */
const MIN_BUSY_RETRIES = 1;
/** Retries after a refused or reset connection. */
const MAX_CONNECTION_RETRIES = 2;

/** Retries after a code for an internal fault, or HTTP 500. */
const MAX_FAULT_RETRIES = 1;

/** Null where the response is final. */
export function retryAdvice(input: RetryInput): RetryAdvice | null {
  const { call, role, expected, response, outcome, now, fewRetries = false } = input;
  const { action } = call;
  // A read may be repeated. A second delete is refused because the resource does not exist, which is the intended state.
  const repeatable = !action.mutating || role === "cleanup";
  if ("reason" in response) {
    const { reason } = response;
    if (reason === "refused") return { safe: true, retryAfterMs: 0, maxRetries: MAX_CONNECTION_RETRIES };
    return reason === "reset" && repeatable
      ? { safe: true, retryAfterMs: 0, maxRetries: MAX_CONNECTION_RETRIES, atOnce: response.reused === true }
      : null;
  }
  const retryAfterMs = parseRetryAfter(response, now);
  const maxRetries = fewRetries ? MIN_BUSY_RETRIES : MAX_BUSY_RETRIES;
  if (outcome?.kind === "refusal") {
    if (expected.includes(outcome.code)) return null;
    if (response.status === 429) return { safe: true, retryAfterMs, maxRetries };
    if (!isBusy(action, outcome.code))
      return repeatable && !isEvaluated(role) && isFault(action, outcome.code)
        ? { safe: true, retryAfterMs, maxRetries: MAX_FAULT_RETRIES }
        : null;
    return { safe: repeatable || isThrottle(action, outcome.code), retryAfterMs, maxRetries };
  }
  if (outcome?.kind === "unreadable" && isCrash(response))
    return repeatable && !isEvaluated(role) ? { safe: true, retryAfterMs, maxRetries: MAX_FAULT_RETRIES } : null;
  if (!isGatewayResponse(response, outcome)) return null;
  return { safe: response.status === 429 || repeatable, retryAfterMs, maxRetries };
}

/** A case with an internal fault is evaluated again as a whole, with new values. */
const isEvaluated = (role: ExchangeRole): boolean => role === "judged" || role === "control";

/** True where a proxy or load balancer responded in place of the service. */
export const isGatewayResponse = (response: HttpResponse | NoResponse, outcome: Outcome | null): boolean =>
  outcome?.kind === "unreadable" &&
  "status" in response &&
  (response.status === 408 || response.status === 429 || (response.status >= 500 && !isCrash(response)));

/** True where the server closed the connection instead of responding. */
export const isClosed = (response: HttpResponse | NoResponse | undefined): response is NoResponse =>
  response !== undefined && "reason" in response && response.reason === "reset" && response.byServer === true;

/** True where the server accepts no connection. */
export const isConnectionRefused = (response: HttpResponse | NoResponse | undefined): boolean =>
  response !== undefined && "reason" in response && response.reason === "refused" && response.byServer === true;

/** The `Retry-After` header, a number of seconds or an HTTP date, in milliseconds from now; 0 where it is neither. */
function parseRetryAfter({ headers }: HttpResponse, now: number): number {
  const text = headers.find(([name]) => name === "retry-after")?.[1].trim() ?? "";
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? 0 : Math.max(ms, 0);
}

/** True for a code that may mean that the target is busy. If it persists after the retries, it is judged. */
export const isBusy = (action: Action, code: string): boolean =>
  causesOf(action, code).some((cause) => cause === "busy" || cause === "throttle");

/** True for a code that can only mean a rate limit: the call was refused before it had any effect. */
const isThrottle = (action: Action, code: string): boolean => {
  const causes = causesOf(action, code);
  return causes.length > 0 && causes.every((cause) => cause === "throttle");
};

/**
 * True for a refusal that shows that the call had no effect. A code for an internal fault, or one that is not documented,
 * may be sent after the call had its effect.
 */
export function hadNoEffect(action: Action, { status }: HttpResponse, code: string): boolean {
  const causes = causesOf(action, code);
  return status < 500 && causes.length > 0 && !causes.some((cause) => cause === "busy" || cause === "fault");
}

/** True for a code that can only mean that the content of the call is refused, in whatever state the target is. */
export function isAboutContent(action: Action, code: string): boolean {
  const causes = causesOf(action, code);
  return causes.length > 0 && causes.every((cause) => cause === "request");
}

/** True for a code that describes an internal fault, and neither the call nor the state of a resource. */
export const isFault = (action: Action, code: string): boolean => {
  const causes = causesOf(action, code);
  return causes.includes("fault") && causes.every((cause) => cause === "fault" || cause === "busy");
};
