/** HTTP requests, responses and exchanges, and the mutations of a request. */
import type { Json } from "./documents.ts";

export interface HttpRequest {
  readonly method: string;
  /** With the query, exactly as it is sent. */
  readonly path: string;
  /** In the order in which they are sent, with repetitions; names in the case in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** True where the body is longer than `Target.maxResponseBytes` and was cut off there. */
  readonly cut?: boolean;
}

export interface Credentials {
  /** Tencent IM: the sdkappid. */
  readonly app?: string;
  /** SecretId, access key id or identifier. */
  readonly id: string;
  /** Secret key. */
  readonly key: string;
  /** Token of temporary credentials. */
  readonly token?: string;
}

/** Replaces parts of the input of a signature. The other parts stay valid, so that only one thing is wrong. */
export interface SignatureOverrides {
  readonly scope?: {
    /** Days between the date of the credential scope and that of the timestamp. */
    readonly days?: number;
    readonly region?: string;
    readonly service?: string;
    readonly terminator?: string;
  };
  /** Names, in lower case, of headers that are sent but not signed. */
  readonly unsigned?: readonly string[];
}

/** One edit of the text of a request. Header names match in any case; names of query and form pairs match exactly. */
export type RequestEdit =
  | { readonly op: "method"; readonly method: string }
  /** Replaces the path and keeps the query. */
  | { readonly op: "path"; readonly path: string }
  /** Removes a header or pair. */
  | { readonly op: "drop"; readonly in: "header" | "query" | "form"; readonly name: string }
  /** Replaces the value of a header or pair, or appends one. */
  | { readonly op: "put"; readonly in: "header" | "query" | "form"; readonly name: string; readonly value: string }
  /** Removes the last `by` characters of the value. */
  | { readonly op: "cut"; readonly in: "header" | "query" | "form"; readonly name: string; readonly by: number }
  /** Replaces the body. */
  | { readonly op: "body"; readonly text: string }
  /** Adds a text before and a text after the body. */
  | { readonly op: "around"; readonly before: string; readonly after: string }
  /** Replaces the body by `depth` nested lists. */
  | { readonly op: "nest"; readonly depth: number }
  /** Extends the request to `bytes` bytes without changing its meaning: spaces around JSON, `&` between pairs. */
  | { readonly op: "pad"; readonly in: "json" | "query" | "form"; readonly bytes: number }
  /** Sends a member or pair twice. */
  | { readonly op: "repeat"; readonly in: "json" | "query" | "form"; readonly name: string };

/** How the HTTP request of a call with valid members is made invalid. */
export interface RequestMutation {
  /** Replaces credentials, time and other input of the signature. */
  readonly signing?: SignatureOverrides & {
    readonly id?: string;
    readonly key?: string;
    /** Seconds that are added to the time of the target's clock. */
    readonly shiftSeconds?: number;
  };
  /** Edits that the signature covers, so that it is valid for the request that is sent. */
  readonly beforeSigning?: readonly RequestEdit[];
  /** Edits that make the signature invalid, unless it does not cover them. */
  readonly afterSigning?: readonly RequestEdit[];
}

/**
 * Why there is no response. `refused`: no connection, so that no server received the request; `reset`: the connection was
 * closed; `timeout`; `unsent`: the HTTP client could not send the request; `withheld`: a guard of assay did not send it.
 */
export interface NoResponse {
  readonly reason: "refused" | "reset" | "timeout" | "unsent" | "withheld";
  readonly detail: string;
}

/** Why a request is sent. `before`: a preceding call of the case; `probe`: verifies a state, or tests the connection. */
export type ExchangeRole = "setup" | "control" | "before" | "judged" | "probe" | "cleanup";

export interface Exchange {
  readonly role: ExchangeRole;
  /** Id of the action. */
  readonly action: string;
  readonly binding: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse | NoResponse;
  /** Milliseconds since the epoch, by the client's clock. */
  readonly sentAtMs: number;
  /** Milliseconds from sending to the last byte. */
  readonly durationMs: number;
}

/** A decoded response. `body`: the parsed JSON; undefined where there is none. */
export type Outcome =
  | {
      readonly kind: "success";
      readonly body: Json | undefined;
      /** The value at the envelope's `output`. */
      readonly output: Json | undefined;
      readonly requestId?: Json;
    }
  | { readonly kind: "refusal"; readonly code: string; readonly body: Json | undefined; readonly requestId?: Json }
  /** Neither a success nor a refusal by the envelope, e.g. an HTML page. */
  | { readonly kind: "unreadable"; readonly reason: string; readonly body: Json | undefined };
