/** How the actions of a family of services answer, and what stands in front of them. */
import type { Conflict, ErrorCode, Json, Refusal, Schema, Source } from "./documents.ts";

export interface Shape {
  readonly status: readonly number[];
  readonly contentType: readonly string[] | "any";
  readonly emptyBody: boolean;
  readonly schema: Schema;
}

/** A common parameter: where it stands, what it may be, whether the signature covers it. */
export interface Common {
  readonly name: string;
  readonly printed: { readonly name: string; readonly type: string };
  readonly in: "header" | "query" | "form";
  readonly required: boolean;
  readonly schema: Schema;
  readonly signed: boolean;
  readonly conflicts: readonly Conflict[];
  readonly refusals: ReadonlyMap<string, Refusal>;
}

/** What a binding says of the request as a whole. */
export interface Front {
  /** Bytes of a body, or of a query where there is none. */
  readonly size?: number;
  /** By breach: those of `protocol` (method, malformed, empty-body, …) and of `signature` (key, altered, scope-service, …). */
  readonly refusals: ReadonlyMap<string, Refusal>;
}

export interface Envelope {
  readonly name: string;
  readonly says: string;
  readonly source: Source;
  readonly success: Shape;
  readonly refusal: Shape;
  /** What tells one from the other: a pointer that only a refusal has, a value that only a success has there, or the success statuses. */
  readonly discriminator:
    | { readonly kind: "refusal-has"; readonly at: string }
    | { readonly kind: "success-is"; readonly at: string; readonly value: Json }
    | { readonly kind: "status" };
  /** Pointer to the place that holds the action's output; empty for the whole body. */
  readonly output: string;
  /** In this order; `before` cuts the value at that text, `after` keeps what follows it. */
  readonly code: {
    readonly at: readonly ({ readonly body: string } | { readonly header: string })[];
    readonly clean?: { readonly before?: string; readonly after?: string };
  };
  readonly requestId: { readonly body: string } | { readonly header: string } | null;
  readonly common: ReadonlyMap<string, readonly Common[]>;
  /** By binding. */
  readonly front: ReadonlyMap<string, Front>;
  readonly codes: ReadonlyMap<string, ErrorCode>;
  /** Codes that mean "I do not have this action". */
  readonly lacks: readonly string[];
}
