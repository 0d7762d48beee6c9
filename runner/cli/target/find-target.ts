/** --target → the path of the target file; --endpoint → a Target with the emulator's test keys. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { credentials, providedResources, regions } from "../../emulator/test-credentials.ts";
import type { ServiceTarget, Target, Timeouts } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import type { Specs } from "../../spec/load.ts";
import { packageRoot } from "../../spec/package-root.ts";
import { didYouMean } from "../../spec/problem.ts";
import { UsageError } from "../errors.ts";

/** In milliseconds, for targets that set no timeouts. */
export const defaultTimeouts: Timeouts = { connect: 10_000, headers: 10_000, body: 10_000, total: 10_000 };
/** More than the longest documented list needs. Up to one response per lane is in memory at the same time. */
export const defaultMaxResponseBytes = 2 * 1024 * 1024;
export const NOTHING_UNSUPPORTED: ServiceTarget["unsupported"] = { actions: {}, bindings: {}, requirements: {} };

/** All services at one address, with the emulator's public test keys and provided resources. `specs`: those that may have services of unknown providers. */
export function emulatorTarget(endpoint: string, name = "emulator", specs?: Pick<Specs, "services">): Target {
  const url = parseEndpoint(endpoint);
  const services = Object.entries(credentials).map(([prefix, keys]): [string, ServiceTarget] => {
    const region = (regions as Readonly<Record<string, string>>)[prefix];
    return [
      prefix,
      {
        endpoint: url.href.replace(/\/$/, ""),
        host: url.host,
        ...(region === undefined ? {} : { region }),
        credentials: keys,
        provided: providedResources,
        rateLimit: "none",
        headers: [],
        unsupported: NOTHING_UNSUPPORTED,
      },
    ];
  });
  // The empty prefix: specs of an unknown provider are signed with the first pair of keys.
  const [, first] = services[0] as [string, ServiceTarget];
  return {
    name,
    services: new Map<string, ServiceTarget>([["", first], ...services, ...withRegion(first, specs)]),
    timeouts: defaultTimeouts,
    maxResponseBytes: defaultMaxResponseBytes,
    isEmulator: true,
  };
}

/** Services of unknown providers whose signature names a region. */
const withRegion = (target: ServiceTarget, specs?: Pick<Specs, "services">): [string, ServiceTarget][] =>
  [...(specs?.services.values() ?? [])]
    .filter(({ id, bindings }) => !isKnownProvider(id) && bindings.some((b) => protocolOf(b).id === "aws-sigv4"))
    .map(({ id }) => [id, { ...target, region: regions.aws }]);

const isKnownProvider = (service: string): boolean => (service.split("/", 1)[0] ?? "") in credentials;

function parseEndpoint(endpoint: string): URL {
  try {
    const url = new URL(endpoint);
    const hasNoCredentials = url.username === "" && url.password === "";
    if (hasNoCredentials && (url.protocol === "http:" || url.protocol === "https:")) return url;
  } catch {
    // not a URL: the error below explains what is expected
  }
  throw new UsageError(
    `--endpoint ${endpoint.replace(/\/\/[^/]*@/, "//…@")}: expected a URL with http:// or https://, such as http://127.0.0.1:8080, without user name and password`,
  );
}

/** A path, or the name of a file in ./targets or of a built-in one → the path. */
export function findTarget(name: string): string {
  if (name.endsWith(".yaml") || name.endsWith(".yml") || name.includes("/")) {
    if (existsSync(name)) return name;
    throw new UsageError(`--target ${name}: file not found`);
  }
  const folders = [resolve("targets"), join(packageRoot(), "suites", "targets")].filter(existsSync);
  for (const folder of folders) {
    const file = join(folder, `${name}.yaml`);
    if (existsSync(file)) return file;
  }
  const names = folders
    .flatMap((f) => readdirSync(f))
    .filter((f) => f.endsWith(".yaml") && !f.startsWith("known"))
    .map((f) => basename(f, ".yaml"));
  throw new UsageError(
    `--target ${name}: no such target${didYouMean(name, names) || `; existing targets: ${names.join(", ") || "none"}`}`,
  );
}
