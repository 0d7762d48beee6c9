/** A target: where calls are sent, with which credentials and limits, and which of its failures are known. */
import type { Json } from "./documents.ts";
import type { Credentials } from "./http.ts";

/** `documented`: the rate of each action in the specs. A number: calls per second of each action. */
export type RateLimit = "documented" | "none" | number;

/** A header that is sent with every request and never signed. */
export interface ExtraHeader {
  /** Name as it is sent. */
  readonly name: string;
  /** Value as it is sent. */
  readonly value: string;
  /** True where the value comes from the environment: it is redacted in every log and report. */
  readonly secret: boolean;
}

/** How the certificate of a server is verified. */
export interface Tls {
  /** Certificates in PEM that are trusted in addition to those of the system. */
  readonly ca?: string;
  /** True where every certificate is accepted. */
  readonly insecure: boolean;
}

/** The part of a target that serves a service, or all services of a provider. */
export interface ServiceTarget {
  /** URL with a path prefix if needed, e.g. `https://iai.tencentcloudapi.com`. */
  readonly endpoint: string;
  /** The host that is sent and signed. */
  readonly host: string;
  /** The region that is sent or signed; absent where the service has none. */
  readonly region?: string;
  /** The keys with which requests are signed. */
  readonly credentials: Credentials;
  /** By key of the resource, e.g. `zone` or `group AVChatRoom`: the id of a resource that the target provides. */
  readonly provided: Readonly<Record<string, Json>>;
  /** The limit that a run keeps. */
  readonly rateLimit: RateLimit;
  /** Headers that every request has in addition. */
  readonly headers: readonly ExtraHeader[];
  /** Absent where certificates are verified as Node does. */
  readonly tls?: Tls;
  /** The account that the credentials must belong to; a run changes nothing in any other account. */
  readonly account?: string;
  /** Why the target does not support an action, a binding or a required resource, by name. */
  readonly unsupported: {
    /** By name of the action. */
    readonly actions: Readonly<Record<string, string>>;
    /** By id of the binding. */
    readonly bindings: Readonly<Record<string, string>>;
    /** By key of the resource, as in `provided`. */
    readonly requirements: Readonly<Record<string, string>>;
  };
}

/** Milliseconds for the phases of an exchange, which follow each other, and for the whole exchange. */
export interface Timeouts {
  /** Until the connection is established. */
  readonly connect: number;
  /** Until the headers of the response have arrived. */
  readonly headers: number;
  /** From the headers until the body is complete. */
  readonly body: number;
  /** For the whole exchange. */
  readonly total: number;
}

/** Where the calls of a run are sent, and what limits them. */
export interface Target {
  /** Name in reports and logs. */
  readonly name: string;
  /** By prefix of action ids, e.g. `tencent` or `tencent/iai`; the longest matching prefix is used. */
  readonly services: ReadonlyMap<string, ServiceTarget>;
  /** How long a response is waited for. */
  readonly timeouts: Timeouts;
  /** Bytes after which a response body is cut off. */
  readonly maxResponseBytes: number;
  /** True where the credentials are the emulator's public test keys, so that no real account is at risk. */
  readonly isEmulator: boolean;
  /** Largest number of calls that change state; clean-up is not counted. */
  readonly maxMutations?: number;
  /** By id of a dispute of the specs, the reading that the target has. */
  readonly conflicts?: Readonly<Record<string, string>>;
  /** Path of the file with the known failures. */
  readonly known?: string;
}

/** A failure that is accepted for now. */
export interface KnownFailure {
  /** Glob of case ids. */
  readonly case: string;
  /** Id of the check. */
  readonly check: string;
  /** As `FindingSignature.location`. */
  readonly location: string;
  /** The expected codes; empty where any. */
  readonly expected: readonly string[];
  /** The actual code, or the type of the actual value. */
  readonly actual: string;
  /** Why the failure is accepted. */
  readonly reason: string;
  /** The last day on which it is valid, `YYYY-MM-DD` in UTC. */
  readonly expires?: string;
  /** Where the entry is, as `FILE:LINE:COLUMN`. */
  readonly listedAt?: string;
}
