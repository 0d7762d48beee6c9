/** --target, --endpoint or nothing → a Target with its secrets read from the environment. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { credentials, given, regions } from "../emulator/keys.ts";
import type { Credentials, Json, ServiceTarget, Target } from "../model.ts";
import { packageRoot } from "../spec/folder.ts";
import { checkForm } from "../spec/form.ts";
import { toPace } from "../spec/parts.ts";
import { type Problem, suggest } from "../spec/problem.ts";
import { readYaml, type YamlFile } from "../spec/yaml.ts";
import { Problems, UsageError } from "./usage.ts";

interface RawServiceTarget {
  endpoint: string;
  host?: string;
  region?: string;
  credentials: { app?: string; id: string; key: string; token?: string };
  given?: Record<string, Json>;
  pace?: string;
  lacks?: Partial<ServiceTarget["lacks"]>;
}
interface RawTarget {
  name?: string;
  services: Record<string, RawServiceTarget>;
  timeout?: number;
  account?: string;
  maxMutations?: number;
  known?: string;
}

/** Milliseconds for a whole exchange where the target does not say. */
const defaultTimeout = 10_000;
const noLacks: ServiceTarget["lacks"] = { actions: {}, bindings: {}, needs: {} };

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
        given,
        lacks: noLacks,
      },
    ];
  });
  // Specs of a provider that nobody knows are signed with the first pair.
  const [, first] = services[0] as [string, ServiceTarget];
  return { name, services: new Map<string, ServiceTarget>([["", first], ...services]), timeout: defaultTimeout };
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
    `--endpoint ${endpoint.replace(/\/\/[^/]*@/, "//…@")}: expected an address such as http://127.0.0.1:8080, without a name and password in it`,
  );
}

/** A file, or the name of one in ./targets or built in. */
function findTarget(name: string): string {
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
    `--target ${name}: no such target${suggest(name, names) || `; there are ${names.join(", ") || "none"}`}`,
  );
}

export function readTarget(name: string, environment: NodeJS.ProcessEnv): Target {
  const file = findTarget(name);
  const yaml = readYaml(file);
  const faults = checkForm("target", yaml);
  if (faults.length > 0) throw new Problems(faults);
  const raw = yaml.value as RawTarget;
  const problems: Problem[] = [];
  const services = Object.entries(raw.services).map(([prefix, s]): [string, ServiceTarget] => [
    prefix,
    toService(s, ["services", prefix], yaml, environment, problems),
  ]);
  if (problems.length > 0) throw new Problems(problems);
  return {
    name: raw.name ?? basename(file).replace(/\.ya?ml$/, ""),
    services: new Map(services),
    timeout: raw.timeout === undefined ? defaultTimeout : raw.timeout * 1000,
    ...(raw.account === undefined ? {} : { account: raw.account }),
    ...(raw.maxMutations === undefined ? {} : { maxMutations: raw.maxMutations }),
    ...(raw.known === undefined ? {} : { known: resolve(dirname(file), raw.known) }),
  };
}

function toService(
  raw: RawServiceTarget,
  at: string[],
  yaml: YamlFile,
  environment: NodeJS.ProcessEnv,
  problems: Problem[],
): ServiceTarget {
  const secret = (key: keyof Credentials): string => {
    const variable = raw.credentials[key];
    if (variable === undefined) return "";
    const value = environment[variable];
    if (value === undefined || value === "") {
      problems.push(
        yaml.problem(
          [...at, "credentials", key],
          `the environment variable ${variable} is not set; set it to the ${key} of ${at.at(-1)}`,
        ),
      );
    }
    return value ?? "";
  };
  let host = raw.host ?? "";
  try {
    host ||= new URL(raw.endpoint).host;
  } catch {
    problems.push(
      yaml.problem(
        [...at, "endpoint"],
        `${raw.endpoint} is no address; expected one such as https://iai.tencentcloudapi.com`,
      ),
    );
  }
  const pace = toPace(raw.pace);
  const optional = {
    ...(raw.credentials.app ? { app: secret("app") } : {}),
    ...(raw.credentials.token ? { token: secret("token") } : {}),
  };
  return {
    endpoint: raw.endpoint.replace(/\/$/, ""),
    host,
    ...(raw.region === undefined ? {} : { region: raw.region }),
    credentials: { ...optional, id: secret("id"), key: secret("key") },
    given: raw.given ?? {},
    ...(pace === undefined ? {} : { pace }),
    lacks: { ...noLacks, ...raw.lacks },
  };
}
