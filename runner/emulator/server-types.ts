/** The options of the emulator's server, and the server as its user sees it. */
import type { Credentials, HttpRequest, Json } from "../model/index.ts";
import type { Specs } from "../spec/specs.ts";

/** A response of the emulator. */
export interface EmulatorResponse {
  /** HTTP status. */
  readonly status: number;
  /** By name; the emulator repeats none. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body. */
  readonly body: string;
}

/** How the reference emulator listens and behaves. */
export interface ServerOptions {
  /** The specs that it serves. */
  readonly specs: Pick<Specs, "services">;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Address on which it listens; default `127.0.0.1`. */
  readonly host?: string;
  /** Switches off every leniency towards real clients. */
  readonly strict?: boolean;
  /** Ids of faults, as `assay list faults` prints them. */
  readonly faults?: readonly string[];
  /** Ids of variants, as `assay list variants` prints them. */
  readonly variants?: readonly string[];
  /** Refuses calls beyond the documented rate limit of their action. */
  readonly enforceRateLimits?: boolean;
  /** Milliseconds since the epoch; the default is the system clock. */
  readonly now?: () => number;
  /** Gives the request id of each response; the default is a random UUID. */
  readonly requestId?: () => string;
}

/** A reference emulator that listens. */
export interface EmulatorServer {
  /** Its address without a final slash, e.g. `http://127.0.0.1:8089`. */
  readonly url: string;
  /** The port on which it listens. */
  readonly port: number;
  /** The number of resources by service and kind. */
  readonly state: () => Record<string, Record<string, number>>;
  /** The largest number of calls of each action within one second: calls with a valid signature, throttled ones included. */
  readonly peakPerSecond: () => Record<string, number>;
  /** The number of calls that the rate limit refused. */
  readonly throttled: () => number;
  /** By id of a leniency: the number of requests that needed it. `runner/emulator/leniencies.ts` lists them. */
  readonly leniencies: () => Readonly<Record<string, number>>;
  /** By requirement: the resources that a target has to provide. */
  readonly provided: Readonly<Record<string, Json>>;
  /** By prefix of an action's id; the longest matching prefix applies. They are public test keys. */
  readonly credentials: Readonly<Record<string, Credentials>>;
  /** The response to a request without a socket; undefined where a fault or a variant changes how responses are delivered. */
  readonly respond: ((request: HttpRequest) => EmulatorResponse) | undefined;
  /** Ends all connections and the server. */
  readonly close: () => Promise<void>;
}
