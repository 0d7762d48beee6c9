/** How calls are put on the wire and read from it: a protocol, and what signing and verifying need. */
import type { CallMembers } from "./documents.ts";
import type { Credentials, HttpRequest, SignatureOverrides } from "./http.ts";
import type { Action } from "./spec.ts";

/** All that a signature depends on besides the call. `now` is in milliseconds; `nonce` gives an unsigned 32-bit integer. */
export interface SigningInput {
  readonly credentials: Credentials;
  readonly host: string;
  readonly region?: string;
  readonly now: number;
  readonly nonce: () => number;
  readonly overrides?: SignatureOverrides;
}

/** What is put on the wire for an action; enough to encode without knowing rules. */
export interface Call {
  readonly action: Action;
  readonly binding: string;
  readonly members: CallMembers;
}

/** An encoded call that is not signed yet; `parameters` are the flat pairs where the binding flattens (v1 signs them raw). */
export interface UnsignedRequest extends HttpRequest {
  readonly parameters?: readonly (readonly [name: string, value: string])[];
}

/** What a server reads from a request before it believes any of it. */
export interface ParsedRequest {
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

export type AuthFailure =
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
export interface ClientLeniency {
  /** The Host header without its port was signed. */
  readonly hostWithoutPort: boolean;
  /** The scope's service is the first label of an address (127, localhost). */
  readonly scopeOfAddress: boolean;
}

export interface VerificationInput {
  readonly now: number;
  readonly credentialScope: string;
  /** The region that the scope must name; any where it is not given. */
  readonly region?: string;
  readonly secretOf: (id: string) => Credentials | undefined;
  readonly leniency: ClientLeniency;
}

/** One way to put calls on the wire, both halves. Pure: clock and nonce come in. */
export interface Protocol {
  readonly id: string;
  readonly bindings: readonly string[];
  /** True where members become text pairs, so null, empty lists and types cannot be said. */
  isFlat(binding: string): boolean;
  encode(call: Call, signing: SigningInput): UnsignedRequest;
  sign(request: UnsignedRequest, call: Call, signing: SigningInput): HttpRequest;
  /** Null where the request does not look like one of this protocol's. */
  parseRequest(request: HttpRequest): ParsedRequest | null;
  /** Null where the signature holds. */
  verify(request: HttpRequest, received: ParsedRequest, how: VerificationInput): AuthFailure | null;
}
