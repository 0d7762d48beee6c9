/** Target options → a connection to the target: a target file, an address, or the embedded emulator. */
import type { Command } from "commander";
import { Option } from "commander";
import { type EmulatorServer, startEmulatorServer } from "../../emulator/server.ts";
import type { RateLimit, ServiceTarget, Target, Tls } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import { isLoopback } from "../../transport/loopback.ts";
import { type ProxySettings, proxySettings } from "../../transport/proxy.ts";
import type { Transport } from "../../transport/transport.ts";
import { createUndiciTransport } from "../../transport/undici-transport.ts";
import { UsageError } from "../errors.ts";
import { type Warn, warnOnStderr } from "../warn.ts";
import { emulatorTarget } from "./find-target.ts";
import { readTarget } from "./target-file.ts";

export interface TargetOptions {
  /** Path or name of a target file. */
  readonly target?: string | undefined;
  readonly endpoint?: string | undefined;
  /** Replaces the rate limits of the target. */
  readonly pace?: RateLimit | undefined;
  /** True if this run writes the target's known-failure list, so that the file need not exist yet. */
  readonly updateKnown?: boolean;
  /** Where secrets and proxies are read; default `process.env`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Clock of the embedded emulator, in milliseconds; default is the system clock. */
  readonly now?: (() => number) | undefined;
  /** Receives notes and warnings, each one line; default is standard error. */
  readonly warn?: Warn | undefined;
}

export interface ConnectedTarget {
  readonly target: Target;
  readonly transport: Transport;
  /** True for the embedded emulator, which ends together with this process. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

export const addTargetOptions = (command: Command): Command =>
  command
    .option("--target <file>", "target file, or the name of one in ./targets or of a built-in one")
    .option(
      "--endpoint <url>",
      "send the requests of all services to this address, signed with the emulator's public test keys",
    );

export const paceOption = (): Option =>
  new Option(
    "--pace <rate>",
    "rate limit of each action: a number of calls per second such as 20/s, documented, or none",
  ).argParser(parseRateLimit);

function parseRateLimit(text: string): RateLimit {
  if (text === "documented" || text === "none") return text;
  const rate = /^(\d+(?:\.\d+)?)\/s$/.exec(text)?.[1];
  if (rate === undefined || Number(rate) === 0)
    throw new UsageError(`--pace ${text}: expected documented, none, or calls per second such as 20/s`);
  return Number(rate);
}

/** Reads the target that the options name; undefined stands for the embedded emulator. Opens no connection. */
export function resolveTarget(
  { target, endpoint, updateKnown = false, environment = process.env }: TargetOptions,
  specs: Specs,
): Target | undefined {
  if (target !== undefined && endpoint !== undefined)
    throw new UsageError("--target and --endpoint cannot be combined");
  if (target !== undefined) return readTarget(target, environment, specs, updateKnown);
  return endpoint === undefined ? undefined : emulatorTarget(endpoint, endpoint, specs);
}

/** Opens the connection. Without a target, starts the embedded emulator. */
export async function connectTarget(
  target: Target | undefined,
  { endpoint, pace, environment = process.env, now, warn = warnOnStderr }: TargetOptions,
  specs: Specs,
  faults: readonly string[] = [],
): Promise<ConnectedTarget> {
  const proxies = proxiesIn(environment);
  let embedded: EmulatorServer | undefined;
  let connected = target;
  if (connected === undefined) {
    embedded = await startEmulatorServer({ specs, faults, ...(now ? { now } : {}) });
    connected = emulatorTarget(embedded.url, undefined, specs);
  } else if (endpoint !== undefined) {
    warn(`${endpoint}: requests are signed with the emulator's public test keys and use its provided resources`);
  }
  if (pace !== undefined) connected = withRate(connected, pace);
  const tls = tlsByOrigin(connected);
  for (const [origin, { insecure }] of tls)
    if (insecure)
      warn(
        `warning: ${origin}: tls.insecure is set: its certificate is not verified, so another server can impersonate it and read the requests`,
      );
  for (const service of connected.services.values()) {
    const { protocol, origin } = new URL(service.endpoint);
    if (protocol === "http:" && !isLoopback(service.endpoint))
      warn(`warning: ${origin}: requests and their tokens are sent unencrypted; use https://`);
  }
  const transport = createUndiciTransport({ maxBodyBytes: connected.maxResponseBytes, tls, proxies });
  return {
    target: connected,
    transport,
    embedded: embedded !== undefined,
    close: async () => {
      await transport.close();
      await embedded?.close();
    },
  };
}

function proxiesIn(environment: NodeJS.ProcessEnv): ProxySettings {
  try {
    return proxySettings(environment);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Passwords in the proxy URLs of the environment, as written and percent-decoded. */
export function proxySecrets(environment: NodeJS.ProcessEnv): string[] {
  const { http, https } = proxiesIn(environment);
  return [http, https]
    .flatMap((url) => (URL.canParse(url) ? new URL(url).password : []))
    .flatMap((p) => p && [p, decodeURIComponent(p)]);
}

const withRate = (target: Target, rateLimit: RateLimit): Target => ({
  ...target,
  services: new Map([...target.services].map(([prefix, s]): [string, ServiceTarget] => [prefix, { ...s, rateLimit }])),
});

/** TLS settings by origin. */
const tlsByOrigin = ({ services }: Target): Map<string, Tls> =>
  new Map([...services.values()].flatMap((s) => (s.tls ? [[new URL(s.endpoint).origin, s.tls] as const] : [])));
