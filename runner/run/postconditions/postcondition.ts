/** What is looked at after a call that was answered as it should be: whether the target also did as it said. */
import type { CallMembers, Case, Exchange, Finding } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import type { Lease } from "../../resources/lease.ts";
import type { ResourcePool } from "../../resources/pool.ts";
import type { ProbeResult } from "../../resources/probe.ts";
import type { CaseResult } from "../evaluate/result.ts";

/** A call that was made, what it was answered, and what stands on the target because of it. */
export interface CompletedCall {
  readonly c: Case;
  readonly members: CallMembers;
  readonly result: CaseResult;
  readonly tenure: CaseResources;
  /** What the call made; a proof adds what it finds to have been made all the same. */
  readonly made: Lease[];
}

export interface PostconditionResult {
  readonly findings: readonly Finding[];
  /** Why it could not be looked at; empty where it could. */
  readonly unclear: string;
  /** What was sent to look, where that speaks against the target. */
  readonly exchanges?: readonly Exchange[];
}

export interface PostconditionContext {
  readonly pool: ResourcePool;
  /** The run's id, which is part of every name that the run gives. */
  readonly run: string;
}

export interface Postcondition {
  readonly id: string;
  applies(acted: CompletedCall): boolean;
  look(j: PostconditionContext, acted: CompletedCall): Promise<PostconditionResult>;
}

export const POSTCONDITION_HOLDS: PostconditionResult = { findings: [], unclear: "" };

/** The name of the probe that tells the effect of success. */
export const successProbe = (c: Case): string | undefined => (c.situation?.effects ?? c.action.effects).success;

/** Every accepted call of the main binding is proved; of the others, one each: bindings share what stands behind them. */
export const isCheckable = ({ c, result }: CompletedCall): boolean =>
  result.actual === "success" &&
  c.expect.outcome === "success" &&
  successProbe(c) !== undefined &&
  (c.binding === c.action.service.bindings[0] ||
    (c.family === "valid" && c.place === "call" && (c.slug === "minimal" || c.slug === "neighbour")));

export const inconclusive = (name: string, call: string, why: string): PostconditionResult => ({
  findings: [],
  unclear: `whether "${name}" holds could not be looked at: ${call}: ${why}`,
});

/** The exchange by which it was seen, to be kept with the finding. */
export const exchangesOf = ({ exchange }: ProbeResult): readonly Exchange[] =>
  exchange === undefined ? [] : [exchange];
