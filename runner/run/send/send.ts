/** A call -> signed, sent and decoded; sent again while the target is only busy. */

import { decodeResponse } from "../../http/decode.ts";
import { applyEdits } from "../../http/edit.ts";
import type {
  Action,
  Call,
  CallMembers,
  Exchange,
  ExchangeRole,
  HttpRequest,
  HttpResponse,
  NoResponse,
  Outcome,
  RequestMutation,
  ServiceTarget,
  SigningInput,
  Timeouts,
} from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import type { CallResult } from "../../resources/target-call.ts";
import { causesOf } from "../../spec/error-codes.ts";
import type { Transport } from "../../transport/transport.ts";
import type { Guards } from "../guards.ts";
import { type Backoff, MAX_RETRY_AFTER_MS } from "./backoff.ts";
import { parseEndpoint } from "./endpoint.ts";
import { buildMutatedRequest } from "./mutated-request.ts";
import type { RetryAllowance } from "./retry-allowance.ts";
import {
  hadNoEffect,
  isAboutContent,
  isClosed,
  isConnectionRefused,
  isFault,
  isGatewayResponse,
  retryAdvice,
} from "./retry-policy.ts";
import { mayHaveCrossedSecond, secondOf, type TargetClock } from "./target-clock.ts";

export interface SendContext {
  readonly transport: Transport;
  readonly timeouts: Timeouts;
  /** Milliseconds since the epoch, by the client's clock. */
  readonly now: () => number;
  /** The clock of the target at this origin. */
  readonly clock: (origin: string) => TargetClock;
  readonly nonce: () => number;
  readonly backoff: Backoff;
  readonly faultRetries: RetryAllowance;
  /** Of calls that got a temporary response. Where they have been useless too often, only one is sent, after the shortest pause. */
  readonly busyRetries: RetryAllowance;
  /** Waits for `slots` slots of the action's rate limit, 1 by default; undefined where the action has no limit. */
  readonly acquire: (to: ServiceTarget, action: Action, slots?: number) => Promise<void> | undefined;
  /** Sends no call of the action for `ms` milliseconds, because the target asked for it. */
  readonly pause: (to: ServiceTarget, action: Action, ms: number) => void;
  readonly guards: Pick<Guards, "refusalReason" | "recordAuthResult">;
  /** Called after every exchange, in the order in which they end. `answered`: the service itself sent a response. */
  readonly onExchange: (exchange: Exchange, action: Action, answered: boolean) => void;
  /** False once no more requests may be sent to the target or to this service. */
  readonly canSend: (service: string) => boolean;
}

export interface SendResult {
  readonly exchange: Exchange;
  /** Null where there is no response. */
  readonly outcome: Outcome | null;
  /** True where the call was retried although an earlier attempt may have had an effect, which the last attempt then finds. */
  readonly unsafeRetry?: boolean;
  /** True where the target may have evaluated the request in another second than the one for which it was signed. */
  readonly crossedSecond?: boolean;
}

/** `expected`: codes that are no reason for a retry. `signedBefore`: a request that was sent, to which `afterSigning` of the mutation is applied. */
export async function send(
  context: SendContext,
  to: ServiceTarget,
  call: Call,
  role: ExchangeRole,
  expected: readonly string[] = [],
  mutation?: RequestMutation,
  signedBefore?: HttpRequest,
): Promise<SendResult> {
  const { origin, prefix } = parseEndpoint(to.endpoint);
  const { action } = call;
  const clock = context.clock(origin);
  let unsafeRetry = false;
  let closed: Exchange | undefined;
  for (let attempt = 1; ; attempt++) {
    const slot = context.acquire(to, action);
    if (slot !== undefined) await slot;
    const sentAtMs = context.now();
    const signedFor = secondOf(clock, sentAtMs);
    const request = signedBefore
      ? applyEdits(signedBefore, mutation?.afterSigning ?? [])
      : signRequest(context, to, call, prefix, sentAtMs, mutation);
    if (!context.canSend(action.service.id))
      return withheldCall(call, role, request, sentAtMs, "no more requests are sent to this target");
    const refusal = context.guards.refusalReason(call, role);
    if (refusal !== "") return withheldCall(call, role, request, sentAtMs, refusal);
    const started = performance.now();
    const response = await context.transport.send(origin, request, context.timeouts);
    const durationMs = performance.now() - started;
    // Read from the clock that signs: a jump of it during the call is no difference between the two clocks.
    const receivedAtMs = context.now();
    if (!("reason" in response)) clock.observe(dateHeader(response), sentAtMs, receivedAtMs);
    const exchange: Exchange = {
      role,
      action: action.id,
      binding: call.binding,
      request,
      response,
      sentAtMs,
      durationMs,
    };
    const outcome = "reason" in response ? null : decodeResponse(response, action.service.envelope);
    context.onExchange(exchange, action, outcome !== null && !isGatewayResponse(response, outcome));
    if (outcome && !mutation) {
      const code = deniedCode(action, outcome, expected);
      context.guards.recordAuthResult(action.service.id, code, code === "" ? "" : clock.describeSkew());
    }
    const fewRetries = role !== "cleanup" && !context.busyRetries.allowed;
    const advice = retryAdvice({ call, role, expected, response, outcome, now: context.now(), fewRetries });
    if (advice?.retryAfterMs) context.pause(to, action, Math.min(advice.retryAfterMs, MAX_RETRY_AFTER_MS));
    if (isClosed(response)) closed = exchange;
    else if (!("reason" in response)) closed = undefined;
    if (advice && (await context.backoff(attempt, advice, role))) {
      unsafeRetry ||= !advice.safe;
      continue;
    }
    if (attempt > 1) context.busyRetries.record(advice !== null);
    if (closed && isConnectionRefused(response))
      return { exchange: { ...closed, response: { ...(closed.response as NoResponse), died: true } }, outcome: null };
    const crossedSecond =
      mutation?.signing?.shiftSeconds !== undefined && mayHaveCrossedSecond(clock, signedFor, sentAtMs, receivedAtMs);
    return { exchange, outcome, unsafeRetry, crossedSecond };
  }
}

/** The code of an unexpected refusal that can only concern the credentials; else empty. */
function deniedCode(action: Action, outcome: Outcome, expected: readonly string[]): string {
  if (outcome.kind !== "refusal" || expected.includes(outcome.code)) return "";
  const causes = causesOf(action, outcome.code);
  return causes.length > 0 && causes.every((cause) => cause === "auth") ? outcome.code : "";
}

function signRequest(
  context: SendContext,
  to: ServiceTarget,
  call: Call,
  prefix: string,
  nowMs: number,
  mutation: RequestMutation | undefined,
): HttpRequest {
  const { credentials, host, region } = to;
  const { nonce } = context;
  const valid: SigningInput =
    region === undefined ? { credentials, host, now: nowMs, nonce } : { credentials, host, region, now: nowMs, nonce };
  const protocol = protocolOf(call.binding);
  const request = mutation
    ? buildMutatedRequest(call, valid, mutation, context.clock(parseEndpoint(to.endpoint).origin).at(nowMs))
    : protocol.sign(protocol.encode(call, valid), call, valid);
  if (prefix === "" && to.headers.length === 0) return request;
  const headers = [...request.headers, ...to.headers.map(({ name, value }) => [name, value] as const)];
  return { ...request, headers, path: prefix + request.path };
}

function dateHeader({ headers }: HttpResponse): string | undefined {
  for (const header of headers) if (header[0] === "date") return header[1];
  return undefined;
}

const withheldCall = (
  call: Call,
  role: ExchangeRole,
  request: HttpRequest,
  sentAtMs: number,
  detail: string,
): SendResult => ({
  exchange: {
    role,
    action: call.action.id,
    binding: call.binding,
    request,
    response: { reason: "withheld", detail },
    sentAtMs,
    durationMs: 0,
  },
  outcome: null,
});

/** True where no server can have received the request. */
const neverReachedServer = ({ response }: Exchange): boolean =>
  "reason" in response && ["refused", "unsent", "withheld"].includes(response.reason);

/**
 * True for a call that got no response because the server closed a connection that was idle before. The call may have had its
 * effect, so it is not sent again, but its case is evaluated again with new values.
 */
export const wasLostOnIdleConnection = ({ exchange: { response } }: SendResult): boolean =>
  "reason" in response && response.reused === true;

/** True where the call may have had its effect, although it was refused or got no response. */
export function mayHaveHadEffect({ exchange, outcome, unsafeRetry = false }: SendResult, action: Action): boolean {
  // An earlier attempt had the same content: where that is refused, it was refused then as well.
  if (unsafeRetry) return !(outcome?.kind === "refusal" && isAboutContent(action, outcome.code));
  if (neverReachedServer(exchange)) return false;
  return (
    outcome?.kind !== "refusal" ||
    "reason" in exchange.response ||
    !hadNoEffect(action, exchange.response, outcome.code)
  );
}

/** The result of a call as a text: `success`, the code, why the response is unreadable, or why there is none. */
export function describeOutcome({ exchange, outcome }: Pick<SendResult, "exchange" | "outcome">): string {
  if (outcome?.kind === "refusal") return outcome.code;
  if (outcome?.kind === "unreadable") return describeUnreadable(exchange, outcome.reason);
  return "reason" in exchange.response ? `${exchange.response.reason}: ${exchange.response.detail}` : "success";
}

/** With the HTTP status, which often explains what the body does not. */
const describeUnreadable = ({ response }: Exchange, reason: string): string =>
  "reason" in response ? reason : `HTTP ${response.status}, ${reason}`;

/** The result of a set-up, probe or clean-up call in the form that runner/resources uses. */
export function toCallResult(sent: SendResult, action: Action): CallResult {
  return { exchange: sent.exchange, ...classify(sent, action) };
}

function classify(sent: SendResult, action: Action): CallResult {
  const { exchange, outcome, unsafeRetry } = sent;
  if (outcome === null) {
    const reason = describeOutcome(sent);
    if (!unsafeRetry && neverReachedServer(exchange)) return { kind: "unsent", reason };
    return { kind: "unclear", reason, mayPass: wasLostOnIdleConnection(sent) };
  }
  if (outcome.kind === "success") return { kind: "accepted", output: outcome.output };
  if (outcome.kind === "unreadable") return { kind: "unclear", reason: describeOutcome({ exchange, outcome }) };
  if (unsafeRetry && exchange.role === "setup")
    return {
      kind: "unclear",
      reason: `refused with ${outcome.code}, but an earlier attempt may have had an effect`,
      mayPass: true,
    };
  if (exchange.role === "setup" && mayHaveHadEffect({ exchange, outcome }, action))
    return {
      kind: "unclear",
      reason: `refused with ${outcome.code}, but the call may have had an effect`,
      mayPass: isFault(action, outcome.code),
    };
  return { kind: "refused", code: outcome.code };
}

/** Set-up, probe and clean-up calls use the main binding of the service. */
export const mainBindingCall = (action: Action, members: CallMembers): Call => ({
  action,
  binding: action.service.bindings[0] ?? "",
  members,
});
