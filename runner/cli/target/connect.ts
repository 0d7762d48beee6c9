/** A target by name, by address or embedded → how it is reached: endpoints, keys, connections. */
import type { Command } from "commander";
import { Option } from "commander";
import { type EmulatorServer, startEmulatorServer } from "../../emulator/server.ts";
import type { RateLimit, ServiceTarget, Target, Tls } from "../../model/index.ts";
import { isLoopback } from "../../run/send/endpoint.ts";
import type { Specs } from "../../spec/load.ts";
import { type ProxySettings, proxySettings } from "../../transport/proxy.ts";
import type { Transport } from "../../transport/transport.ts";
import { createUndiciTransport } from "../../transport/undici-transport.ts";
import { UsageError } from "../errors.ts";
import { emulatorTarget } from "./find-target.ts";
import { readTarget } from "./target-file.ts";

export interface TargetOptions {
  /** A target file, or the name of one. */
  readonly target?: string | undefined;
  readonly endpoint?: string | undefined;
  /** In place of what the target says. */
  readonly pace?: RateLimit | undefined;
  /** The target's list of known failures is only to be made. */
  readonly updateKnown?: boolean;
}

export interface ConnectedTarget {
  readonly target: Target;
  readonly transport: Transport;
  /** True where the target is gone with this process. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

export const addTargetOptions = (command: Command): Command =>
  command
    .option("--target <file>", "a target file, or the name of one in ./targets or built in")
    .option("--endpoint <url>", "every service at this address, with the emulator's public test keys");

export const paceOption = (): Option =>
  new Option("--pace <pace>", "calls per second of each action, such as 20/s; documented; or none").argParser(toPacing);

function toPacing(text: string): RateLimit {
  if (text === "documented" || text === "none") return text;
  const rate = /^(\d+(?:\.\d+)?)\/s$/.exec(text)?.[1];
  if (rate === undefined || Number(rate) === 0)
    throw new UsageError(`--pace ${text}: expected documented, none or a number such as 20/s`);
  return Number(rate);
}

/** The target as it is named; undefined stands for the embedded emulator. Nothing is opened. */
export function resolveTarget(
  { target, endpoint, updateKnown = false }: TargetOptions,
  specs: Specs,
): Target | undefined {
  if (target !== undefined && endpoint !== undefined)
    throw new UsageError("--target and --endpoint exclude one another");
  if (target !== undefined) return readTarget(target, process.env, specs, updateKnown);
  return endpoint === undefined ? undefined : emulatorTarget(endpoint, endpoint);
}

/** Opens it; the embedded emulator where no target was named. */
export async function connectTarget(
  target: Target | undefined,
  { endpoint, pace }: TargetOptions,
  specs: Specs,
  faults: readonly string[] = [],
): Promise<ConnectedTarget> {
  const proxies = proxiesIn(process.env);
  let embedded: EmulatorServer | undefined;
  let reached = target;
  if (reached === undefined) {
    embedded = await startEmulatorServer({ specs, faults });
    reached = emulatorTarget(embedded.url);
  } else if (endpoint !== undefined) {
    process.stderr.write(`${endpoint}: signing with the emulator's public test keys, and using its given resources\n`);
  }
  if (pace !== undefined) reached = withRate(reached, pace);
  const tls = tlsByOrigin(reached);
  for (const [origin, { insecure }] of tls)
    if (insecure)
      process.stderr.write(
        `warning: ${origin}: tls.insecure is set: whoever answers there is believed, and can read the requests\n`,
      );
  for (const { endpoint: at } of reached.services.values()) {
    const { protocol, hostname, origin } = new URL(at);
    if (protocol === "http:" && !isLoopback(hostname))
      process.stderr.write(`warning: ${origin}: requests and their tokens go there in clear text\n`);
  }
  const transport = createUndiciTransport({ maxBodyBytes: reached.maxResponseBytes, tls, proxies });
  return {
    target: reached,
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

/** Passwords that stand in the addresses of proxies. */
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

/** By origin. */
const tlsByOrigin = ({ services }: Target): Map<string, Tls> =>
  new Map([...services.values()].flatMap((s) => (s.tls ? [[new URL(s.endpoint).origin, s.tls] as const] : [])));
