/** A protocol: how calls are encoded, signed, parsed and verified. */
import type { CallMembers } from "./documents.ts";
import type { Credentials, HttpRequest, SignatureOverrides } from "./http.ts";
import type { Action } from "./spec.ts";

/** Everything that a signature depends on apart from the call. */
export interface SigningInput {
  /** The keys of the caller. */
  readonly credentials: Credentials;
  /** The value of the Host header, with a port that is not the default one. */
  readonly host: string;
  /** The region of the credential scope, or of the header that names one; absent where the target has none. */
  readonly region?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Returns a random unsigned 32-bit integer. */
  readonly nonce: () => number;
  /** Parts of the signature that are made wrong. */
  readonly overrides?: SignatureOverrides;
}

/** What is encoded into a request. */
export interface Call {
  /** The action that is called. */
  readonly action: Action;
  /** Id of the binding, e.g. `tc3-post`. */
  readonly binding: string;
  /** The members of the request. */
  readonly members: CallMembers;
}

/** An encoded call before it is signed. */
export interface UnsignedRequest extends HttpRequest {
  /** The pairs of a flat binding, not URL-encoded, because the v1 signature covers them in this form. */
  readonly parameters?: readonly (readonly [name: string, value: string])[];
}

/** What a server parses from a request before it verifies the signature. */
export interface ParsedRequest {
  /** Id of the binding. */
  readonly binding: string;
  /** The service as the credential scope or the path names it. */
  readonly service?: string;
  /** Name of the action, where the request has one. */
  readonly action?: string;
  /** API version, where the request has one. */
  readonly version?: string;
  /** The common parameters by the names under which they are sent. */
  readonly common: ReadonlyMap<string, string>;
  /** Flat bindings: the pairs without the common parameters. */
  readonly flat?: readonly (readonly [name: string, value: string])[];
  /** JSON bindings: the body as it was received. */
  readonly body?: Uint8Array;
}

/** Why a request is not authenticated. */
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

/** Deviations of real clients that a verifier accepts. */
export interface ClientLeniency {
  /** The client signs the Host header without its port. */
  readonly hostWithoutPort: boolean;
  /** The service of the credential scope is the first label of the host (`127`, `localhost`). */
  readonly scopeOfAddress: boolean;
  /** The client signs a constant text in place of the body, and says so in a header. */
  readonly unsignedPayload: boolean;
}

/** What a server knows when it verifies a signature. */
export interface VerificationInput {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The service that the credential scope must name. */
  readonly credentialScope: string;
  /** The region that the credential scope must name; every region is accepted where it is absent. */
  readonly region?: string;
  /** The credentials with this id. */
  readonly secretOf: (id: string) => Credentials | undefined;
  /** Deviations of real clients that are accepted. */
  readonly leniency: ClientLeniency;
}

/** One protocol, for clients and servers. All functions are pure: time and nonce are input. */
export interface Protocol {
  /** E.g. `tc3`. */
  readonly id: string;
  /** Ids of its bindings; each belongs to one protocol. */
  readonly bindings: readonly string[];
  /** True for a binding that sends members as text pairs, which cannot express null, empty lists and types. */
  isFlat(binding: string): boolean;
  /** The call as a request without a signature. */
  encode(call: Call, signing: SigningInput): UnsignedRequest;
  /** The request with its signature. @throws where the target lacks what a signature needs, e.g. a region. */
  sign(request: UnsignedRequest, call: Call, signing: SigningInput): HttpRequest;
  /** Null where the request does not belong to this protocol. */
  parseRequest(request: HttpRequest): ParsedRequest | null;
  /** Null where the signature is valid. */
  verify(request: HttpRequest, parsed: ParsedRequest, input: VerificationInput): AuthFailure | null;
}
