/** A case whose control was accepted -> its exchanges and its result: set-up, preceding calls, the judged call, postconditions. */

import { NO_RESOURCES, prepareCall } from "../../cases/bind/bind.ts";
import { isExcusable, judge } from "../../check/judge.ts";
import { decodeResponse } from "../../http/decode.ts";
import type { Action, CallMembers, Case, Exchange, Finding, PrecedingCall, Service } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import type { Lease } from "../../resources/lease.ts";
import { type NameContext, newMemberValue } from "../../resources/setup-members.ts";
import { MissingProvidedResourceError, SetupError } from "../../resources/target-call.ts";
import { actionById } from "../../spec/action-by-id.ts";
import { tokenValue } from "../../spec/case-token.ts";
import { causesOf } from "../../spec/error-codes.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { leasesNamedIn } from "../postconditions/effect.ts";
import type { CompletedCall } from "../postconditions/postcondition.ts";
import { isBusy, isFault } from "../send/retry-policy.ts";
import { describeOutcome, type SendResult, send, wasLostOnIdleConnection } from "../send/send.ts";
import { sendTracked } from "../send/send-tracked.ts";
import { evaluateConcurrency } from "./concurrency.ts";
import type { EvaluationContext } from "./context.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";
import { sendSignedBefore } from "./signed-before.ts";
import { waitUntilSettled } from "./wait-until-settled.ts";

/** Evaluates a case once, by itself. */
export const runOnce = (context: EvaluationContext, testCase: Case): Promise<CaseResult> =>
  needsResources(testCase) ? withResources(context, testCase) : withoutResources(context, testCase);

const actionsWithResources = new WeakMap<Action, boolean>();

/** False for most calls that only read: they name no existing resource and create none. */
function needsResources({ action, situation, extraResource, listPlan, sample }: Case): boolean {
  if (situation !== null || extraResource !== null || listPlan !== null || sample !== null) return true;
  let hasResources = actionsWithResources.get(action);
  if (hasResources === undefined) {
    hasResources = action.given.size > 0 || action.creates !== undefined || action.returnedList !== undefined;
    actionsWithResources.set(action, hasResources);
  }
  return hasResources;
}

/** Sends only the judged call. */
async function withoutResources(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const members = prepareCall(testCase, context.seed, context.token()).bind(NO_RESOURCES);
  const { action, binding, edit } = testCase;
  const mutation = edit?.op === "request" ? edit.mutation : undefined;
  const call = { action, binding, members };
  const expected = expectedCodes(testCase);
  const signed = sendSignedBefore(context, testCase, members);
  const before = signed && (await signed);
  if (before?.kind === "not-accepted") return before.result;
  const signedBefore = before?.exchange.request;
  const sent = await send(context.sendContext, context.to, call, roleOf(testCase), expected, mutation, signedBefore);
  return toResult(context, testCase, sent, members, before ? [before.exchange, sent.exchange] : [sent.exchange]);
}

async function withResources(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const { pool, seed } = context;
  const { action } = testCase;
  const token = context.token();
  const prepared = prepareCall(testCase, seed, token);
  let caseResources: CaseResources;
  try {
    caseResources = await pool.acquire(testCase, prepared.requiredIds, token);
  } catch (error) {
    if (error instanceof MissingProvidedResourceError) return skippedForMissingResource(context, error);
    if (error instanceof SetupError) return setupFailure(testCase, error);
    throw error;
  }
  const created: Lease[] = [];
  let spoiled = action.mutating;
  try {
    const { values, extraResourceInput, fill } = caseResources;
    const members = prepared.bind({ values, existingValues: extraResourceInput, fill });
    const callResult = await sendCalls(context, testCase, members, token, created, caseResources);
    const call: CompletedCall = { testCase, members, result: callResult, caseResources, created };
    if (action.mutating && mayHaveChanged(testCase, callResult)) caseResources.markModified();
    const result = await checkPostconditions(context, call);
    await context.whileCreated?.();
    if (result.status === "passed" && context.postconditions.some((p) => p.id === "effect" && p.applies(call)))
      for (const lease of leasesNamedIn(members, caseResources))
        if (isDeletedBy(testCase, lease)) pool.markDeleted(lease);
    if (result.status === "passed" || result.status === "observed") spoiled = false;
    return created.length === 0
      ? result
      : { ...result, createdEntries: created.flatMap(({ ledgerEntry }) => ledgerEntry ?? []) };
  } finally {
    for (const lease of created.reverse()) await pool.deleteCreated(lease);
    await caseResources.release(spoiled);
  }
}

function skippedForMissingResource(
  { to }: EvaluationContext,
  { resourceKey, message }: MissingProvidedResourceError,
): CaseResult {
  const declared = to.unsupported.requirements[resourceKey];
  return resultWithoutResponse("skipped", declared ?? message, declared !== undefined);
}

/** A refused set-up call is an observation, not an obstacle, where the case has an undocumented value that the set-up sent. */
function setupFailure(
  { expect, extraResource, action }: Case,
  { message, blockedBy, exchange, requestErrorCode, mayPass }: SetupError,
): CaseResult {
  const exchanges = exchange === undefined ? [] : [exchange];
  // No document states whether two names that differ in the case of letters are different.
  const inUse = extraResource?.resembles === "other-case" ? codeOfNameInUse(action.service, exchange) : undefined;
  if (inUse !== undefined) return { ...resultWithoutResponse("observed", message), actual: inUse, exchanges };
  if (expect.outcome === "any" && requestErrorCode !== undefined)
    return { ...resultWithoutResponse("observed", message), actual: requestErrorCode, exchanges };
  return {
    ...resultWithoutResponse("indeterminate", message),
    exchanges,
    ...(blockedBy === undefined ? {} : { blockedBy }),
    ...(mayPass ? { mayPass } : {}),
  };
}

/** The code of a refused set-up call that is about the state of the target. */
function codeOfNameInUse(service: Service, exchange: Exchange | undefined): string | undefined {
  const called = actionById(service, exchange?.action);
  if (!exchange || !called || "reason" in exchange.response) return undefined;
  const outcome = decodeResponse(exchange.response, service.envelope);
  const isState = outcome.kind === "refusal" && causesOf(called, outcome.code).includes("state");
  return isState ? outcome.code : undefined;
}

async function sendCalls(
  context: EvaluationContext,
  testCase: Case,
  members: CallMembers,
  token: string,
  created: Lease[],
  caseResources: CaseResources,
): Promise<CaseResult> {
  const exchanges: Exchange[] = [];
  const { service } = testCase.action;
  for (const [i, preceding] of (testCase.situation?.precedingCalls ?? []).entries()) {
    const action = preceding.call === "this" ? testCase.action : service.actions.get(preceding.call);
    if (!action) throw new Error(`${service.id} has no action ${preceding.call}`);
    const nameContext = { seed: context.seed, token: context.token() };
    const precedingMembers = {
      ...membersFor(action, testCase, members),
      ...caseResources.precedingCallMembers[i],
      ...precedingCallMembers(action, preceding, token, nameContext),
    };
    const sent = await sendTracked(
      context,
      { ...testCase, action },
      precedingMembers,
      "before",
      preceding.refused ?? [],
      created,
      caseResources,
    );
    exchanges.push(sent.exchange);
    // A preceding call may have deleted what an earlier one created.
    for (const lease of created) if (action.deletes.includes(lease.resource)) lease.mayBeModified = true;
    if (!isAsPlanned(preceding, sent)) {
      const response = describeOutcome(sent);
      const planned = preceding.refused ? `refused with ${preceding.refused.join(" or ")}` : "accepted";
      return {
        ...resultWithoutResponse("indeterminate", `the preceding call ${action.name} was not ${planned}: ${response}`),
        blockedBy: { action: action.id, response },
        exchanges,
        ...(sent.unsafeRetry || isFault(action, response) || wasLostOnIdleConnection(sent) ? { mayPass: true } : {}),
      };
    }
    if (!preceding.refused)
      await waitUntilSettled(context.pool.context, action, precedingMembers, created, caseResources);
  }
  const { concurrency } = testCase;
  const expected = concurrency?.codes ?? expectedCodes(testCase);
  const signed = sendSignedBefore(context, testCase, members);
  const before = signed && (await signed);
  if (before?.kind === "not-accepted") return before.result;
  if (before) exchanges.push(before.exchange);
  const sendCopy = (callContext: EvaluationContext) => {
    const copy = concurrency?.sharedParameter === undefined ? members : otherUniqueValues(context, testCase, members);
    const signedBefore = before?.exchange.request;
    return sendTracked(callContext, testCase, copy, roleOf(testCase), expected, created, caseResources, signedBefore);
  };
  if (concurrency) return evaluateConcurrency(context, testCase, concurrency, members, sendCopy);
  const sent = await sendCopy(context);
  exchanges.push(sent.exchange);
  return toResult(context, testCase, sent, members, exchanges);
}

/** The members with new values for all unique parameters but the shared one. */
function otherUniqueValues(
  { seed, token }: EvaluationContext,
  { action, concurrency }: Case,
  members: CallMembers,
): CallMembers {
  const name = { seed, token: token() };
  const others = action.parameters.filter(
    (p) => p.name !== concurrency?.sharedParameter && p.name in members && mustBeUnique(action, p),
  );
  return {
    ...members,
    ...Object.fromEntries(others.map((p) => [p.name, newMemberValue(action, p, action.given.get(p.name), name)])),
  };
}

const isAsPlanned = ({ refused }: PrecedingCall, { outcome }: SendResult): boolean =>
  refused ? outcome?.kind === "refusal" && refused.includes(outcome.code) : outcome?.kind === "success";

/** A preceding call of another action has those members of the judged call that it declares, without its token. */
function membersFor(action: Action, testCase: Case, members: CallMembers): CallMembers {
  if (action === testCase.action) return members;
  const added = testCase.situation?.additionalMembers ?? {};
  return Object.fromEntries(
    Object.entries(members).filter(([name]) => !(name in added) && action.parameters.some((p) => p.name === name)),
  );
}

/** The literal members of the call, with the token of the case in place of `fresh`, and names for the resources that it creates. */
function precedingCallMembers(action: Action, call: PrecedingCall, token: string, name: NameContext): CallMembers {
  const members: CallMembers = {};
  for (const [member, value] of Object.entries(call.members))
    members[member] = tokenValue(
      value,
      token,
      action.parameters.find((p) => p.name === member),
    );
  for (const parameter of action.parameters) {
    const state = call.where.get(parameter.name);
    if (state?.kind === "new") members[parameter.name] = newMemberValue(action, parameter, state, name);
  }
  return members;
}

const roleOf = ({ family }: Case): "control" | "judged" => (family === "control" ? "control" : "judged");
const NO_CODES: readonly string[] = [];
const expectedCodes = ({ expect }: Case): readonly string[] => (expect.outcome === "refused" ? expect.codes : NO_CODES);

function toResult(
  { ids, checks }: EvaluationContext,
  testCase: Case,
  sent: SendResult,
  members: CallMembers,
  exchanges: readonly Exchange[],
): CaseResult {
  const { exchange, outcome } = sent;
  const judgement = judge(testCase, exchange.response, outcome, ids, checks, members);
  const { status, actual } = judgement;
  // A code for an internal fault is judged. Any other refusal after an unsafe retry may be due to the effect of an earlier attempt.
  const isFaultCode = outcome?.kind === "refusal" && isFault(testCase.action, outcome.code);
  if (sent.unsafeRetry && status === "failed" && !isFaultCode) {
    return {
      ...resultWithoutResponse(
        "indeterminate",
        "an earlier attempt of the call got a busy response and may have had an effect",
      ),
      actual,
      exchanges,
      ...(isExcusable(testCase) && outcome?.kind === "refusal" && isBusy(testCase.action, outcome.code)
        ? { excusedBy: "busy" as const }
        : { mayPass: true }),
    };
  }
  // The spread is last: where members follow one, V8 takes microseconds for each object.
  const result: CaseResult = { exchanges, declaredByTarget: false, ...judgement };
  if (wasLostOnIdleConnection(sent)) return { ...result, mayPass: true };
  return sent.crossedSecond ? { ...result, crossedSecond: true } : result;
}

const mayHaveChanged = ({ situation }: Case, { actual, status }: CaseResult): boolean =>
  actual === "success" || status === "indeterminate" || (situation?.precedingCalls.length ?? 0) > 0;

/** Verifies the state of the target after a passed call, before the clean-up. */
async function checkPostconditions(context: EvaluationContext, call: CompletedCall): Promise<CaseResult> {
  const { result } = call;
  if (result.status !== "passed" && result.status !== "observed") return result;
  const findings: Finding[] = [];
  const exchanges: Exchange[] = [];
  let inconclusiveReason = "";
  for (const postcondition of context.postconditions) {
    if (!postcondition.applies(call)) continue;
    const verified = await postcondition.verify(context, call);
    findings.push(...verified.findings);
    exchanges.push(...(verified.exchanges ?? []));
    inconclusiveReason ||= verified.inconclusiveReason;
  }
  if (findings.length > 0) {
    return {
      ...result,
      status: "failed",
      findings: [...result.findings, ...findings],
      exchanges: [...result.exchanges, ...exchanges],
    };
  }
  return inconclusiveReason === "" ? result : { ...result, status: "indeterminate", reason: inconclusiveReason };
}

/** A verified deletion is not repeated in the clean-up, because another client may already have reused the id. */
const isDeletedBy = ({ action, situation }: Case, { resource }: Lease): boolean =>
  action.deletes.includes(resource) &&
  situation?.effects === undefined &&
  resource.probes.has(action.effects.success ?? "");
