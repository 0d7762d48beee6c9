/** Whom a run judges, and what is accepted of it for now. */
import type { Json } from "./documents.ts";
import type { Credentials } from "./wire.ts";

export interface ServiceTarget {
  /** Origin, with a path prefix if any. */
  readonly endpoint: string;
  readonly host: string;
  readonly region?: string;
  readonly credentials: Credentials;
  /** By need: the id of a given resource, e.g. `zone`. */
  readonly given: Readonly<Record<string, Json>>;
  readonly pace?: number;
  readonly lacks: {
    readonly actions: Readonly<Record<string, string>>;
    readonly bindings: Readonly<Record<string, string>>;
    readonly needs: Readonly<Record<string, string>>;
  };
}

export interface Target {
  readonly name: string;
  /** The longest prefix of an action's id wins. */
  readonly services: ReadonlyMap<string, ServiceTarget>;
  /** Milliseconds for a whole exchange. */
  readonly timeout: number;
  readonly account?: string;
  readonly maxMutations?: number;
  readonly known?: string;
}

export interface KnownFailure {
  readonly case: string;
  readonly check: string;
  readonly at: string;
  readonly expected: readonly string[];
  readonly actual: string;
  readonly reason: string;
}
