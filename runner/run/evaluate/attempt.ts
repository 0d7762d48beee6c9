/** One case, its control being good → its exchanges and what they come to: state, calls before, the judged call, its effect. */

import { type BindingContext, bindMembers, preselectedIds } from "../../cases/bind/bind.ts";
import { judge } from "../../check/judge.ts";
import type { Action, CallMembers, Case, Exchange, Finding, Json, PrecedingCall } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import type { Lease } from "../../resources/lease.ts";
import { type NameContext, newMemberValue } from "../../resources/setup-members.ts";
import { MissingProvidedResourceError, SetupError } from "../../resources/target-call.ts";
import { leasesNamedIn } from "../postconditions/effect.ts";
import { type CompletedCall, successProbe } from "../postconditions/postcondition.ts";
import { isFault } from "../send/retry-policy.ts";
import { describeOutcome, type SendResult, send } from "../send/send.ts";
import { sendTracked } from "../send/send-tracked.ts";
import { evaluateConcurrency } from "./concurrency.ts";
import type { EvaluationContext } from "./context.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

const stateful = new WeakMap<Action, boolean>();

/** A case by itself, once. */
export const runOnce = (j: EvaluationContext, c: Case): Promise<CaseResult> =>
  needsState(c) ? withResources(j, c) : withoutResources(j, c);

/** Most calls that only look name nothing that must be there, and make nothing. */
function needsState(c: Case): boolean {
  if (c.situation !== null || c.extraResource !== null || c.sample !== null) return true;
  let known = stateful.get(c.action);
  if (known === undefined) {
    known = c.action.given.size > 0 || c.action.creates !== undefined;
    stateful.set(c.action, known);
  }
  return known;
}

const nothing: CallMembers = {};
const noPresets: ReadonlyMap<string, Json> = new Map();
const noFill = () => undefined;

/** The judged call and nothing else. */
async function withoutResources(j: EvaluationContext, c: Case): Promise<CaseResult> {
  const around: BindingContext = {
    seed: j.seed,
    token: j.token(),
    values: nothing,
    existingValues: nothing,
    fill: noFill,
  };
  const members = bindMembers(c, around, noPresets);
  const { action, binding } = c;
  const tampering = c.edit?.op === "request" ? c.edit.mutation : undefined;
  const sent = await send(j.sendContext, j.to, { action, binding, members }, roleOf(c), acceptedBy(c), tampering);
  return toResult(j, c, sent, members, [sent.exchange]);
}

export const CLOCK_CROSSED_SECOND = "the target's clock went on while it was asked about one second";

const roleOf = (c: Case): "control" | "judged" => (c.family === "control" ? "control" : "judged");
const none: readonly string[] = [];
const acceptedBy = (c: Case): readonly string[] => (c.expect.outcome === "refused" ? c.expect.codes : none);

function toResult(
  j: EvaluationContext,
  c: Case,
  sent: SendResult,
  members: CallMembers,
  exchanges: readonly Exchange[],
): CaseResult {
  const { status, reason, actual, findings } = judge(c, sent.exchange.response, sent.outcome, j.ids, j.checks, members);
  if (sent.ticked && status === "failed") {
    return {
      ...resultWithoutResponse("indeterminate", CLOCK_CROSSED_SECOND),
      actual,
      exchanges,
    };
  }
  // One that breaks to the end is judged by that; any other word may speak of what it did while it was busy.
  const busyStill = sent.outcome?.kind === "refusal" && isFault(c.action, sent.outcome.code);
  if (sent.repeated && status === "failed" && !busyStill) {
    return {
      ...resultWithoutResponse("indeterminate", "the target was busy first, and may have done its work then"),
      actual,
      exchanges,
    };
  }
  return { status, reason, actual, findings, exchanges, declaredByTarget: false };
}

async function withResources(j: EvaluationContext, c: Case): Promise<CaseResult> {
  const token = j.token();
  const preset = preselectedIds(c, token, j.seed);
  let tenure: CaseResources;
  try {
    tenure = await j.pool.acquire(c, preset, token);
  } catch (error) {
    if (error instanceof MissingProvidedResourceError) return skippedForMissingResource(j, error);
    if (error instanceof SetupError) return setupFailure(c, error);
    throw error;
  }
  const made: Lease[] = [];
  let spoiled = c.action.mutating;
  try {
    const { values, extraResourceInput, fill } = tenure;
    const members = bindMembers(c, { seed: j.seed, token, values, existingValues: extraResourceInput, fill }, preset);
    const result = await sendCalls(j, c, members, token, made, tenure);
    const acted = { c, members, result, tenure, made };
    if (c.action.mutating && mayHaveChanged(c, result)) tenure.markModified();
    const proved = await checkPostconditions(j, acted);
    if (proved.status === "passed" && j.postconditions.some((p) => p.id === "effect" && p.applies(acted)))
      for (const lease of leasesNamedIn(members, tenure)) if (isDeletedBy(c, lease)) j.pool.markDeleted(lease);
    if (proved.status === "passed" || proved.status === "observed") spoiled = false;
    return made.length === 0
      ? proved
      : { ...proved, createdEntries: made.flatMap(({ ledgerEntry }) => ledgerEntry ?? []) };
  } finally {
    for (const lease of made.reverse()) await j.pool.deleteCreated(lease);
    await tenure.release(spoiled);
  }
}

const mayHaveChanged = ({ situation }: Case, { actual, status }: CaseResult): boolean =>
  actual === "success" || status === "indeterminate" || (situation?.precedingCalls.length ?? 0) > 0;

/** What was proved to be gone is not deleted once more: by now its id may be somebody else's. */
const isDeletedBy = (c: Case, { resource }: Lease): boolean =>
  c.action.deletes.includes(resource) && resource.probes.has(successProbe(c) ?? "");

/** A value that the documents leave open may be refused as soon as something is to be made with it. */
function setupFailure(c: Case, { message, blocked, exchange, refused }: SetupError): CaseResult {
  const exchanges = exchange === undefined ? [] : [exchange];
  if (c.expect.outcome === "any" && refused !== undefined)
    return { ...resultWithoutResponse("observed", message), actual: refused, exchanges };
  return {
    ...resultWithoutResponse("indeterminate", message),
    exchanges,
    ...(blocked === undefined ? {} : { blockedBy: blocked }),
  };
}

function skippedForMissingResource(j: EvaluationContext, error: MissingProvidedResourceError): CaseResult {
  const told = j.to.unsupported.requirements[error.need];
  return resultWithoutResponse("skipped", told ?? error.message, told !== undefined);
}

async function sendCalls(
  j: EvaluationContext,
  c: Case,
  members: CallMembers,
  token: string,
  made: Lease[],
  tenure: CaseResources,
): Promise<CaseResult> {
  const exchanges: Exchange[] = [];
  for (const [i, before] of (c.situation?.precedingCalls ?? []).entries()) {
    const action = before.call === "this" ? c.action : c.action.service.actions.get(before.call);
    if (!action) throw new Error(`${c.action.service.id} has no action ${before.call}`);
    const own = precedingCallMembers(action, before, token, { seed: j.seed, token: j.token() });
    const sent = await sendTracked(
      j,
      { ...c, action },
      { ...members, ...tenure.precedingCallMembers[i], ...own },
      "before",
      [],
      made,
      tenure,
    );
    exchanges.push(sent.exchange);
    if (sent.outcome?.kind !== "success") {
      const answer = describeOutcome(sent);
      const blockedBy = { action: action.id, response: answer };
      return {
        ...resultWithoutResponse("indeterminate", `the call before was not accepted: ${answer}`),
        blockedBy,
        exchanges,
      };
    }
  }
  const { concurrency } = c;
  const once = (how: EvaluationContext) =>
    sendTracked(how, c, members, roleOf(c), concurrency?.codes ?? acceptedBy(c), made, tenure);
  if (concurrency) return evaluateConcurrency(j, c, concurrency, members, once);
  const sent = await once(j);
  exchanges.push(sent.exchange);
  return toResult(j, c, sent, members, exchanges);
}

/** An answer is worth what was done: the target is looked at before anything is cleared away. */
async function checkPostconditions(j: EvaluationContext, acted: CompletedCall): Promise<CaseResult> {
  const { result } = acted;
  if (result.status !== "passed") return result;
  const findings: Finding[] = [];
  const exchanges: Exchange[] = [];
  let unclear = "";
  for (const proof of j.postconditions) {
    if (!proof.applies(acted)) continue;
    const proved = await proof.look(j, acted);
    findings.push(...proved.findings);
    exchanges.push(...(proved.exchanges ?? []));
    unclear ||= proved.unclear;
  }
  if (findings.length > 0) {
    const shown = [...result.exchanges, ...exchanges];
    return { ...result, status: "failed", findings: [...result.findings, ...findings], exchanges: shown };
  }
  return unclear === "" ? result : { ...result, status: "indeterminate", reason: unclear };
}

/** Literals with the case's token for `fresh`, and names that the call makes up for itself. */
function precedingCallMembers(action: Action, before: PrecedingCall, token: string, name: NameContext): CallMembers {
  const members: CallMembers = {};
  for (const [member, value] of Object.entries(before.members)) members[member] = value === "fresh" ? token : value;
  for (const p of action.parameters) {
    const state = before.where.get(p.name);
    if (state?.kind === "new") members[p.name] = newMemberValue(action, p, state, name);
  }
  return members;
}
