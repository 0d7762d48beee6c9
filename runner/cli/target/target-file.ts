/** A target file → a Target, its secrets read from the environment and its files from beside it. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { RawServiceTarget, RawTarget } from "../../lint/raw-target.ts";
import { lintTargetNames } from "../../lint/target.ts";
import type { Credentials, ExtraHeader, Json, ServiceTarget, Target, Timeouts, Tls } from "../../model/index.ts";
import { isLoopback } from "../../run/send/endpoint.ts";
import type { Specs } from "../../spec/load.ts";
import type { Problem } from "../../spec/problem.ts";
import { validateAgainstSchema } from "../../spec/schema/validate-file.ts";
import { type Path, readYaml, type YamlFile } from "../../spec/yaml/yaml-file.ts";
import { ProblemsError } from "../errors.ts";
import { defaultMaxResponseBytes, defaultTimeouts, findTarget, NOTHING_UNSUPPORTED } from "./find-target.ts";

/** What a target file says that no schema can see to be wrong; the environment is not asked. */
export function targetProblems(yaml: YamlFile, specs: Pick<Specs, "services" | "actions">): Problem[] {
  const faults = validateAgainstSchema("target", yaml);
  return faults.length > 0 ? faults : lintTargetNames(yaml.value as RawTarget, yaml, specs);
}

/** A run may make the list; until then the target names a file that is not there. */
export function missingKnownFile(yaml: YamlFile): Problem[] {
  const { known } = yaml.value as { known?: unknown };
  if (typeof known !== "string" || existsSync(resolve(dirname(yaml.file), known))) return [];
  return [yaml.problem(["known"], `known: there is no file ${known} beside this one; write it or take the key out`)];
}

/** Where nothing is to be sent, no secret is asked for: `environment` is null then. @throws Problems, all of them at once. */
export function readTarget(
  name: string,
  environment: NodeJS.ProcessEnv | null,
  specs: Specs,
  mayLackKnown = false,
): Target {
  const file = findTarget(name);
  const yaml = readYaml(file);
  const problems = targetProblems(yaml, specs);
  if (problems.length === 0 && !mayLackKnown) problems.push(...missingKnownFile(yaml));
  if (problems.length > 0) throw new ProblemsError(problems);
  const raw = yaml.value as RawTarget;
  const reading: ReadContext = { yaml, environment, problems };
  const services = Object.entries(raw.services).map(([prefix, s]): [string, ServiceTarget] => [
    prefix,
    toService({ ...(raw.account === undefined ? {} : { account: raw.account }), ...s }, ["services", prefix], reading),
  ]);
  if (problems.length > 0) throw new ProblemsError(problems);
  return {
    name: raw.name ?? basename(file).replace(/\.ya?ml$/, ""),
    services: new Map(services),
    timeouts: toTimeouts(raw.timeout),
    maxResponseBytes: raw.maxResponseBytes ?? defaultMaxResponseBytes,
    isEmulator: false,
    ...(raw.maxMutations === undefined ? {} : { maxMutations: raw.maxMutations }),
    ...(raw.known === undefined ? {} : { known: resolve(dirname(file), raw.known) }),
  };
}

interface ReadContext {
  readonly yaml: YamlFile;
  readonly environment: NodeJS.ProcessEnv | null;
  readonly problems: Problem[];
}

function toService(raw: RawServiceTarget, at: Path, reading: ReadContext): ServiceTarget {
  const { app, id, key, token } = raw.credentials;
  const secret = (name: keyof Credentials, variable: string) =>
    readEnvironmentVariable(variable, [...at, "credentials", name], `the ${name} of ${at.at(-1)}`, reading);
  const tls = toTls(raw.tls, [...at, "tls"], reading);
  return {
    endpoint: raw.endpoint.replace(/\/$/, ""),
    host: raw.host ?? new URL(raw.endpoint).host,
    ...(raw.region === undefined ? {} : { region: raw.region }),
    credentials: {
      ...(app === undefined ? {} : { app: secret("app", app) }),
      id: secret("id", id),
      key: secret("key", key),
      ...(token === undefined ? {} : { token: secret("token", token) }),
    },
    provided: toGiven(raw.provided ?? {}, [...at, "provided"], reading),
    rateLimit: toPacing(raw),
    headers: toHeaders(raw.headers ?? {}, [...at, "headers"], reading),
    ...(tls === undefined ? {} : { tls }),
    ...(raw.account === undefined ? {} : { account: String(raw.account) }),
    unsupported: { ...NOTHING_UNSUPPORTED, ...raw.unsupported },
  };
}

function readEnvironmentVariable(
  variable: string,
  at: Path,
  what: string,
  { yaml, environment, problems }: ReadContext,
): string {
  if (environment === null) return "";
  const value = environment[variable];
  if (value === undefined || value === "")
    problems.push(yaml.problem(at, `the environment variable ${variable} is not set; set it to ${what}`));
  return value ?? "";
}

function readNeighbourFile(file: string, at: Path, { yaml, problems }: ReadContext): Buffer | undefined {
  const path = resolve(dirname(yaml.file), file);
  try {
    return readFileSync(path);
  } catch (error) {
    problems.push(yaml.problem(at, `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`));
    return undefined;
  }
}

function toGiven(raw: NonNullable<RawServiceTarget["provided"]>, at: Path, reading: ReadContext): Record<string, Json> {
  const given: Record<string, Json> = {};
  for (const [need, value] of Object.entries(raw)) {
    const bytes = typeof value === "string" ? undefined : readNeighbourFile(value.file, [...at, need, "file"], reading);
    given[need] = typeof value === "string" ? value : (bytes?.toString("base64") ?? "");
  }
  return given;
}

function toHeaders(raw: NonNullable<RawServiceTarget["headers"]>, at: Path, reading: ReadContext): ExtraHeader[] {
  return Object.entries(raw).map(([name, value]) =>
    typeof value === "string"
      ? { name, value, secret: false }
      : {
          name,
          value: readEnvironmentVariable(value.env, [...at, name, "env"], `the header ${name}`, reading),
          secret: true,
        },
  );
}

function toTls(raw: RawServiceTarget["tls"], at: Path, reading: ReadContext): Tls | undefined {
  if (raw === undefined) return undefined;
  const ca = raw.ca === undefined ? undefined : readNeighbourFile(raw.ca, [...at, "ca"], reading)?.toString("utf8");
  if (ca !== undefined && !ca.includes("-----BEGIN CERTIFICATE-----"))
    reading.problems.push(reading.yaml.problem([...at, "ca"], `${raw.ca} holds no certificate in PEM`));
  return { ...(ca === undefined ? {} : { ca }), insecure: raw.insecure ?? false };
}

/** On loopback nobody bills and nobody throttles: there a pace has to be asked for. */
function toPacing({ rateLimit, endpoint }: RawServiceTarget): ServiceTarget["rateLimit"] {
  if (rateLimit === undefined) return isLoopback(new URL(endpoint).hostname) ? "none" : "documented";
  return rateLimit === "documented" || rateLimit === "none" ? rateLimit : Number(rateLimit.slice(0, -2));
}

function toTimeouts(raw: RawTarget["timeout"]): Timeouts {
  if (raw === undefined) return defaultTimeouts;
  if (typeof raw === "number") {
    const ms = raw * 1000;
    return { connect: ms, headers: ms, body: ms, total: ms };
  }
  const { connect, headers, body } = defaultTimeouts;
  const part = (seconds: number | undefined, otherwise: number) => (seconds === undefined ? otherwise : seconds * 1000);
  const parts = {
    connect: part(raw.connect, connect),
    headers: part(raw.headers, headers),
    body: part(raw.body, body),
  };
  return { ...parts, total: parts.connect + parts.headers + parts.body };
}
