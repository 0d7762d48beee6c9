/** Findings and verdicts: what was checked of a case, and what came of it. */
import type { Expectation } from "./case.ts";
import type { Json, Level, Source } from "./documents.ts";
import type { ExchangeRole, NoResponse, RequestMutation } from "./http.ts";
import type { Status } from "./status.ts";

/** A fact: `at` is a JSON pointer into the answer, or `status`, `header:NAME`, `body`. */
export interface Finding {
  readonly check: string;
  readonly level: "must" | "should";
  readonly location: string;
  readonly expected: Json;
  readonly actual: Json;
}

/** A redacted exchange as the log holds it. Bodies are cut; `bytes` and `sha256` speak of the whole. */
export interface RecordedBody {
  readonly text: string;
  readonly bytes: number;
  readonly sha256?: string;
}
export interface RecordedExchange {
  readonly role: ExchangeRole;
  readonly action: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: RecordedBody;
  };
  readonly response:
    | { readonly status: number; readonly headers: readonly (readonly [string, string])[]; readonly body: RecordedBody }
    | NoResponse;
  /** RFC 3339, UTC; logs of older versions lack it. */
  readonly started?: string;
  readonly durationMs: number;
}

/** What sets the judged call apart from its control. `path`: a JSON pointer into the members of the call. */
export type Deviation =
  | { readonly op: "remove" | "set" | "add"; readonly path: string }
  /** The members are those of the control; the HTTP request or its signature is another. */
  | { readonly op: "request"; readonly request: RequestMutation }
  | { readonly op: "situation"; readonly situation: string };

/** The call that a case rests on, its control's, a set-up or one before, which was not accepted; and what it was answered. */
export interface BlockingCall {
  readonly action: string;
  readonly response: string;
}

export interface Verdict {
  readonly type: "verdict";
  /** Place in the plan, from 0. */
  readonly planIndex: number;
  readonly id: string;
  readonly action: string;
  readonly family: string;
  readonly status: Status;
  readonly level: Level;
  readonly title: string;
  readonly source: Source;
  readonly rule: string | null;
  readonly expect: Expectation;
  /** What was seen, in a word: `success`, a code, `unreadable`, or why there is none. */
  readonly actual: string;
  /** Why the status is what it is; empty where it speaks for itself. */
  readonly reason: string;
  /** Of an indeterminate one that waits for another call. */
  readonly blockedBy?: BlockingCall;
  /** Of an observed case: what it observes, below the action, such as `rule/Name/pattern` or `boundary/Name`. */
  readonly subject?: string;
  readonly findings: readonly Finding[];
  /** Milliseconds of the whole case, set-up and proofs included. */
  readonly durationMs: number;
  /** Milliseconds of the judged call alone; absent where none was sent. */
  readonly judgedCallMs?: number;
  /** Of a case whose exchanges are kept; none for a valid call. */
  readonly deviations?: readonly Deviation[];
  /** The judged call, what was sent for it, and of a case that failed its control. */
  readonly exchanges: readonly RecordedExchange[];
}
