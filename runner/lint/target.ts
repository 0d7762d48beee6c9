/** A target file and the specs → the names in it that are nowhere, and what it asks for that cannot be done. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Action, Service } from "../model/index.ts";
import type { Specs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { didYouMean, type Problem } from "../spec/problem.ts";
import { providedResourceName } from "../spec/target-resources.ts";
import type { Path, YamlFile } from "../spec/yaml/yaml-file.ts";
import type { RawServiceTarget, RawTarget } from "./raw-target.ts";

type Read = Pick<Specs, "services" | "actions">;

export function lintTargetNames(raw: RawTarget, yaml: YamlFile, specs: Read): Problem[] {
  const problems: Problem[] = [];
  const report = (at: Path, message: string, key = false) => void problems.push(yaml.problem(at, message, key));
  const known = Object.keys(raw.services);
  for (const [prefix, service] of Object.entries(raw.services)) {
    const at: Path = ["services", prefix];
    const covered = [...specs.services.values()].filter(
      ({ id }) => covers(prefix, id) && !hasLongerPrefix(prefix, id, known),
    );
    if (covered.length === 0 && ![...specs.services.keys(), ...builtInServices()].some((id) => covers(prefix, id))) {
      report(at, `no service is called ${prefix}${didYouMean(prefix, builtInServices())}`, true);
      continue;
    }
    if (!URL.canParse(service.endpoint))
      report(
        [...at, "endpoint"],
        `endpoint: ${service.endpoint} is no address; expected one such as https://iai.tencentcloudapi.com`,
      );
    lintRequiredCredentials(service, covered, at, report);
    lintUnsupported(service, covered, at, report);
    lintProvided(service, covered, at, report);
    lintHeaders(service, at, report);
    const accounted = service.account ?? raw.account;
    if (accounted === undefined) continue;
    const where: Path = service.account === undefined ? ["account"] : [...at, "account"];
    for (const coveredService of covered) lintAccount(coveredService, service, known, where, report);
  }
  lintSharedOrigins(raw, report);
  return problems;
}

type Report = (at: Path, message: string, key?: boolean) => void;

const covers = (prefix: string, id: string): boolean => prefix === "" || id === prefix || id.startsWith(`${prefix}/`);

/** True where a longer prefix of the file takes the service. */
const hasLongerPrefix = (prefix: string, id: string, all: readonly string[]): boolean =>
  all.some((other) => other.length > prefix.length && covers(other, id));

/** `provider/service` of every folder that is there. */
function builtInServices(): string[] {
  const root = builtInSpecs();
  const folders = (at: string) => readdirSync(at, { withFileTypes: true }).filter((e) => e.isDirectory());
  return folders(root)
    .filter(({ name }) => name !== "schema" && name !== "envelopes")
    .flatMap(({ name }) => [name, ...folders(join(root, name)).map((service) => `${name}/${service.name}`)]);
}

/** What a signature of the service cannot do without. */
function lintRequiredCredentials(
  { region, credentials }: RawServiceTarget,
  covered: readonly Service[],
  at: Path,
  report: Report,
): void {
  for (const { id, host, account } of covered) {
    if (region === undefined && host.includes("{region}"))
      report(at, `region: ${id} is signed with it; name one such as us-east-1`, true);
    if (account && "credential" in account && credentials[account.credential] === undefined)
      report(
        [...at, "credentials"],
        `credentials.${account.credential}: ${id} is signed with it; name the environment variable that holds it`,
        true,
      );
  }
}

function lintUnsupported({ unsupported = {} }: RawServiceTarget, covered: readonly Service[], at: Path, report: Report): void {
  if (covered.length === 0) return;
  const names = {
    actions: covered.flatMap((s) => [...s.actions.values()].flatMap(({ id, name }) => [name, id])),
    bindings: covered.flatMap((s) => s.bindings),
    requirements: covered.flatMap(requirementsOf),
  };
  for (const kind of ["actions", "bindings", "requirements"] as const) {
    for (const name of Object.keys(unsupported[kind] ?? {})) {
      if (names[kind].includes(name)) continue;
      const what = { actions: "action", bindings: "binding", requirements: "requirement" }[kind];
      report([...at, "unsupported", kind, name], `there is no ${what} ${name}${suggestion(name, names[kind])}`, true);
    }
  }
}

const suggestion = (name: string, names: readonly string[]): string =>
  didYouMean(name, new Set(names)) || `; there are ${[...new Set(names)].slice(0, 20).join(", ") || "none"}`;

function lintProvided({ provided = {} }: RawServiceTarget, covered: readonly Service[], at: Path, report: Report): void {
  if (covered.length === 0) return;
  const names = covered.flatMap((s) => [...requirementsOf(s), ...statesOf(s)]);
  for (const name of Object.keys(provided))
    if (!names.includes(name))
      report([...at, "provided", name], `nothing needs a ${name}${suggestion(name, names)}`, true);
}

const requirementsOf = ({ resources }: Service): string[] =>
  [...resources.values()].flatMap(({ requiredFromTarget }) => requiredFromTarget ?? []);

/** What can be given although it could be made: for calls that only look. */
const statesOf = ({ actions }: Service): string[] =>
  [...actions.values()].flatMap((a: Action) =>
    [...a.given.values(), ...a.situations.flatMap((s) => [...s.where.values()])].map(providedResourceName),
  );

/** Headers that assay itself writes; a second one would be the target's to choose from. */
const reservedHeaders =
  /^(host|content-(type|length|encoding)|transfer-encoding|connection|authorization|x-tc-.*|x-amz-.*|date|expect|te|upgrade|accept-encoding)$/i;

function lintHeaders({ headers = {} }: RawServiceTarget, at: Path, report: Report): void {
  for (const name of Object.keys(headers))
    if (reservedHeaders.test(name)) report([...at, "headers", name], `${name} is assay's own to send; it cannot be set here`, true);
}

/** The account can be told only where the service says how. */
function lintAccount(service: Service, raw: RawServiceTarget, known: readonly string[], at: Path, report: Report): void {
  const { account } = service;
  if (!account) {
    report(at, `${service.id} has no way to tell its account; take the key away`);
    return;
  }
  if ("credential" in account) return;
  for (const need of Object.values(account.requirements))
    if (raw.provided?.[need] === undefined)
      report(at, `the account of ${service.id} is told by a ${need} of yours; name one under provided.${need}`);
  if (!known.some((prefix) => covers(prefix, account.call)))
    report(at, `the account of ${service.id} is told by ${account.call}; name its endpoint under services`);
}

/** One origin has one way to be believed. */
function lintSharedOrigins(raw: RawTarget, report: Report): void {
  const first = new Map<string, string>();
  for (const [prefix, { endpoint, tls }] of Object.entries(raw.services)) {
    if (!URL.canParse(endpoint)) continue;
    const { origin } = new URL(endpoint);
    const tlsText = JSON.stringify(tls ?? {});
    const before = first.get(origin);
    first.set(origin, before ?? tlsText);
    if (before !== undefined && before !== tlsText)
      report(["services", prefix, "endpoint"], `${origin} stands here twice, with different tls; write the same for both`);
  }
}
