/** A case whose signature was used before -> the exchange of the request that it alters, as it was signed. */
import type { CallMembers, Case, Exchange } from "../../model/index.ts";
import { describeOutcome, send } from "../send/send.ts";
import type { EvaluationContext } from "./context.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

export type SignedBefore =
  | { readonly kind: "accepted"; readonly exchange: Exchange }
  | { readonly kind: "not-accepted"; readonly result: CaseResult };

/** Undefined for every other case. A server may remember the signature as verified only where it accepted the request. */
export async function sendSignedBefore(
  { sendContext, to }: EvaluationContext,
  { action, binding, edit }: Case,
  members: CallMembers,
): Promise<SignedBefore | undefined> {
  if (edit?.op !== "request" || !edit.mutation.signedBefore) return undefined;
  const { afterSigning: _, ...asSigned } = edit.mutation;
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
