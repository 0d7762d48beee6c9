/** Findings and verdicts: the results of checks, and the result of a case. */
import type { Expectation } from "./case.ts";
import type { Json, Level, Source } from "./documents.ts";
import type { ExchangeRole, NoResponse, RequestMutation } from "./http.ts";
import type { Status } from "./status.ts";

/** One difference between a response or state and the documents. `must`: a failure; `should`: a warning. */
export interface Finding {
  /** Id of the check, e.g. `code`. */
  readonly check: string;
  /** Whether it fails the case or warns. */
  readonly level: "must" | "should";
  /** A JSON pointer into the body, `status`, `header:NAME`, `body`, or the action of a probe. */
  readonly location: string;
  /** What the documents demand: a value, a list of codes, or a description such as a type. */
  readonly expected: Json;
  /** What the response or the state has; a text or JSON of more than 200 UTF-16 units is cut off. */
  readonly actual: Json;
}

/** A body as the log holds it. */
export interface RecordedBody {
  /** Redacted, and truncated where the body is long. */
  readonly text: string;
  /** Length of the whole body. */
  readonly bytes: number;
  /** Digest of the whole body; present where `text` is truncated. */
  readonly sha256?: string;
}

/** A redacted exchange as the log holds it. */
export interface RecordedExchange {
  /** Why it was sent. */
  readonly role: ExchangeRole;
  /** Id of the action. */
  readonly action: string;
  /** The request as it was sent, without secrets. */
  readonly request: {
    /** E.g. `POST`. */
    readonly method: string;
    /** With the query; without secrets. */
    readonly url: string;
    /** In the order in which they were sent. */
    readonly headers: readonly (readonly [string, string])[];
    /** The body; its text is empty where there is none. */
    readonly body: RecordedBody;
  };
  /** The response, or why there is none. */
  readonly response:
    | { readonly status: number; readonly headers: readonly (readonly [string, string])[]; readonly body: RecordedBody }
    | NoResponse;
  /** RFC 3339 in UTC; logs of older versions do not have it. */
  readonly started?: string;
  /** Milliseconds from sending to the last byte. */
  readonly durationMs: number;
}

/** A difference between the judged call and its control. */
export type Deviation =
  /** `path`: a JSON pointer into the members of the call, e.g. `/GroupId`. */
  | { readonly op: "remove" | "set" | "add"; readonly path: string }
  /** The members are those of the control; the HTTP request or its signature differs. */
  | { readonly op: "request"; readonly request: RequestMutation }
  /** `situation`: the name of a situation of the action. */
  | { readonly op: "situation"; readonly situation: string };

/** A call that a case depends on (control, set-up or preceding call) and that was not accepted. */
export interface BlockingCall {
  /** Id of the action. */
  readonly action: string;
  /** The code, or why there is no readable response. */
  readonly response: string;
}

/** The result of a case, and a line of the log. */
export interface Verdict {
  /** Distinguishes the lines of the log. */
  readonly type: "verdict";
  /** Place in the plan, from 0. */
  readonly planIndex: number;
  /** Id of the case. */
  readonly id: string;
  /** Id of the action. */
  readonly action: string;
  /** As `Case.family`. */
  readonly family: string;
  /** The result. */
  readonly status: Status;
  /** How certain the expectation is. */
  readonly level: Level;
  /** The requirement as a sentence: `MUST refuse …`. */
  readonly title: string;
  /** Where the document states the requirement. */
  readonly source: Source;
  /** Id of the rule; null for a valid call. */
  readonly rule: string | null;
  /** The outcome that the documents demand. */
  readonly expect: Expectation;
  /** `success`, a code, `unreadable`, `HTTP 503`, or why there is no response; empty where no call was judged. */
  readonly actual: string;
  /** Why the case has this status, as a sentence; empty where it needs no explanation. */
  readonly reason: string;
  /** For an indeterminate case: the call that was not accepted. */
  readonly blockedBy?: BlockingCall;
  /** True where the case is skipped or unimplemented and the target file declares this under `unsupported`. */
  readonly declaredByTarget?: boolean;
  /** For an observed case: what is observed, relative to the action, e.g. `rule/Name/pattern` or `boundary/Name`. */
  readonly subject?: string;
  /** Differences from the documents: at least one where the case failed, warnings where it passed. */
  readonly findings: readonly Finding[];
  /** Milliseconds of the whole case with set-up and postconditions. */
  readonly durationMs: number;
  /** Milliseconds of the judged call; absent where it was not sent. */
  readonly judgedCallMs?: number;
  /** Present where the exchanges are kept; empty for a valid call. */
  readonly deviations?: readonly Deviation[];
  /** The exchanges of the case, and of a failed case also that of its control. Empty where they are not kept. */
  readonly exchanges: readonly RecordedExchange[];
}
