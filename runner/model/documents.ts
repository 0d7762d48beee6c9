/** Types that all specs share: sources, levels, causes, codes, refusals, schemas. */
import type { OpenAPIV3_1 } from "openapi-types";

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
/** The members of one call, by the names that the vendor documents. */
export type CallMembers = { [member: string]: Json };

/** A location in a document: a file of the project, or a page of the vendor with the day on which it was read. */
export interface Source {
  /** File name, e.g. `001_20674b39956d1a4c.txt`. */
  readonly document?: string;
  /** Address of the page. */
  readonly url?: string;
  /** `YYYY-MM-DD`. */
  readonly accessedOn?: string;
  /** Number or heading. */
  readonly section?: string | number;
  /** Row of a table, e.g. the name of a parameter or an error code. */
  readonly row?: string | number;
  /** Number of a sample, or several. */
  readonly sample?: number | readonly number[];
}

/** As in RFC 2119. `must`: a document states it. `should`: the code is inferred. `may`: no document decides, or they disagree. */
export type Level = "must" | "should" | "may";

/**
 * `request`, `state`: content of the call, state of its resources. `busy`, `account`, `throttle`, `auth`, `gateway`, `fault`:
 * nothing that a case does. `elsewhere`: another action. `unreachable`: no call.
 */
export type ErrorCause =
  | "request"
  | "state"
  | "busy"
  | "account"
  | "throttle"
  | "auth"
  | "gateway"
  | "fault"
  | "elsewhere"
  | "unreachable";

/** One row of an error table. */
export interface ErrorCode {
  /** E.g. `InvalidParameterValue.GroupIdTooLong`. */
  readonly code: string;
  /** What the document states about the code. */
  readonly description: string;
  /** HTTP statuses of responses with the code; empty where those of the envelope's refusals apply. */
  readonly status: readonly number[];
  /** `documentedCauses` and those that follow from the rules and situations of the action. */
  readonly causes: readonly ErrorCause[];
  /** The causes that the row itself states. */
  readonly documentedCauses: readonly ErrorCause[];
  /** With the cause `elsewhere`: the action that returns the code. */
  readonly raisedBy?: string;
  /** With the cause `unreachable`: why no call can cause it. */
  readonly reason?: string;
  /** Where the table is. */
  readonly source: Source;
}

/** How a breach is refused. */
export interface ExpectedRefusal {
  /** The accepted codes, the most likely one first. Empty where `level` is `may` and no code is known. */
  readonly codes: readonly string[];
  /** How certain the codes are. */
  readonly level: Level;
  /** Why the codes are inferred, or why no document decides. */
  readonly rationale?: string;
  /** Where the document states the rule or the code. */
  readonly source: Source;
}

/** An OpenAPI 3.1 Schema Object with additional keywords. */
export type Schema = OpenAPIV3_1.SchemaObject & {
  /** Length of a text in UTF-8 bytes. */
  readonly "x-maxBytes"?: number;
  /** Smallest length of a text in UTF-8 bytes. */
  readonly "x-minBytes"?: number;
  /** The member of the items of a list whose value no two items share. */
  readonly "x-uniqueBy"?: string;
  /** True where a shape that contains itself is not followed any more. */
  readonly "x-cut"?: true;
  /** Seconds by which a time may deviate from that of the server. */
  readonly "x-window"?: number;
};

/** Values over which the documents disagree: every outcome is accepted for them. Ranges are from and to, inclusive. */
export interface SpecConflict {
  /** Schema keyword, after `items.` for the items of a list, e.g. `pattern` or `items.maxLength`. */
  readonly constraint: string;
  /** For a pattern: a regular expression that matches one disputed character. */
  readonly chars?: string;
  /** Disputed lengths in characters. */
  readonly length?: readonly [number, number];
  /** Disputed lengths in UTF-8 bytes. */
  readonly bytes?: readonly [number, number];
  /** Disputed numbers of list items. */
  readonly items?: readonly [number, number];
  /** Disputed deviations of a time in seconds. */
  readonly seconds?: readonly [number, number];
  /** What each document states. */
  readonly description: string;
  /** Where one of the documents is. */
  readonly source: Source;
}
