/** A target file and the specs → problems: names that no spec has, credentials and accounts that are missing or cannot be used. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Action, Service } from "../model/index.ts";
import { disputesOf } from "../spec/disputes.ts";
import { isProviderFolder } from "../spec/list-directory.ts";
import type { Specs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { type Problem, suggestNames } from "../spec/problem.ts";
import { providedResourceName } from "../spec/target-resources.ts";
import { problemCollector, type ReportProblem, type YamlFile, type YamlPath } from "../spec/yaml/yaml-file.ts";
import type { RawServiceTarget, RawTarget } from "./raw-target.ts";

export function lintTargetNames(raw: RawTarget, yaml: YamlFile, specs: Pick<Specs, "services" | "actions">): Problem[] {
  const { report, problems } = problemCollector(yaml);
  const prefixes = Object.keys(raw.services);
  for (const [prefix, service] of Object.entries(raw.services)) {
    const path: YamlPath = ["services", prefix];
    const covered = [...specs.services.values()].filter(
      ({ id }) => covers(prefix, id) && !hasLongerPrefix(prefix, id, prefixes),
    );
    if (covered.length === 0 && ![...specs.services.keys(), ...builtInServices()].some((id) => covers(prefix, id))) {
      report(path, `no service or provider "${prefix}"${suggestNames(prefix, builtInServices())}`, true);
      continue;
    }
    if (!URL.canParse(service.endpoint))
      report(
        [...path, "endpoint"],
        `${service.endpoint} is not a URL; write one such as https://iai.tencentcloudapi.com`,
      );
    lintRequiredCredentials(service, covered, path, report);
    lintUnsupported(service, covered, path, report);
    lintProvided(service, covered, path, report);
    lintHeaders(service, path, report);
    if ((service.account ?? raw.account) === undefined) continue;
    const accountPath: YamlPath = service.account === undefined ? ["account"] : [...path, "account"];
    for (const coveredService of covered) lintAccount(coveredService, service, prefixes, accountPath, report);
  }
  lintSharedOrigins(raw, report);
  lintReadings(raw, specs.services.values(), report);
  return problems;
}

/** True where a key of `services` is the service's id, its provider, or empty. */
const covers = (prefix: string, id: string): boolean => prefix === "" || id === prefix || id.startsWith(`${prefix}/`);

/** True where a longer key of the same file covers the service, too: then that one is used. */
const hasLongerPrefix = (prefix: string, id: string, prefixes: readonly string[]): boolean =>
  prefixes.some((other) => other.length > prefix.length && covers(other, id));

/** `PROVIDER` and `PROVIDER/SERVICE` of every folder of the built-in specs. */
function builtInServices(): string[] {
  const root = builtInSpecs();
  const foldersOf = (dir: string) => readdirSync(dir, { withFileTypes: true }).filter((e) => e.isDirectory());
  return foldersOf(root)
    .filter(({ name }) => isProviderFolder(join(root, name)))
    .flatMap(({ name }) => [name, ...foldersOf(join(root, name)).map((service) => `${name}/${service.name}`)]);
}

/** What the signature of a service requires. */
function lintRequiredCredentials(
  { region, credentials }: RawServiceTarget,
  covered: readonly Service[],
  path: YamlPath,
  report: ReportProblem,
): void {
  for (const { id, host, account } of covered) {
    if (region === undefined && host.includes("{region}"))
      report(path, `\`region\` is missing, which is part of the signature of ${id}; add one such as us-east-1`, true);
    if (account && "credential" in account && credentials[account.credential] === undefined)
      report(
        [...path, "credentials"],
        `\`${account.credential}\` is missing, which is part of the signature of ${id}; add the name of the environment variable that holds it`,
        true,
      );
  }
}

function lintUnsupported(
  { unsupported = {} }: RawServiceTarget,
  covered: readonly Service[],
  path: YamlPath,
  report: ReportProblem,
): void {
  if (covered.length === 0) return;
  const names = {
    actions: covered.flatMap((s) => [...s.actions.values()].flatMap(({ id, name }) => [name, id])),
    bindings: covered.flatMap((s) => s.bindings),
    requirements: covered.flatMap(requirementsOf),
  };
  for (const key of ["actions", "bindings", "requirements"] as const) {
    for (const name of Object.keys(unsupported[key] ?? {})) {
      if (names[key].includes(name)) continue;
      const noun = { actions: "action", bindings: "binding", requirements: "requirement" }[key];
      report([...path, "unsupported", key, name], `no ${noun} "${name}"${suggestNames(name, names[key])}`, true);
    }
  }
}

function lintProvided(
  { provided = {} }: RawServiceTarget,
  covered: readonly Service[],
  path: YamlPath,
  report: ReportProblem,
): void {
  if (covered.length === 0) return;
  const names = covered.flatMap((s) => [...requirementsOf(s), ...statesOf(s)]);
  for (const name of Object.keys(provided))
    if (!names.includes(name))
      report([...path, "provided", name], `no action uses a "${name}"${suggestNames(name, names)}`, true);
}

const requirementsOf = ({ resources }: Service): string[] =>
  [...resources.values()].flatMap(({ requiredFromTarget }) => requiredFromTarget ?? []);

/** Resources that assay could create, and that a target may provide instead for calls that only read. */
const statesOf = ({ actions }: Service): string[] =>
  [...actions.values()].flatMap((a: Action) =>
    [...a.given.values(), ...a.situations.flatMap((s) => [...s.where.values()])].map(providedResourceName),
  );

/** Headers that assay or its HTTP client writes; with a second one of the same name the server would have to choose. */
const reservedHeaders =
  /^(host|content-(type|length|encoding)|transfer-encoding|connection|authorization|x-tc-.*|x-amz-.*|date|expect|te|upgrade|accept-encoding)$/i;

function lintHeaders({ headers = {} }: RawServiceTarget, path: YamlPath, report: ReportProblem): void {
  for (const name of Object.keys(headers))
    if (reservedHeaders.test(name))
      report([...path, "headers", name], "assay sends this header itself; remove it", true);
}

/** The account of a target can be checked only where the service documents how to look it up. */
function lintAccount(
  service: Service,
  raw: RawServiceTarget,
  prefixes: readonly string[],
  path: YamlPath,
  report: ReportProblem,
): void {
  const { account } = service;
  if (!account) {
    report(path, `${service.id} documents no way to look up its account; remove the key`);
    return;
  }
  if ("credential" in account) return;
  for (const requirement of Object.values(account.requirements))
    if (raw.provided?.[requirement] === undefined)
      report(
        path,
        `looking up the account of ${service.id} requires a ${requirement}; add one as provided.${requirement}`,
      );
  if (!prefixes.some((prefix) => covers(prefix, account.call)))
    report(
      path,
      `the account of ${service.id} is looked up with ${account.call}; add the endpoint of that service under \`services\``,
    );
}

function lintReadings({ conflicts = {} }: RawTarget, services: Iterable<Service>, report: ReportProblem): void {
  const disputes = new Map(disputesOf(services).map((dispute) => [dispute.id, dispute]));
  for (const [id, reading] of Object.entries(conflicts)) {
    const dispute = disputes.get(id);
    if (!dispute)
      report(["conflicts", id], `the specs have no such conflict${suggestNames(id, disputes.keys())}`, true);
    else if (!dispute.readings.has(String(reading)))
      report(
        ["conflicts", id],
        `${reading} is no reading of this conflict; write ${[...dispute.readings.keys()].join(" or ")}`,
      );
  }
}

/** Connections are shared by origin, so that all services of an origin need the same `tls`. */
function lintSharedOrigins(raw: RawTarget, report: ReportProblem): void {
  const tlsByOrigin = new Map<string, string>();
  for (const [prefix, { endpoint, tls }] of Object.entries(raw.services)) {
    if (!URL.canParse(endpoint)) continue;
    const { origin } = new URL(endpoint);
    const tlsText = JSON.stringify(tls ?? {});
    const earlier = tlsByOrigin.get(origin);
    tlsByOrigin.set(origin, earlier ?? tlsText);
    if (earlier !== undefined && earlier !== tlsText)
      report(
        ["services", prefix, "endpoint"],
        `another service of ${origin} has a different \`tls\`; write the same for both`,
      );
  }
}
