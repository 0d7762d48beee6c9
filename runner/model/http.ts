/** HTTP requests, responses and exchanges, and the mutations of a request. */
import type { Json } from "./documents.ts";

/** A request exactly as it is sent. */
export interface HttpRequest {
  /** E.g. `POST`. */
  readonly method: string;
  /** With the query, exactly as it is sent. */
  readonly path: string;
  /** In the order in which they are sent, with repetitions; names in the case in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body; a string is sent as UTF-8. */
  readonly body: string | Uint8Array;
}

/** A response as it was received, not decompressed. */
export interface HttpResponse {
  /** The status code. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The bytes of the body; empty where there is none. */
  readonly body: Uint8Array;
  /** True where the body is longer than `Target.maxResponseBytes` and was cut off there. */
  readonly cut?: boolean;
}

/** The keys with which requests are signed. */
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
  /** Parts of the credential scope. */
  readonly scope?: {
    /** Days between the date of the credential scope and that of the timestamp. */
    readonly days?: number;
    /** Replaces the region. */
    readonly region?: string;
    /** Replaces the service. */
    readonly service?: string;
    /** Replaces the last part, e.g. `tc3_request`. */
    readonly terminator?: string;
    /** Replaces the last part where the signing key is derived from the scope. */
    readonly keyTerminator?: string;
  };
  /** Names, in lower case, of headers that are sent but not signed. */
  readonly unsigned?: readonly string[];
  /** What is changed in the correct signature. */
  readonly alteration?: SignatureAlteration;
  /** Fields of the UserSig that differ from the parameters that are sent. */
  readonly userSig?: {
    /** Replaces the identifier. */
    readonly identifier?: string;
    /** Replaces the sdkappid. */
    readonly sdkappid?: number;
  };
}

/** `other-case`: the letters in the other case. Else this one character is another one. */
export type SignatureAlteration = "first-character" | "last-character" | "other-case";

/** One edit of the text of a request. Header names match in any case; names of query and form pairs match exactly. */
export type RequestEdit =
  /** Replaces the method. */
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
    /** Replaces `Credentials.id`. */
    readonly id?: string;
    /** Replaces `Credentials.key`. */
    readonly key?: string;
    /** Seconds that are added to the time of the target's clock. */
    readonly shiftSeconds?: number;
  };
  /** Edits that the signature covers, so that it is valid for the request that is sent. */
  readonly beforeSigning?: readonly RequestEdit[];
  /** Edits that make the signature invalid, unless it does not cover them. */
  readonly afterSigning?: readonly RequestEdit[];
  /** True where the request is sent without `afterSigning` first, so that the server has accepted its signature once. */
  readonly signedBefore?: true;
}

/**
 * Why there is no response. `refused`: no connection, so that no server received the request; `reset`: the connection was
 * closed; `timeout`; `unsent`: the HTTP client could not send the request; `withheld`: a guard of assay did not send it.
 */
export interface NoResponse {
  /** The kind of failure. */
  readonly reason: "refused" | "reset" | "timeout" | "unsent" | "withheld";
  /** The error of the HTTP client, or which guard withheld the request. */
  readonly detail: string;
  /** With `reset`: the connection had served other requests, so the server may have closed it because it was idle. */
  readonly reused?: true;
  /** With `reset`: the server closed the connection. With `refused`: it accepts none. Absent where a proxy may have done so. */
  readonly byServer?: true;
  /** With `reset`: the next attempts were refused by the server, which therefore ended with this call. */
  readonly died?: true;
}

/** Why a request is sent. `before`: a preceding call of the case; `probe`: verifies a state, or tests the connection. */
export type ExchangeRole = "setup" | "control" | "before" | "judged" | "probe" | "cleanup";

/** A request that was sent, and its response or why there is none. */
export interface Exchange {
  /** Why it was sent. */
  readonly role: ExchangeRole;
  /** Id of the action. */
  readonly action: string;
  /** Id of the binding. */
  readonly binding: string;
  /** The request, with its secrets. */
  readonly request: HttpRequest;
  /** The response, or why there is none. */
  readonly response: HttpResponse | NoResponse;
  /** Milliseconds since the epoch, by the client's clock. */
  readonly sentAtMs: number;
  /** Milliseconds from sending to the last byte. */
  readonly durationMs: number;
}

/** A decoded response. `body`: the parsed JSON; undefined where there is none. */
export type Outcome =
  /** An accepted call. */
  | {
      /** Distinguishes the three outcomes. */
      readonly kind: "success";
      /** The whole body. */
      readonly body: Json | undefined;
      /** The value at the envelope's `output`. */
      readonly output: Json | undefined;
      /** The value at the envelope's `requestId`. */
      readonly requestId?: Json;
    }
  /** A refused call. */
  | {
      /** The kind of the outcome. */
      readonly kind: "refusal";
      /** The error code. */
      readonly code: string;
      /** Where the code was read, where the envelope has several places: a JSON pointer, or `header:NAME`. */
      readonly codeLocation?: string;
      /** By place, written as `codeLocation`: the codes of the places that have one, where the envelope has several. */
      readonly codesByPlace?: ReadonlyMap<string, string>;
      /** The decoded body. */
      readonly body: Json | undefined;
      /** The value at the envelope's `requestId`. */
      readonly requestId?: Json;
    }
  /** Neither a success nor a refusal by the envelope, e.g. an HTML page. */
  | { readonly kind: "unreadable"; readonly reason: string; readonly body: Json | undefined };
