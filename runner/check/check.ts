/** One thing that is held against an answer. */
import type { Case, Finding, HttpResponse, Members, Outcome } from "../model/index.ts";
import type { SeenIds } from "./request-id-history.ts";

/** An answer that could be read, and the case that it answers. */
export interface Answered {
  readonly c: Case;
  readonly response: HttpResponse;
  readonly outcome: Exclude<Outcome, { kind: "unreadable" }>;
  readonly ids: SeenIds;
  /** What was sent. */
  readonly members: Members;
}

export interface Check {
  /** The word by which its findings name it. */
  readonly id: string;
  findings(answered: Answered): readonly Finding[];
}

/** Most answers have nothing wrong with them. */
export const nothing: readonly Finding[] = [];
