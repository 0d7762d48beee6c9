/** A call → signed, sent, decoded; tried again while the target is only busy. */

import { decodeResponse } from "../../http/decode.ts";
import type {
  Action,
  Call,
  CallMembers,
  Exchange,
  ExchangeRole,
  HttpRequest,
  HttpResponse,
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
import { hadNoEffect, isGatewayResponse, retryAdvice } from "./retry-policy.ts";
import type { TargetClock } from "./target-clock.ts";

export interface SendContext {
  readonly transport: Transport;
  readonly timeouts: Timeouts;
  readonly now: () => number;
  /** That of the target at this origin. */
  readonly clock: (origin: string) => TargetClock;
  readonly nonce: () => number;
  readonly patience: Backoff;
  /** Waits until the action may be called, so many times at once; nothing where it may be called at any time. */
  readonly turn: (to: ServiceTarget, action: Action, turns?: number) => Promise<void> | undefined;
  /** Told that the target was too busy, and how long it wants to be left alone. */
  readonly rest: (to: ServiceTarget, action: Action, ms: number) => void;
  readonly guards: Pick<Guards, "refusalReason" | "recordAuthResult">;
  /** Told of every exchange, in the order in which they end; `heard`: whether the service itself has answered. */
  readonly seen: (exchange: Exchange, action: Action, heard: boolean) => void;
  /** False once the target, or the service, is given up: nothing more is sent. */
  readonly open: (service: string) => boolean;
}

export interface SendResult {
  readonly exchange: Exchange;
  /** Null where no answer came. */
  readonly outcome: Outcome | null;
  /** A busy answer came first to a call that changes state: what a later one finds may be its own doing. */
  readonly repeated?: boolean;
  /** The target's clock may have gone on to another second between signing and judging. */
  readonly ticked?: boolean;
}

/** `expected` holds the codes that are no reason to try again. */
export async function send(
  s: SendContext,
  to: ServiceTarget,
  call: Call,
  role: ExchangeRole,
  expected: readonly string[] = [],
  tampering?: RequestMutation,
): Promise<SendResult> {
  const { origin, prefix } = parseEndpoint(to.endpoint);
  const { action } = call;
  const clock = s.clock(origin);
  let effects = false;
  for (let n = 1; ; n++) {
    const turn = s.turn(to, action);
    if (turn !== undefined) await turn;
    const own = s.now();
    const request = signed(s, to, call, prefix, own, tampering);
    if (!s.open(action.service.id)) return unsent(call, role, request, own, "the target was given up");
    const why = s.guards.refusalReason(call, role);
    if (why !== "") return unsent(call, role, request, own, why);
    const started = performance.now();
    const response = await s.transport.send(origin, request, s.timeouts);
    const durationMs = performance.now() - started;
    // By the clock that signs: what it leaps meanwhile is no difference between the two clocks.
    const received = s.now();
    if (!("reason" in response)) clock.observe(dateOf(response), own, received);
    const exchange: Exchange = {
      role,
      action: action.id,
      binding: call.binding,
      request,
      response,
      sentAtMs: own,
      durationMs,
    };
    const outcome = "reason" in response ? null : decodeResponse(response, action.service.envelope);
    s.seen(exchange, action, outcome !== null && !isGatewayResponse(response, outcome));
    if (outcome && !tampering) s.guards.recordAuthResult(action.service.id, isDenied(action, outcome, expected));
    const repeat = retryAdvice({ call, role, expected, response, outcome, now: s.now() });
    if (repeat?.after) s.rest(to, action, Math.min(repeat.after, MAX_RETRY_AFTER_MS));
    if (repeat && (await s.patience(n, repeat, role))) {
      effects ||= !repeat.safe;
      continue;
    }
    const late = tampering?.signing?.shiftSeconds !== undefined && crossedSecond(clock, own, received);
    return { exchange, outcome, repeated: effects, ticked: late };
  }
}

/** Refused for the caller's sake, where nobody had asked for it. */
function isDenied(action: Action, outcome: Outcome, expected: readonly string[]): boolean {
  if (outcome.kind !== "refusal" || expected.includes(outcome.code)) return false;
  const causes = causesOf(action, outcome.code);
  return causes.length > 0 && causes.every((cause) => cause === "auth");
}

function signed(
  s: SendContext,
  to: ServiceTarget,
  call: Call,
  prefix: string,
  own: number,
  tampering: RequestMutation | undefined,
): HttpRequest {
  const { credentials, host, region } = to;
  const { nonce } = s;
  const honest: SigningInput =
    region === undefined ? { credentials, host, now: own, nonce } : { credentials, host, region, now: own, nonce };
  const protocol = protocolOf(call.binding);
  const request = tampering
    ? buildMutatedRequest(call, honest, tampering, s.clock(parseEndpoint(to.endpoint).origin).at(own))
    : protocol.sign(protocol.encode(call, honest), call, honest);
  if (prefix === "" && to.headers.length === 0) return request;
  const headers = [...request.headers, ...to.headers.map(({ name, value }) => [name, value] as const)];
  return { ...request, headers, path: prefix + request.path };
}

function dateOf({ headers }: HttpResponse): string | undefined {
  for (const header of headers) if (header[0] === "date") return header[1];
  return undefined;
}

/** True where the target may have judged the request in another second than the one that it was signed for. */
function crossedSecond(clock: TargetClock, sent: number, received: number): boolean {
  const second = (at: number) => Math.floor(clock.at(at) / 1000);
  return second(sent - clock.uncertaintyMs) !== second(received + clock.uncertaintyMs);
}

const unsent = (
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

/** True where no server can have got the request. */
const neverReachedServer = ({ response }: Exchange): boolean =>
  "reason" in response && ["refused", "unsent", "withheld"].includes(response.reason);

/** True where the call was refused, or not heard, and may have done its work all the same. */
export function mayHaveHadEffect({ exchange, outcome, repeated = false }: SendResult, action: Action): boolean {
  if (repeated) return true;
  if (neverReachedServer(exchange)) return false;
  return (
    outcome?.kind !== "refusal" ||
    "reason" in exchange.response ||
    !hadNoEffect(action, exchange.response, outcome.code)
  );
}

/** What a call came to, in a word or two: a code, what stood in place of an envelope, or why there is no answer. */
export function describeOutcome({ exchange, outcome }: Pick<SendResult, "exchange" | "outcome">): string {
  if (outcome?.kind === "refusal") return outcome.code;
  if (outcome?.kind === "unreadable") return unreadable(exchange, outcome.reason);
  return "reason" in exchange.response ? `${exchange.response.reason}: ${exchange.response.detail}` : "success";
}

/** What a set-up or clean-up call came to, in the words of resources. */
export function toCallResult(sent: SendResult, action: Action): CallResult {
  return { ...classify(sent, action), exchange: sent.exchange };
}

function classify({ exchange, outcome, repeated }: SendResult, action: Action): CallResult {
  if (outcome === null) {
    return {
      kind: !repeated && neverReachedServer(exchange) ? "unsent" : "unclear",
      why: describeOutcome({ exchange, outcome }),
    };
  }
  if (outcome.kind === "success") return { kind: "accepted", output: outcome.output };
  if (outcome.kind === "unreadable") return { kind: "unclear", why: describeOutcome({ exchange, outcome }) };
  if (repeated && exchange.role === "setup")
    return { kind: "unclear", why: "refused after a busy answer, which may have done its work" };
  if (exchange.role === "setup" && mayHaveHadEffect({ exchange, outcome }, action))
    return { kind: "unclear", why: `refused with ${outcome.code}, which may have come after the work` };
  return { kind: "refused", code: outcome.code };
}

/** The status often tells what the body does not. */
const unreadable = ({ response }: Exchange, why: string): string =>
  "reason" in response ? why : `HTTP ${response.status}, ${why}`;

/** Calls of set-up and clean-up go over the service's main binding. */
export const mainBindingCall = (action: Action, members: CallMembers): Call => ({
  action,
  binding: action.service.bindings[0] ?? "",
  members,
});
