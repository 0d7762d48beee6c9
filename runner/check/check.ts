/** One thing that is held against an answer. */
import type { CallMembers, Case, Finding, HttpResponse, Outcome } from "../model/index.ts";
import type { RequestIdHistory } from "./request-id-history.ts";

/** An answer that could be read, and the case that it answers. */
export interface ReadableResponse {
  readonly testCase: Case;
  readonly response: HttpResponse;
  readonly outcome: Exclude<Outcome, { kind: "unreadable" }>;
  readonly ids: RequestIdHistory;
  /** What was sent. */
  readonly members: CallMembers;
}

export interface Check {
  /** The word by which its findings name it. */
  readonly id: string;
  findings(answered: ReadableResponse): readonly Finding[];
}

/** Most answers have nothing wrong with them. */
export const NO_FINDINGS: readonly Finding[] = [];
