/** --target, --endpoint or nothing → the Target that is judged. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { credentials, providedResources, regions } from "../../emulator/test-credentials.ts";
import type { ServiceTarget, Target, Timeouts } from "../../model/index.ts";
import { packageRoot } from "../../spec/package-root.ts";
import { didYouMean } from "../../spec/problem.ts";
import { UsageError } from "../errors.ts";

/** Milliseconds where the target does not say. */
export const defaultTimeouts: Timeouts = { connect: 10_000, headers: 10_000, body: 10_000, total: 10_000 };
/** More than the longest documented list takes; as many answers are held at once as there are lanes. */
export const defaultMaxResponseBytes = 2 * 1024 * 1024;
export const NOTHING_UNSUPPORTED: ServiceTarget["unsupported"] = { actions: {}, bindings: {}, requirements: {} };

/** Every service at one address, with the emulator's public test keys and given resources. */
export function emulatorTarget(endpoint: string, name = "emulator"): Target {
  const url = addressOf(endpoint);
  const services = Object.entries(credentials).map(([prefix, keys]): [string, ServiceTarget] => {
    const region = regions[prefix];
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
  // Specs of a provider that nobody knows are signed with the first pair.
  const [, first] = services[0] as [string, ServiceTarget];
  return {
    name,
    services: new Map<string, ServiceTarget>([["", first], ...services]),
    timeouts: defaultTimeouts,
    maxResponseBytes: defaultMaxResponseBytes,
    isEmulator: true,
  };
}

function addressOf(endpoint: string): URL {
  try {
    const url = new URL(endpoint);
    const plain = url.username === "" && url.password === "";
    if (plain && (url.protocol === "http:" || url.protocol === "https:")) return url;
  } catch {
    // falls through to the one sentence that helps
  }
  throw new UsageError(
    `--endpoint ${endpoint.replace(/\/\/[^/]*@/, "//…@")}: expected an address with its http:// or https://, such as http://127.0.0.1:8080, without a name and password in it`,
  );
}

/** A file, or the name of one in ./targets or built in. */
export function findTarget(name: string): string {
  if (name.endsWith(".yaml") || name.endsWith(".yml") || name.includes("/")) {
    if (existsSync(name)) return name;
    throw new UsageError(`--target ${name}: no such file`);
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
    `--target ${name}: no such target${didYouMean(name, names) || `; there are ${names.join(", ") || "none"}`}`,
  );
}
