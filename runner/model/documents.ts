/** What a page says: places, levels, causes, codes, refusals, schemas. */
import type { OpenAPIV3_1 } from "openapi-types";

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
/** The members of one call, by the vendor's names. */
export type CallMembers = { [member: string]: Json };

/** A place in a document: a page file of the project, or a page of the vendor with the day it was seen. */
export interface Source {
  readonly document?: string;
  readonly url?: string;
  readonly accessedOn?: string;
  readonly section?: string | number;
  readonly row?: string | number;
  readonly sample?: number | readonly number[];
}

/** RFC 2119: a document says it; the code is inferred; the documents are silent or at odds. */
export type Level = "must" | "should" | "may";

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

/** One row of an error table. `status` is empty where the envelope's refusal status holds. */
export interface ErrorCode {
  readonly code: string;
  readonly description: string;
  readonly status: readonly number[];
  readonly causes: readonly ErrorCause[];
  /** As the table gives them, before rules and situations tell what they get. */
  readonly documentedCauses: readonly ErrorCause[];
  readonly raisedBy?: string;
  readonly reason?: string;
  readonly source: Source;
}

/** What a breach gets: the accepted codes, the best first. A `may` has none where nothing is known. */
export interface ExpectedRefusal {
  readonly codes: readonly string[];
  readonly level: Level;
  readonly rationale?: string;
  readonly source: Source;
}

/** An OpenAPI 3.1 Schema Object with assay's three keywords: UTF-8 bytes, and seconds of a clock window. */
export type Schema = OpenAPIV3_1.SchemaObject & {
  readonly "x-maxBytes"?: number;
  readonly "x-minBytes"?: number;
  readonly "x-window"?: number;
};

/** Values over which the documents disagree with themselves: `chars` of a pattern, or a range of a measure. */
export interface SpecConflict {
  readonly constraint: string;
  readonly chars?: string;
  readonly length?: readonly [number, number];
  readonly bytes?: readonly [number, number];
  readonly items?: readonly [number, number];
  /** That a time is off. */
  readonly seconds?: readonly [number, number];
  readonly description: string;
  readonly source: Source;
}
