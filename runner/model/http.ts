/** HTTP requests, responses and exchanges, and how a request may be mutated. */
import type { Json } from "./documents.ts";

export interface HttpRequest {
  readonly method: string;
  /** Raw, with the query; sent as it stands. */
  readonly path: string;
  /** In order, with repeats; names in the case in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Set where the body went on beyond the cap and was cut. */
  readonly cut?: boolean;
}

export interface Credentials {
  /** IM: sdkappid. */
  readonly app?: string;
  /** SecretId, access key id or identifier. */
  readonly id: string;
  readonly key: string;
  readonly token?: string;
}

/** What a signature is made of, otherwise than it should be; the rest of it stays right, so that nothing else is wrong. */
export interface SignatureOverrides {
  /** Credential scope: `days` off the day of the timestamp, and other words. */
  readonly scope?: {
    readonly days?: number;
    readonly region?: string;
    readonly service?: string;
    readonly terminator?: string;
  };
  /** Lower-case names of headers that are sent and not signed. */
  readonly unsigned?: readonly string[];
}

/** One change of a request's text. Names of headers are found in any case, those of pairs in their own. */
export type RequestEdit =
  | { readonly op: "method"; readonly method: string }
  /** The query stays. */
  | { readonly op: "path"; readonly path: string }
  | { readonly op: "drop"; readonly in: "header" | "query" | "form"; readonly name: string }
  /** In place of the value that is there, else at the end. */
  | { readonly op: "put"; readonly in: "header" | "query" | "form"; readonly name: string; readonly value: string }
  /** Takes so many characters off the value's end. */
  | { readonly op: "cut"; readonly in: "header" | "query" | "form"; readonly name: string; readonly by: number }
  | { readonly op: "body"; readonly text: string }
  /** The body between two texts. */
  | { readonly op: "around"; readonly before: string; readonly after: string }
  /** A body of so many lists, each in the other. */
  | { readonly op: "nest"; readonly depth: number }
  /** To so many bytes, with what means nothing: blanks around JSON, `&` between pairs. */
  | { readonly op: "pad"; readonly in: "json" | "query" | "form"; readonly bytes: number }
  /** The same member or pair once more. */
  | { readonly op: "repeat"; readonly in: "json" | "query" | "form"; readonly name: string };

/** How a call that is right in its members is wrong on the wire. */
export interface RequestMutation {
  /** Other credentials than the target's own; `shift` is in seconds off the target's clock. */
  readonly signing?: SignatureOverrides & {
    readonly id?: string;
    readonly key?: string;
    readonly shiftSeconds?: number;
  };
  /** Before it is signed: the signature fits what is sent. */
  readonly beforeSigning?: readonly RequestEdit[];
  readonly afterSigning?: readonly RequestEdit[];
}

/** Why no answer came: refused connection, reset, timeout, or our own client's refusal to send. */
/** `refused`: no connection, so nobody saw it; `withheld`: a guard kept it back; `unsent`: our own client would not. */
export interface NoResponse {
  readonly reason: "refused" | "reset" | "timeout" | "unsent" | "withheld";
  readonly detail: string;
}

export type ExchangeRole = "setup" | "control" | "before" | "judged" | "probe" | "cleanup";

export interface Exchange {
  readonly role: ExchangeRole;
  readonly action: string;
  readonly binding: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse | NoResponse;
  /** When it was sent, in milliseconds since the epoch. */
  readonly sentAtMs: number;
  /** Milliseconds from sending to the last byte. */
  readonly durationMs: number;
}

/** What an envelope says. `body` is the parsed JSON, or undefined where there is none. */
export type Outcome =
  | {
      readonly kind: "success";
      readonly body: Json | undefined;
      readonly output: Json | undefined;
      readonly requestId?: Json;
    }
  | { readonly kind: "refusal"; readonly code: string; readonly body: Json | undefined; readonly requestId?: Json }
  | { readonly kind: "unreadable"; readonly reason: string; readonly body: Json | undefined };
