/** A call → signed, sent, decoded; tried again while the target is only busy. */

import { troubleOf } from "../check/judge.ts";
import type { Action, Call, Exchange, Members, Outcome, Role, ServiceTarget, Signing } from "../model.ts";
import { decode } from "../protocols/decode.ts";
import { protocolOf } from "../protocols/index.ts";
import type { Answer } from "../resources/caller.ts";
import type { Transport } from "../transport/transport.ts";

export interface Sending {
  readonly transport: Transport;
  /** Milliseconds for a whole exchange. */
  readonly timeout: number;
  readonly now: () => number;
  readonly nonce: () => number;
  readonly patience: (attempt: number) => Promise<boolean>;
  /** Told of every exchange, in order of their answers. */
  readonly seen: (exchange: Exchange, outcome: Outcome | null) => void;
  /** False once the target is given up: nothing more is sent. */
  readonly open: () => boolean;
}

export interface Sent {
  readonly exchange: Exchange;
  /** Null where no answer came. */
  readonly outcome: Outcome | null;
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
): Promise<Sent> {
  for (let attempt = 1; ; attempt++) {
    const sent = await once(s, to, call, role);
    const { outcome } = sent;
    if (outcome?.kind !== "refusal" || expected.includes(outcome.code)) return sent;
    const trouble = troubleOf(call.action, outcome.code);
    if (trouble !== "busy" && trouble !== "throttle") return sent;
    if (!(await s.patience(attempt))) return sent;
  }
}

async function once(s: Sending, to: ServiceTarget, call: Call, role: Role): Promise<Sent> {
  const { origin, prefix } = originOf(to.endpoint);
  const signing: Signing = {
    credentials: to.credentials,
    host: to.host,
    ...(to.region === undefined ? {} : { region: to.region }),
    now: s.now(),
    nonce: s.nonce,
  };
  const protocol = protocolOf(call.binding);
  const signed = protocol.sign(protocol.encode(call, signing), call, signing);
  const request = prefix === "" ? signed : { ...signed, path: prefix + signed.path };
  const base = { role, action: call.action.id, binding: call.binding, request };
  if (!s.open())
    return {
      exchange: { ...base, response: { why: "timeout", detail: "the target was given up" }, ms: 0 },
      outcome: null,
    };
  const started = performance.now();
  const response = await s.transport.send(origin, request, s.timeout);
  const exchange: Exchange = { ...base, response, ms: performance.now() - started };
  const outcome = "why" in response ? null : decode(response, call.action.service.envelope);
  s.seen(exchange, outcome);
  return { exchange, outcome };
}

/** What a set-up or clean-up call came to, in the words of resources. */
export function toAnswer({ exchange, outcome }: Sent): Answer {
  if (outcome === null) {
    const { why, detail } = exchange.response as { why: string; detail: string };
    return { kind: "unclear", why: `${why}: ${detail}` };
  }
  if (outcome.kind === "success") return { kind: "accepted", output: outcome.output };
  return outcome.kind === "refusal" ? { kind: "refused", code: outcome.code } : { kind: "unclear", why: outcome.why };
}

/** Calls of set-up and clean-up go over the service's main binding. */
export const mainCall = (action: Action, members: Members): Call => ({
  action,
  binding: action.service.bindings[0] ?? "",
  members,
});
