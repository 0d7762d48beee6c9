/** Calls, requests, signatures, answers and outcomes. */
import type { Json, Members } from "./documents.ts";
import type { Action } from "./spec.ts";

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

/** All that a signature depends on besides the call. `now` is in milliseconds; `nonce` gives an unsigned 32-bit integer. */
export interface Signing {
  readonly credentials: Credentials;
  readonly host: string;
  readonly region?: string;
  readonly now: number;
  readonly nonce: () => number;
  readonly forge?: Forgery;
}

/** What a signature is made of, otherwise than it should be; the rest of it stays right, so that nothing else is wrong. */
export interface Forgery {
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
export interface Tampering {
  /** Other credentials than the target's own; `shift` is in seconds off the target's clock. */
  readonly signing?: Forgery & { readonly id?: string; readonly key?: string; readonly shift?: number };
  /** Before it is signed: the signature fits what is sent. */
  readonly before?: readonly RequestEdit[];
  readonly after?: readonly RequestEdit[];
}

/** What is put on the wire for an action; enough to encode without knowing rules. */
export interface Call {
  readonly action: Action;
  readonly binding: string;
  readonly members: Members;
}

/** An encoded call that is not signed yet; `parameters` are the flat pairs where the binding flattens (v1 signs them raw). */
export interface Unsigned extends HttpRequest {
  readonly parameters?: readonly (readonly [name: string, value: string])[];
}

/** What a server reads from a request before it believes any of it. */
export interface Received {
  readonly binding: string;
  readonly service?: string;
  readonly action?: string;
  readonly version?: string;
  /** As sent: header, query or form values of the common parameters, by their names on the wire. */
  readonly common: ReadonlyMap<string, string>;
  /** Flat bindings: name and value pairs without the common ones. */
  readonly flat?: readonly (readonly [name: string, value: string])[];
  /** JSON bindings: the raw body. */
  readonly body?: Uint8Array;
}

export type Denial =
  | "absent"
  | "malformed"
  | "incomplete"
  | "scope"
  | "unknown-id"
  | "expired"
  | "signature"
  | "token"
  | "identifier"
  | "app";

/** Differences of real clients that a verifier forgives. */
export interface Tolerance {
  /** The Host header without its port was signed. */
  readonly hostWithoutPort: boolean;
  /** The scope's service is the first label of an address (127, localhost). */
  readonly scopeOfAddress: boolean;
}

export interface Verifying {
  readonly now: number;
  readonly scope: string;
  /** The region that the scope must name; any where it is not given. */
  readonly region?: string;
  readonly secretOf: (id: string) => Credentials | undefined;
  readonly tolerate: Tolerance;
}

/** One way to put calls on the wire, both halves. Pure: clock and nonce come in. */
export interface Protocol {
  readonly id: string;
  readonly bindings: readonly string[];
  /** True where members become text pairs, so null, empty lists and types cannot be said. */
  flat(binding: string): boolean;
  encode(call: Call, signing: Signing): Unsigned;
  sign(request: Unsigned, call: Call, signing: Signing): HttpRequest;
  /** Null where the request does not look like one of this protocol's. */
  read(request: HttpRequest): Received | null;
  /** Null where the signature holds. */
  verify(request: HttpRequest, received: Received, how: Verifying): Denial | null;
}

/** Why no answer came: refused connection, reset, timeout, or our own client's refusal to send. */
/** `refused`: no connection, so nobody saw it; `withheld`: a guard kept it back; `unsent`: our own client would not. */
export interface Unanswered {
  readonly why: "refused" | "reset" | "timeout" | "unsent" | "withheld";
  readonly detail: string;
}

export type Role = "setup" | "control" | "before" | "judged" | "probe" | "cleanup";

export interface Exchange {
  readonly role: Role;
  readonly action: string;
  readonly binding: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse | Unanswered;
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds from sending to the last byte. */
  readonly ms: number;
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
  | { readonly kind: "unreadable"; readonly why: string; readonly body: Json | undefined };
