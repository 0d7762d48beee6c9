/** What is looked at after a call that was answered as it should be: whether the target also did as it said. */
import type { Case, Exchange, Finding, Members } from "../../model/index.ts";
import type { CaseResources } from "../../resources/case-resources.ts";
import type { Lease } from "../../resources/lease.ts";
import type { ProbeResult } from "../../resources/probe.ts";
import type { Judged, Judging } from "../evaluate/context.ts";

/** A call that was made, what it was answered, and what stands on the target because of it. */
export interface Acted {
  readonly c: Case;
  readonly members: Members;
  readonly result: Judged;
  readonly tenure: CaseResources;
  /** What the call made; a proof adds what it finds to have been made all the same. */
  readonly made: Lease[];
}

export interface Proved {
  readonly findings: readonly Finding[];
  /** Why it could not be looked at; empty where it could. */
  readonly unclear: string;
  /** What was sent to look, where that speaks against the target. */
  readonly exchanges?: readonly Exchange[];
}

export interface Proof {
  readonly id: string;
  applies(acted: Acted): boolean;
  look(j: Judging, acted: Acted): Promise<Proved>;
}

export const nothing: Proved = { findings: [], unclear: "" };

/** The name of the probe that tells the effect of success. */
export const effectOf = (c: Case): string | undefined => (c.situation?.effects ?? c.action.effects).success;

/** Every accepted call of the main binding is proved; of the others, one each: bindings share what stands behind them. */
export const provable = ({ c, result }: Acted): boolean =>
  result.seen === "success" &&
  c.expect.outcome === "success" &&
  effectOf(c) !== undefined &&
  (c.binding === c.action.service.bindings[0] || /\/valid\/call\/(?:minimal|neighbour)@/.test(c.id));

export const unclear = (name: string, call: string, why: string): Proved => ({
  findings: [],
  unclear: `whether "${name}" holds could not be looked at: ${call}: ${why}`,
});

/** The exchange by which it was seen, to be kept with the finding. */
export const shownBy = ({ exchange }: ProbeResult): readonly Exchange[] => (exchange === undefined ? [] : [exchange]);
