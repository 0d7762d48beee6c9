/** How the actions of a family of services answer, and what stands in front of them. */
import type { ErrorCode, ExpectedRefusal, Json, Schema, Source, SpecConflict } from "./documents.ts";

export interface ResponseShape {
  readonly status: readonly number[];
  readonly contentType: readonly string[] | "any";
  readonly emptyBody: boolean;
  readonly schema: Schema;
}

/** A common parameter: where it stands, what it may be, whether the signature covers it. */
export interface CommonParameter {
  readonly name: string;
  readonly asDocumented: { readonly name: string; readonly type: string };
  readonly in: "header" | "query" | "form";
  readonly required: boolean;
  readonly schema: Schema;
  readonly signed: boolean;
  readonly conflicts: readonly SpecConflict[];
  readonly refusals: ReadonlyMap<string, ExpectedRefusal>;
}

/** What a binding says of the request as a whole. */
export interface GatewayRules {
  /** Bytes of a body, or of a query where there is none. */
  readonly maxBytes?: number;
  /** By breach: those of `protocol` (method, malformed, empty-body, …) and of `signature` (key, altered, scope-service, …). */
  readonly refusals: ReadonlyMap<string, ExpectedRefusal>;
}

export interface Envelope {
  readonly name: string;
  readonly description: string;
  readonly source: Source;
  readonly success: ResponseShape;
  readonly refusal: ResponseShape;
  /** What tells one from the other: a pointer that only a refusal has, a value that only a success has there, or the success statuses. */
  readonly discriminator:
    | { readonly kind: "refusal-has"; readonly pointer: string }
    | { readonly kind: "success-is"; readonly pointer: string; readonly value: Json }
    | { readonly kind: "status" };
  /** Pointer to the place that holds the action's output; empty for the whole body. */
  readonly output: string;
  /** In this order; `before` cuts the value at that text, `after` keeps what follows it. */
  readonly code: {
    readonly locations: readonly ({ readonly body: string } | { readonly header: string })[];
    readonly trim?: { readonly before?: string; readonly after?: string };
  };
  readonly requestId: { readonly body: string } | { readonly header: string } | null;
  readonly common: ReadonlyMap<string, readonly CommonParameter[]>;
  /** By binding. */
  readonly gatewayRules: ReadonlyMap<string, GatewayRules>;
  readonly codes: ReadonlyMap<string, ErrorCode>;
  /** Codes that mean "I do not have this action". */
  readonly notImplementedCodes: readonly string[];
}
