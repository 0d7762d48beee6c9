/** A case whose signature was used before -> the exchange of the request that it alters, as it was signed. */
import type { CallMembers, Case, Exchange, RequestMutation } from "../../model/index.ts";
import { describeOutcome, send } from "../send/send.ts";
import type { EvaluationContext } from "./context.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

export type SignedBefore =
  | { readonly kind: "accepted"; readonly exchange: Exchange }
  | { readonly kind: "not-accepted"; readonly result: CaseResult };

/** Undefined for every other case. A server may remember the signature as verified only where it accepted the request. */
export function sendSignedBefore(
  context: EvaluationContext,
  testCase: Case,
  members: CallMembers,
): Promise<SignedBefore> | undefined {
  const { edit } = testCase;
  return edit?.op === "request" && edit.mutation.signedBefore
    ? sendAsSigned(context, testCase, members, edit.mutation)
    : undefined;
}

async function sendAsSigned(
  { sendContext, to }: EvaluationContext,
  { action, binding }: Case,
  members: CallMembers,
  { afterSigning: _, ...asSigned }: RequestMutation,
): Promise<SignedBefore> {
  const sent = await send(sendContext, to, { action, binding, members }, "before", [], asSigned);
  const { exchange, outcome } = sent;
  if (outcome?.kind === "success") return { kind: "accepted", exchange };
  const response = describeOutcome(sent);
  const result = resultWithoutResponse("indeterminate", `the request as it was signed was not accepted: ${response}`);
  return {
    kind: "not-accepted",
    result: { ...result, blockedBy: { action: action.id, response }, exchanges: [exchange] },
  };
}
