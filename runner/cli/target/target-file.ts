/** A target file → a Target, with secrets from environment variables and files from the folder of the target file. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { RawServiceTarget, RawTarget } from "../../lint/raw-target.ts";
import { lintTargetNames } from "../../lint/target.ts";
import type { Credentials, ExtraHeader, Json, ServiceTarget, Target, Timeouts, Tls } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import type { Problem } from "../../spec/problem.ts";
import { validateAgainstSchema } from "../../spec/schema/validate-file.ts";
import { readYaml, type YamlFile, type YamlPath } from "../../spec/yaml/yaml-file.ts";
import { isLoopback } from "../../transport/loopback.ts";
import { ProblemsError } from "../errors.ts";
import { defaultMaxResponseBytes, defaultTimeouts, findTarget, NOTHING_UNSUPPORTED } from "./find-target.ts";

/** Problems of a target file: those of its schema, else names that do not exist in the specs. Does not read the environment. */
export function targetProblems(yaml: YamlFile, specs: Pick<Specs, "services" | "actions">): Problem[] {
  const schemaProblems = validateAgainstSchema("target", yaml);
  if (schemaProblems.length > 0) return schemaProblems;
  return lintTargetNames(yaml.value as RawTarget, yaml, specs);
}

/** A problem if the known-failure list of the target does not exist. Not checked where the run is about to create it. */
export function missingKnownFile(yaml: YamlFile): Problem[] {
  const { known } = yaml.value as { known?: unknown };
  if (typeof known !== "string" || existsSync(resolve(dirname(yaml.file), known))) return [];
  return [
    yaml.problem(["known"], `known: file ${known} not found in the folder of this file; create it or remove the key`),
  ];
}

/**
 * `environment` is null where nothing is sent, so that no secret is needed.
 * @throws ProblemsError with all problems of the file.
 */
export function readTarget(
  name: string,
  environment: NodeJS.ProcessEnv | null,
  specs: Specs,
  knownFileOptional = false,
): Target {
  const file = findTarget(name);
  const yaml = readYaml(file);
  const problems = targetProblems(yaml, specs);
  if (problems.length === 0 && !knownFileOptional) problems.push(...missingKnownFile(yaml));
  if (problems.length > 0) throw new ProblemsError(problems);
  const raw = yaml.value as RawTarget;
  const context: ReadContext = { yaml, environment, problems };
  const services = Object.entries(raw.services).map(([prefix, s]): [string, ServiceTarget] => [
    prefix,
    toService({ ...(raw.account === undefined ? {} : { account: raw.account }), ...s }, ["services", prefix], context),
  ]);
  if (problems.length > 0) throw new ProblemsError(problems);
  return {
    name: raw.name ?? basename(file).replace(/\.ya?ml$/, ""),
    services: new Map(services),
    timeouts: toTimeouts(raw.timeout),
    maxResponseBytes: raw.maxResponseBytes ?? defaultMaxResponseBytes,
    isEmulator: false,
    ...(raw.maxMutations === undefined ? {} : { maxMutations: raw.maxMutations }),
    ...(raw.conflicts === undefined ? {} : { conflicts: toReadings(raw.conflicts) }),
    ...(raw.known === undefined ? {} : { known: resolve(dirname(file), raw.known) }),
  };
}

/** A limit may be written as a number. */
const toReadings = (raw: NonNullable<RawTarget["conflicts"]>): Record<string, string> =>
  Object.fromEntries(Object.entries(raw).map(([id, reading]) => [id, String(reading)]));

interface ReadContext {
  readonly yaml: YamlFile;
  readonly environment: NodeJS.ProcessEnv | null;
  readonly problems: Problem[];
}

function toService(raw: RawServiceTarget, path: YamlPath, context: ReadContext): ServiceTarget {
  const { app, id, key, token } = raw.credentials;
  const secret = (name: keyof Credentials, variable: string) =>
    readEnvironmentVariable(variable, [...path, "credentials", name], `the ${name} of ${path.at(-1)}`, context);
  const tls = toTls(raw.tls, [...path, "tls"], context);
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
    provided: toProvided(raw.provided ?? {}, [...path, "provided"], context),
    rateLimit: toRateLimit(raw),
    headers: toHeaders(raw.headers ?? {}, [...path, "headers"], context),
    ...(tls === undefined ? {} : { tls }),
    ...(raw.account === undefined ? {} : { account: String(raw.account) }),
    unsupported: { ...NOTHING_UNSUPPORTED, ...raw.unsupported },
  };
}

/** Adds a problem if the variable is not set, or cannot be sent as it is. `meaning`: what its value has to be. */
function readEnvironmentVariable(
  variable: string,
  path: YamlPath,
  meaning: string,
  { yaml, environment, problems }: ReadContext,
): string {
  if (environment === null) return "";
  const value = environment[variable] ?? "";
  const problem = environmentProblem(value, meaning, String(path.at(-1)));
  if (problem !== undefined)
    problems.push(yaml.problem(path, `${path.join(".")}: the environment variable ${variable} ${problem}`));
  return value;
}

/** Ids of keys of Tencent Cloud and AWS. */
const KEY_ID = /^(?:AKID[A-Za-z\d]{32}|A[KS]IA[A-Z\d]{16})$/;

/** Undefined where the value can be sent. `name`: the member of the credentials, or `env` for a header. */
function environmentProblem(value: string, meaning: string, name: string): string | undefined {
  if (value === "") return `is not set; set it to ${meaning}`;
  if (/^\s|\s$|\p{Cc}|\p{Cf}/u.test(value))
    return `has a line break, another control or invisible character, or white space at an end; set it to ${meaning} alone`;
  if (name === "env") return undefined;
  if (/\s|^["'].*["']$/.test(value)) return `has quotes around it, or white space in it; set it to ${meaning} alone`;
  return name === "key" && KEY_ID.test(value) ? `has the id of a key; set it to ${meaning}` : undefined;
}

/** `file` is relative to the folder of the target file. Adds a problem if it cannot be read. */
function readNeighbourFile(file: string, path: YamlPath, { yaml, problems }: ReadContext): Buffer | undefined {
  const absolute = resolve(dirname(yaml.file), file);
  try {
    return readFileSync(absolute);
  } catch (error) {
    problems.push(
      yaml.problem(path, `${path.join(".")}: ${absolute} cannot be read (${(error as NodeJS.ErrnoException).code})`),
    );
    return undefined;
  }
}

function toProvided(
  raw: NonNullable<RawServiceTarget["provided"]>,
  path: YamlPath,
  context: ReadContext,
): Record<string, Json> {
  const provided: Record<string, Json> = {};
  for (const [requirement, value] of Object.entries(raw)) {
    const bytes =
      typeof value === "string" ? undefined : readNeighbourFile(value.file, [...path, requirement, "file"], context);
    provided[requirement] = typeof value === "string" ? value : (bytes?.toString("base64") ?? "");
  }
  return provided;
}

function toHeaders(raw: NonNullable<RawServiceTarget["headers"]>, path: YamlPath, context: ReadContext): ExtraHeader[] {
  return Object.entries(raw).map(([name, value]) =>
    typeof value === "string"
      ? { name, value, secret: false }
      : {
          name,
          value: readEnvironmentVariable(value.env, [...path, name, "env"], `the value of the header ${name}`, context),
          secret: true,
        },
  );
}

function toTls(raw: RawServiceTarget["tls"], path: YamlPath, context: ReadContext): Tls | undefined {
  if (raw === undefined) return undefined;
  const ca = raw.ca === undefined ? undefined : readNeighbourFile(raw.ca, [...path, "ca"], context)?.toString("utf8");
  if (ca !== undefined && !ca.includes("-----BEGIN CERTIFICATE-----"))
    context.problems.push(
      context.yaml.problem(
        [...path, "ca"],
        `${[...path, "ca"].join(".")}: ${raw.ca} contains no certificate in PEM format`,
      ),
    );
  return { ...(ca === undefined ? {} : { ca }), insecure: raw.insecure ?? false };
}

/** Calls per second, or a keyword. Without the key: the documented limits, but none on loopback, where calls are neither billed nor throttled. */
function toRateLimit({ rateLimit, endpoint }: RawServiceTarget): ServiceTarget["rateLimit"] {
  if (rateLimit === undefined) return isLoopback(endpoint) ? "none" : "documented";
  return rateLimit === "documented" || rateLimit === "none" ? rateLimit : Number(rateLimit.slice(0, -2));
}

/** Seconds of the target file → milliseconds. */
function toTimeouts(raw: RawTarget["timeout"]): Timeouts {
  if (raw === undefined) return defaultTimeouts;
  if (typeof raw === "number") {
    const ms = raw * 1000;
    return { connect: ms, headers: ms, body: ms, total: ms };
  }
  const { connect, headers, body } = defaultTimeouts;
  const toMs = (seconds: number | undefined, defaultMs: number) => (seconds === undefined ? defaultMs : seconds * 1000);
  const phases = {
    connect: toMs(raw.connect, connect),
    headers: toMs(raw.headers, headers),
    body: toMs(raw.body, body),
  };
  return { ...phases, total: phases.connect + phases.headers + phases.body };
}
