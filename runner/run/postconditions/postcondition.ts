/** A postcondition checks, after a call with the expected response, that the state of the target agrees with that response. */
import { decodeResponse } from "../../http/decode.ts";
import type { CallMembers, Case, Exchange, Finding, Json } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import type { Lease } from "../../resources/lease.ts";
import type { ResourcePool } from "../../resources/pool.ts";
import type { ProbeResult } from "../../resources/probe.ts";
import type { CaseResult } from "../evaluate/result.ts";

/** The judged call of a case, its result and the resources of the case. */
export interface CompletedCall {
  readonly testCase: Case;
  readonly members: CallMembers;
  readonly result: CaseResult;
  readonly caseResources: CaseResources;
  /** Resources that the call created. A postcondition adds those that exist although the call was refused. */
  readonly created: Lease[];
}

export interface PostconditionResult {
  readonly findings: readonly Finding[];
  /** Why the state could not be verified; empty where it could. */
  readonly inconclusiveReason: string;
  /** The probe requests that support the findings. */
  readonly exchanges?: readonly Exchange[];
}

export interface PostconditionContext {
  readonly pool: ResourcePool;
  /** The id of the run, which is part of every name that the run creates. */
  readonly run: string;
}

export interface Postcondition {
  readonly id: string;
  applies(call: CompletedCall): boolean;
  verify(context: PostconditionContext, call: CompletedCall): Promise<PostconditionResult>;
}

export const POSTCONDITION_HOLDS: PostconditionResult = { findings: [], inconclusiveReason: "" };

/** The name of the probe that holds after a successful call, e.g. `exists` or `gone`. */
export const successProbe = (testCase: Case): string | undefined =>
  (testCase.situation?.effects ?? testCase.action.effects).success;

/**
 * True for accepted calls whose effect is verified: every call of the main binding, and a few cases of each other binding,
 * because all bindings reach the same implementation. The texts of Han characters show how a binding decodes them.
 */
export const isCheckable = ({ testCase, result }: CompletedCall): boolean => {
  const { action, binding, family, place, slug } = testCase;
  return (
    result.actual === "success" &&
    testCase.expect.outcome === "success" &&
    successProbe(testCase) !== undefined &&
    (binding === action.service.bindings[0] ||
      (family === "valid" && place === "call" && (slug === "minimal" || slug === "neighbour")) ||
      sendsHan(testCase))
  );
};

const sendsHan = ({ edit }: Case): boolean =>
  edit?.op === "set" && edit.value.kind === "text" && edit.value.of === "han";

export interface AcceptedCall {
  /** An empty object where there is none. */
  readonly output: Json;
  /** The HTTP status of the response. */
  readonly status: number;
  /** When the request was sent, in milliseconds since the epoch. */
  readonly sentAtMs: number;
}

/** The judged call; of several calls at once an accepted one. */
export function acceptedCall({ testCase, result }: CompletedCall): AcceptedCall {
  for (const { role, response, sentAtMs } of [...result.exchanges].reverse()) {
    if (role !== "judged" || "reason" in response) continue;
    const outcome = decodeResponse(response, testCase.action.service.envelope);
    if (outcome.kind === "success") return { output: outcome.output ?? {}, status: response.status, sentAtMs };
  }
  throw new Error(`${testCase.id}: no call was accepted`);
}

export const inconclusive = (probe: string, call: string, reason: string): PostconditionResult => ({
  findings: [],
  inconclusiveReason: `the probe "${probe}" has no result: ${call}: ${reason}`,
});

/** The request that the probe result comes from, to be recorded with the finding. */
export const exchangesOf = ({ exchange }: ProbeResult): readonly Exchange[] =>
  exchange === undefined ? [] : [exchange];
