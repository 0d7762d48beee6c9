/** A service before its first case -> whether it responds, accepts the credentials, and belongs to the account that the target names. */
import jsonpointer from "jsonpointer";
import type { Action, CallMembers, ErrorCause, Json, Outcome, Service, ServiceTarget, Target } from "../model/index.ts";
import { causesOf } from "../spec/error-codes.ts";
import { isLoopback } from "../transport/loopback.ts";
import type { Guards } from "./guards.ts";
import { serviceTargetOf } from "./send/endpoint.ts";
import { describeOutcome, mainBindingCall, type SendContext, send } from "./send/send.ts";

export interface Preflight {
  /**
   * Checks each service once. Why no case of it can be judged; empty where its cases can be judged. Where calls that change
   * state must not be sent, the guards are informed.
   */
  (service: Service): Promise<string>;
  /** The reasons so far. */
  failures(): string[];
}

export interface PreflightOptions {
  readonly target: Target;
  readonly sendContext: SendContext;
  readonly guards: Guards;
  /** By id, of all services: an action of one service may return the account of another. */
  readonly actions: ReadonlyMap<string, Action>;
  /** Removes secrets from a text of the target. */
  readonly redact: (text: string) => string;
}

export function createPreflight({ target, sendContext, guards, actions, redact }: PreflightOptions): Preflight {
  const started = new Map<string, Promise<string>>();
  const failures: string[] = [];

  const preflight = (service: Service) => {
    const earlier = started.get(service.id);
    if (earlier !== undefined) return earlier;
    // A failed preflight of one service must not end the run.
    const check = checkService(service).catch(
      (error: Error) => `the preflight of ${service.id} failed: ${error.message}`,
    );
    started.set(service.id, check);
    return check;
  };

  async function checkService(service: Service): Promise<string> {
    const to = serviceTargetOf(target, service.id);
    if (!to)
      return `the target ${target.name} has no endpoint for ${service.id}; add it to \`services\` of the target file`;
    const failure = redact((await checkPing(service, to)) || (await checkAccount(service, to)));
    if (failure !== "") failures.push(failure);
    return failure;
  }

  async function checkPing(service: Service, to: ServiceTarget): Promise<string> {
    const action = service.actions.get(service.ping?.call ?? "");
    // An action that the target declares as unsupported is not called.
    if (!action || !service.ping || isUnsupported(to, action)) return handleMissingPing(service, to);
    const sent = await send(sendContext, to, mainBindingCall(action, service.ping.with), "probe");
    if (sent.outcome === null) return `${service.id} does not respond: ${describeOutcome(sent)}`;
    const notImplemented =
      sent.outcome.kind === "refusal" && service.envelope.notImplementedCodes.includes(sent.outcome.code);
    // An emulator without this action still responds in the envelope of the service.
    if (notImplemented) return handleMissingPing(service, to);
    const rejection = rejectionReason(action, sent.outcome);
    if (rejection && !target.isEmulator)
      guards.forbidMutations(
        service.id,
        `no call that changes state is sent to ${service.id}: its ping ${action.name} got the response ${rejection}`,
      );
    return "";
  }

  /** Forbids changes, except on an emulator or on this machine, where no real account is at risk. */
  function handleMissingPing({ id }: Service, to: ServiceTarget): string {
    if (!target.isEmulator && !isLoopback(to.endpoint))
      guards.forbidMutations(
        id,
        `no call that changes state is sent to ${id}: the target has no read-only action that shows whether the credentials are accepted`,
      );
    return "";
  }

  async function checkAccount(service: Service, to: ServiceTarget): Promise<string> {
    const { account } = service;
    if (to.account === undefined || !account) return "";
    const actual =
      "credential" in account
        ? to.credentials[account.credential]
        : await fetchAccount(service, account, to, to.account);
    if (typeof actual === "object") return actual.failure;
    return actual === to.account
      ? ""
      : `the credentials of ${service.id} belong to account ${actual ?? "(none)"}, but the target names account ${to.account}; no case of the service is sent`;
  }

  async function fetchAccount(
    { id }: Service,
    { call, requirements, pointer, pattern }: Extract<Service["account"], { call: string }>,
    to: ServiceTarget,
    expected: string,
  ): Promise<string | { failure: string }> {
    const unknown = `the account of the credentials of ${id} is unknown, and the target names account ${expected}`;
    const action = actions.get(call);
    const accountTarget = serviceTargetOf(target, call);
    if (!action || !accountTarget) return { failure: `${unknown}: ${call} is not available` };
    const members: CallMembers = {};
    for (const [parameter, need] of Object.entries(requirements)) members[parameter] = to.provided[need] ?? null;
    // The credentials of this service, sent to the service that returns the account.
    const sent = await send(
      sendContext,
      { ...accountTarget, credentials: to.credentials },
      mainBindingCall(action, members),
      "probe",
    );
    if (sent.outcome?.kind !== "success")
      return { failure: `${unknown}: ${action.name} got the response ${describeOutcome(sent)}` };
    const text = textAt(sent.outcome.output, pointer);
    const account = pattern === undefined ? text : new RegExp(pattern, "u").exec(text)?.[1];
    return account || { failure: `${unknown}: the response of ${action.name} has no account at ${pointer}` };
  }

  return Object.assign(preflight, { failures: () => failures });
}

export const isUnsupported = ({ unsupported }: ServiceTarget, { name, id }: Action): boolean =>
  unsupported.actions[name] !== undefined || unsupported.actions[id] !== undefined;

/** Causes that concern the caller or the state of the service, not what the ping requested. */
const nonRequestCauses: readonly ErrorCause[] = ["auth", "account", "busy", "throttle", "fault", "gateway"];

/** The code or the reason for which the ping does not show that calls are accepted; undefined where it does. */
function rejectionReason(action: Action, outcome: Outcome): string | undefined {
  if (outcome.kind === "success") return undefined;
  if (outcome.kind === "unreadable") return outcome.reason;
  const causes = causesOf(action, outcome.code);
  // An undocumented code does not show whether the caller is permitted.
  return causes.length === 0 || causes.some((cause) => nonRequestCauses.includes(cause)) ? outcome.code : undefined;
}

function textAt(output: Json | undefined, pointer: string): string {
  const value = typeof output === "object" && output !== null ? (jsonpointer.get(output, pointer) as Json) : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
