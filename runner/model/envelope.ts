/** An envelope: the form of all responses of a family of services, and what their gateway demands of a request. */
import type { ErrorCode, ExpectedRefusal, Json, Schema, Source, SpecConflict } from "./documents.ts";

/** What all responses of one outcome have in common. */
export interface ResponseShape {
  /** HTTP statuses. */
  readonly status: readonly number[];
  /** Media types, e.g. `application/json`. */
  readonly contentType: readonly string[] | "any";
  /** True where the body may be empty. */
  readonly emptyBody: boolean;
  /** Of the whole body. */
  readonly schema: Schema;
}

/** A parameter that the requests of all actions have, e.g. `X-TC-Timestamp`. */
export interface CommonParameter {
  /** The name under which it is sent. */
  readonly name: string;
  /** Name and type as the document prints them. */
  readonly asDocumented: { readonly name: string; readonly type: string };
  /** The part of the request that carries it. */
  readonly in: "header" | "query" | "form";
  /** True where a request without it is refused. */
  readonly required: boolean;
  /** Schema of its value; a header is a text. */
  readonly schema: Schema;
  /** True where the signature covers it. */
  readonly signed: boolean;
  /** Values over which the documents disagree. */
  readonly conflicts: readonly SpecConflict[];
  /** By breach, e.g. `absent`. */
  readonly refusals: ReadonlyMap<string, ExpectedRefusal>;
}

/** What the gateway demands of the request as a whole. */
export interface GatewayRules {
  /** Largest body in bytes; largest query where there is no body. */
  readonly maxBytes?: number;
  /** By breach of the protocol (`method`, `malformed`, `empty-body`, …) or the signature (`key`, `altered`, `scope-service`, …). */
  readonly refusals: ReadonlyMap<string, ExpectedRefusal>;
}

/** The form of all responses of a family of services. */
export interface Envelope {
  /** Also the name of its file, e.g. `tencent-cloud`. */
  readonly name: string;
  /** What the document states about the form. */
  readonly description: string;
  /** Where the document describes it. */
  readonly source: Source;
  /** Responses to accepted calls. */
  readonly success: ResponseShape;
  /** Responses to refused calls. */
  readonly refusal: ResponseShape;
  /**
   * How a refusal is distinguished from a success: by a member of the body that only a refusal has, by the value of a member
   * that only a success has, or by the HTTP status.
   */
  readonly discriminator:
    | { readonly kind: "refusal-has"; readonly pointer: string }
    | { readonly kind: "success-is"; readonly pointer: string; readonly value: Json }
    | { readonly kind: "status" };
  /** JSON pointer to the output of the action, e.g. `/Response`; empty for the whole body. */
  readonly output: string;
  /** Where the error code of a refusal is. */
  readonly code: {
    /** JSON pointers or header names, in the order in which they are read. */
    readonly locations: readonly ({ readonly body: string } | { readonly header: string })[];
    /** The code ends before the text `before` and begins after the text `after`. */
    readonly trim?: { readonly before?: string; readonly after?: string };
    /** By name of a client of the vendor: where it looks for the code, in its order, as `Outcome.codeLocation`. */
    readonly readers: ReadonlyMap<string, readonly string[]>;
  };
  /** JSON pointer or header name; null where responses have no request id. */
  readonly requestId: { readonly body: string } | { readonly header: string } | null;
  /** By binding. */
  readonly common: ReadonlyMap<string, readonly CommonParameter[]>;
  /** By binding. */
  readonly gatewayRules: ReadonlyMap<string, GatewayRules>;
  /** Codes that every action may return. */
  readonly codes: ReadonlyMap<string, ErrorCode>;
  /** Codes with which a server reports that it does not implement an action, e.g. `InvalidAction`. */
  readonly notImplementedCodes: readonly string[];
}
