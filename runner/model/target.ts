/** Whom a run judges, and what is accepted of it for now. */
import type { Json } from "./documents.ts";
import type { Credentials } from "./http.ts";

/** Documented: that of each action's page. A number is calls per second of each action, in its place. */
export type RateLimit = "documented" | "none" | number;

/** Sent with every request and never signed. */
export interface ExtraHeader {
  readonly name: string;
  readonly value: string;
  /** It came out of the environment: it stands in no file and no report. */
  readonly secret: boolean;
}

export interface Tls {
  /** Certificates in PEM besides the system's own. */
  readonly ca?: string;
  /** Whoever answers is believed. */
  readonly insecure: boolean;
}

export interface ServiceTarget {
  /** Origin, with a path prefix if any. */
  readonly endpoint: string;
  readonly host: string;
  readonly region?: string;
  readonly credentials: Credentials;
  /** By need, or by resource and what tells it apart: the id of what the target gives, e.g. `zone`, `group AVChatRoom`. */
  readonly provided: Readonly<Record<string, Json>>;
  readonly rateLimit: RateLimit;
  readonly headers: readonly ExtraHeader[];
  readonly tls?: Tls;
  /** Nothing is changed in any other account than this one. */
  readonly account?: string;
  readonly unsupported: {
    readonly actions: Readonly<Record<string, string>>;
    readonly bindings: Readonly<Record<string, string>>;
    readonly requirements: Readonly<Record<string, string>>;
  };
}

/** Milliseconds for each part of an exchange, one after the other, and for all of it. */
export interface Timeouts {
  readonly connect: number;
  readonly headers: number;
  readonly body: number;
  readonly total: number;
}

export interface Target {
  readonly name: string;
  /** The longest prefix of an action's id wins. */
  readonly services: ReadonlyMap<string, ServiceTarget>;
  readonly timeouts: Timeouts;
  /** Bytes after which an answer is cut. */
  readonly maxResponseBytes: number;
  /** Asked with the emulator's public test keys: nothing of anybody's is at stake there. */
  readonly isEmulator: boolean;
  /** Calls that change state; clean-up is not counted. */
  readonly maxMutations?: number;
  /** A file. */
  readonly known?: string;
}

export interface KnownFailure {
  readonly case: string;
  readonly check: string;
  readonly location: string;
  readonly expected: readonly string[];
  readonly actual: string;
  readonly reason: string;
  /** The last day on which it counts, in UTC: YYYY-MM-DD. */
  readonly expires?: string;
  /** Where it stands, as FILE:LINE:COLUMN. */
  readonly listedAt?: string;
}
