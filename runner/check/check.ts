/** A check: one requirement on a response. */
import type { CallMembers, Case, Finding, HttpResponse, Outcome } from "../model/index.ts";
import type { RequestIdHistory } from "./request-id-history.ts";

/** A response that could be decoded, and the case that it belongs to. */
export interface ReadableResponse {
  readonly testCase: Case;
  readonly response: HttpResponse;
  readonly outcome: Exclude<Outcome, { kind: "unreadable" }>;
  readonly ids: RequestIdHistory;
  /** The members that were sent. */
  readonly members: CallMembers;
}

export interface Check {
  /** The value of `check` in its findings. */
  readonly id: string;
  findings(readable: ReadableResponse): readonly Finding[];
}

/** One shared array, because most responses have no findings. */
export const NO_FINDINGS: readonly Finding[] = [];
