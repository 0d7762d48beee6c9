/** A call → signed, sent, decoded; tried again while the target is only busy. */

import type {
  Action,
  Call,
  Exchange,
  HttpRequest,
  HttpResponse,
  Members,
  Outcome,
  Role,
  ServiceTarget,
  Signing,
  Tampering,
  Unanswered,
} from "../model.ts";
import { decode } from "../protocols/decode.ts";
import { protocolOf } from "../protocols/index.ts";
import type { Answer } from "../resources/caller.ts";
import { rowOf } from "../spec/codes.ts";
import type { Transport } from "../transport/transport.ts";
import type { TargetClock } from "./clock.ts";
import { tampered } from "./tampered.ts";

export interface Sending {
  readonly transport: Transport;
  /** Milliseconds for a whole exchange. */
  readonly timeout: number;
  readonly now: () => number;
  /** That of the target at this origin. */
  readonly clock: (origin: string) => TargetClock;
  readonly nonce: () => number;
  readonly patience: (attempt: number) => Promise<boolean>;
  /** Told of every answer, in the order in which they come. */
  readonly seen: (response: HttpResponse | Unanswered) => void;
  /** False once the target is given up: nothing more is sent. */
  readonly open: () => boolean;
}

export interface Sent {
  readonly exchange: Exchange;
  /** Null where no answer came. */
  readonly outcome: Outcome | null;
  /** A busy answer came first to a call that changes state: what a later one finds may be its own doing. */
  readonly repeated?: boolean;
  /** The target's clock may have gone on to another second between signing and judging. */
  readonly ticked?: boolean;
}

const split = (endpoint: string): { origin: string; prefix: string } => {
  const url = new URL(endpoint);
  return { origin: url.origin, prefix: url.pathname.replace(/\/$/, "") };
};
const origins = new Map<string, { origin: string; prefix: string }>();

function originOf(endpoint: string): { origin: string; prefix: string } {
  let found = origins.get(endpoint);
  if (!found) {
    found = split(endpoint);
    origins.set(endpoint, found);
  }
  return found;
}

/** `expected` holds the codes that are no reason to try again. */
export async function send(
  s: Sending,
  to: ServiceTarget,
  call: Call,
  role: Role,
  expected: readonly string[] = [],
  tampering?: Tampering,
): Promise<Sent> {
  const { origin, prefix } = originOf(to.endpoint);
  const clock = s.clock(origin);
  for (let attempt = 1; ; attempt++) {
    const own = s.now();
    const request = signed(s, to, call, prefix, own, tampering);
    if (!s.open()) return givenUp(call, role, request);
    const started = performance.now();
    const response = await s.transport.send(origin, request, s.timeout);
    const ms = performance.now() - started;
    if (!("why" in response)) clock.note(dateOf(response), own, own + ms);
    const exchange: Exchange = { role, action: call.action.id, binding: call.binding, request, response, ms };
    const outcome = "why" in response ? null : decode(response, call.action.service.envelope);
    s.seen(response);
    if (outcome?.kind === "refusal" && !expected.includes(outcome.code)) {
      if (isBusy(call.action, outcome.code) && (await s.patience(attempt))) continue;
    }
    if (attempt === 1 && tampering?.signing?.shift === undefined) return { exchange, outcome };
    const repeated = attempt > 1 && call.action.mutating;
    return { exchange, outcome, repeated, ticked: tampering?.signing?.shift !== undefined && ticked(clock, own, ms) };
  }
}

/** A code that may mean no more than that: what still stands after asking again is judged. */
export const isBusy = (action: Action, code: string): boolean =>
  rowOf(action, code)?.causes.some((cause) => cause === "busy" || cause === "throttle") ?? false;

/** A code that says nothing of the call or of what is there. */
export const isFault = (action: Action, code: string): boolean => {
  const causes = rowOf(action, code)?.causes ?? [];
  return causes.includes("fault") && causes.every((cause) => cause === "fault" || cause === "busy");
};

function signed(
  s: Sending,
  to: ServiceTarget,
  call: Call,
  prefix: string,
  own: number,
  tampering: Tampering | undefined,
): HttpRequest {
  const { credentials, host, region } = to;
  const { nonce } = s;
  const honest: Signing =
    region === undefined ? { credentials, host, now: own, nonce } : { credentials, host, region, now: own, nonce };
  const protocol = protocolOf(call.binding);
  const request = tampering
    ? tampered(call, honest, tampering, s.clock(originOf(to.endpoint).origin).at(own))
    : protocol.sign(protocol.encode(call, honest), call, honest);
  return prefix === "" ? request : { ...request, path: prefix + request.path };
}

function dateOf({ headers }: HttpResponse): string | undefined {
  for (const header of headers) if (header[0] === "date") return header[1];
  return undefined;
}

/** True where the target may have judged the request in another second than the one that it was signed for. */
function ticked(clock: TargetClock, own: number, ms: number): boolean {
  const second = (at: number) => Math.floor(clock.at(at) / 1000);
  return second(own - clock.doubt) !== second(own + ms + clock.doubt);
}

const givenUp = (call: Call, role: Role, request: HttpRequest): Sent => ({
  exchange: {
    role,
    action: call.action.id,
    binding: call.binding,
    request,
    response: { why: "timeout", detail: "the target was given up" },
    ms: 0,
  },
  outcome: null,
});

/** What a set-up or clean-up call came to, in the words of resources. */
export function toAnswer({ exchange, outcome, repeated }: Sent): Answer {
  if (outcome === null) {
    const { why, detail } = exchange.response as { why: string; detail: string };
    return { kind: "unclear", why: `${why}: ${detail}` };
  }
  if (outcome.kind === "success") return { kind: "accepted", output: outcome.output };
  if (repeated && exchange.role === "setup")
    return { kind: "unclear", why: "refused after a busy answer, which may have done its work" };
  return outcome.kind === "refusal" ? { kind: "refused", code: outcome.code } : { kind: "unclear", why: outcome.why };
}

/** Calls of set-up and clean-up go over the service's main binding. */
export const mainCall = (action: Action, members: Members): Call => ({
  action,
  binding: action.service.bindings[0] ?? "",
  members,
});
