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
export interface Unanswered {
  readonly why: "refused" | "reset" | "timeout" | "unsent";
  readonly detail: string;
}

export type Role = "setup" | "control" | "before" | "judged" | "probe" | "cleanup";

export interface Exchange {
  readonly role: Role;
  readonly action: string;
  readonly binding: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse | Unanswered;
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
