/** A service, before anything else is asked of it → whether it answers, lets us in, and belongs to the account that the target names. */
import jsonpointer from "jsonpointer";
import type { Action, CallMembers, ErrorCause, Json, Outcome, Service, ServiceTarget, Target } from "../model/index.ts";
import { causesOf } from "../spec/error-codes.ts";
import type { Guards } from "./guards.ts";
import { isLoopback, serviceTargetOf } from "./send/endpoint.ts";
import { describeOutcome, mainBindingCall, type SendContext, send } from "./send/send.ts";

export interface Preflight {
  /** Asked once for each service: why nothing of it can be judged, else nothing. What may not be changed is told to the guards. */
  (service: Service): Promise<string>;
  /** The reasons so far. */
  failures(): string[];
}

export interface PreflightOptions {
  readonly target: Target;
  readonly sending: SendContext;
  readonly guard: Guards;
  /** By id, of all services: one may tell the account of another. */
  readonly actions: ReadonlyMap<string, Action>;
  /** Words of the target → the same without secrets. */
  readonly clean: (text: string) => string;
}

export function createPreflight({ target, sending, guard, actions, clean }: PreflightOptions): Preflight {
  const asked = new Map<string, Promise<string>>();
  const failures: string[] = [];
  const greet = async (service: Service): Promise<string> => {
    const to = serviceTargetOf(target, service.id);
    if (!to) return `the target ${target.name} names no endpoint for ${service.id}`;
    const why = clean((await checkPing(service, to)) || (await checkAccount(service, to)));
    if (why !== "") failures.push(why);
    return why;
  };

  async function checkPing(service: Service, to: ServiceTarget): Promise<string> {
    const action = service.actions.get(service.ping?.call ?? "");
    // What the target says that it lacks it is not asked for.
    if (!action || !service.ping || lacked(to, action)) return unpinged(service, to);
    const sent = await send(sending, to, mainBindingCall(action, service.ping.with), "probe");
    if (sent.outcome === null) return `${service.id} does not answer: ${describeOutcome(sent)}`;
    const lacking = sent.outcome.kind === "refusal" && service.envelope.notImplementedCodes.includes(sent.outcome.code);
    // An emulator without the action speaks the right language all the same.
    if (lacking) return unpinged(service, to);
    const why = rejectionReason(action, sent.outcome);
    if (why && !target.isEmulator)
      guard.forbidMutations(
        service.id,
        `nothing of ${service.id} is changed: its ping ${action.name} was answered ${why}`,
      );
    return "";
  }

  /** On this machine nothing of anybody's is at stake. */
  function unpinged({ id }: Service, to: ServiceTarget): string {
    if (!target.isEmulator && !isLoopback(new URL(to.endpoint).hostname))
      guard.forbidMutations(
        id,
        `nothing of ${id} is changed: the target has no read-only action that shows whether calls are let in`,
      );
    return "";
  }

  async function checkAccount(service: Service, to: ServiceTarget): Promise<string> {
    const { account } = service;
    if (to.account === undefined || !account) return "";
    const told =
      "credential" in account ? to.credentials[account.credential] : await toldBy(service, account, to, to.account);
    if (typeof told === "object") return told.why;
    return told === to.account
      ? ""
      : `the credentials of ${service.id} belong to ${told ?? "no account"}, and the target names ${to.account}: nothing was sent`;
  }

  async function toldBy(
    { id }: Service,
    { call, requirements, pointer, pattern }: Extract<Service["account"], { call: string }>,
    to: ServiceTarget,
    named: string,
  ): Promise<string | { why: string }> {
    const whom = `which account the credentials of ${id} belong to is not known, and the target names ${named}`;
    const action = actions.get(call);
    const there = serviceTargetOf(target, call);
    if (!action || !there) return { why: `${whom}: there is no ${call} to ask` };
    const members: CallMembers = {};
    for (const [parameter, need] of Object.entries(requirements)) members[parameter] = to.provided[need] ?? null;
    // The same credentials, asked at the other service's door.
    const sent = await send(
      sending,
      { ...there, credentials: to.credentials },
      mainBindingCall(action, members),
      "probe",
    );
    if (sent.outcome?.kind !== "success")
      return { why: `${whom}: ${action.name} was answered ${describeOutcome(sent)}` };
    const text = textAt(sent.outcome.output, pointer);
    const found = pattern === undefined ? text : new RegExp(pattern, "u").exec(text)?.[1];
    return found || { why: `${whom}: ${action.name} told none at ${pointer}` };
  }

  const preflight = (service: Service) => {
    const before = asked.get(service.id);
    if (before !== undefined) return before;
    // Whatever goes wrong with one service is no reason to end the run.
    const now = greet(service).catch((error: Error) => `${service.id} cannot be asked: ${error.message}`);
    asked.set(service.id, now);
    return now;
  };
  return Object.assign(preflight, { failures: () => failures });
}

const lacked = ({ unsupported }: ServiceTarget, { name, id }: Action): boolean =>
  unsupported.actions[name] !== undefined || unsupported.actions[id] !== undefined;

/** Codes that speak of the caller or of trouble, and not of what the ping asked for. */
const nonRequestCauses: readonly ErrorCause[] = ["auth", "account", "busy", "throttle", "fault", "front-door"];

/** What the ping came to where it does not show that calls are let in; nothing where it does. */
function rejectionReason(action: Action, outcome: Outcome): string | undefined {
  if (outcome.kind === "success") return undefined;
  if (outcome.kind === "unreadable") return outcome.reason;
  const causes = causesOf(action, outcome.code);
  // A code that no page knows tells nothing of what is allowed.
  return causes.length === 0 || causes.some((cause) => nonRequestCauses.includes(cause)) ? outcome.code : undefined;
}

function textAt(output: Json | undefined, at: string): string {
  const found = typeof output === "object" && output !== null ? (jsonpointer.get(output, at) as Json) : undefined;
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}
