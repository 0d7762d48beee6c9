/** A folder of specs → services and actions, with every problem of every file. */
import { basename, join, relative } from "node:path";
import type { Action, Service } from "../model/index.ts";
import { fileProblem, listDirectory } from "./list-directory.ts";
import { type EnvelopeLinter, type Envelopes, loadEnvelopes } from "./load-envelopes.ts";
import { toAction } from "./parse/action.ts";
import type { RawAction, RawService } from "./parse/raw-types.ts";
import { toService } from "./parse/service.ts";
import type { Problem } from "./problem.ts";
import { validateAgainstSchema } from "./schema/validate-file.ts";
import { readYaml, type YamlFile } from "./yaml/yaml-file.ts";

export interface Specs {
  readonly dir: string;
  readonly services: ReadonlyMap<string, Service>;
  readonly actions: ReadonlyMap<string, Action>;
  /** By id of the action: where its file lies. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** What is checked of each file once its schema held, beyond its schema. `faulty`: names of actions that could not be read. */
export interface SpecLinter extends EnvelopeLinter {
  service(service: Service, yaml: YamlFile, faulty: ReadonlySet<string>): Problem[];
  action(action: Action, yaml: YamlFile, faulty: ReadonlySet<string>): Problem[];
}

const noLint: SpecLinter = { envelope: () => [], service: () => [], action: () => [] };

/**
 * Reads `dir/PROVIDER/SERVICE/*.yaml` and `dir/envelopes`; envelopes that it lacks are the built-in ones. Never throws
 * for a problem of a file. Without a linter, what no schema can express is not checked.
 */
export function loadSpecs(dir: string, lint: SpecLinter = noLint): Specs {
  const problems: Problem[] = [];
  const services = new Map<string, Service>();
  const actions = new Map<string, Action>();
  const files = new Map<string, string>();
  const { folders } = listDirectory(dir, problems, "name a folder that holds PROVIDER/SERVICE/*.yaml");
  const envelopes = loadEnvelopes(dir, problems, lint);
  for (const provider of folders.filter((f) => !["schema", "envelopes"].includes(basename(f)))) {
    for (const folder of listDirectory(provider, problems, "give yourself the right to read it").folders) {
      const service = readService(folder, relative(dir, folder).replaceAll("\\", "/"), envelopes, lint, problems);
      if (!service) continue;
      services.set(service.id, service);
      for (const action of service.actions.values()) {
        actions.set(action.id, action);
        files.set(action.id, join(folder, `${action.name}.yaml`));
      }
    }
  }
  if (actions.size === 0 && problems.length === 0) {
    problems.push(
      fileProblem(dir, "holds no specs; expected PROVIDER/SERVICE/service.yaml and one YAML file an action"),
    );
  }
  return { dir, services, actions, files, problems };
}

function readService(
  folder: string,
  id: string,
  envelopes: Envelopes,
  lint: SpecLinter,
  problems: Problem[],
): Service | undefined {
  const { files } = listDirectory(folder, problems, "give yourself the right to read it");
  const file = join(folder, "service.yaml");
  if (!files.includes(file)) {
    problems.push(fileProblem(folder, "has no service.yaml; every service needs one beside its actions"));
    return undefined;
  }
  const yaml = readYaml(file);
  const faults = validateAgainstSchema("service", yaml);
  problems.push(...faults);
  if (faults.length > 0) return undefined;
  const raw = yaml.value as RawService;
  const envelope = envelopes.get(raw.envelope);
  if (!envelope) {
    if (!envelopes.hasErrors(raw.envelope))
      problems.push(
        yaml.problem(["envelope"], `no envelope "${raw.envelope}"; there are ${envelopes.names().join(", ")}`),
      );
    return undefined;
  }
  if (raw.service !== id)
    problems.push(yaml.problem(["service"], `service is "${raw.service}", but the folder is ${id}`));
  const actions = new Map<string, Action>();
  const service = toService(raw, envelope, actions);
  const read: { action: Action; yaml: YamlFile }[] = [];
  const faulty = new Set<string>();
  for (const at of files.filter((f) => f !== file)) {
    const one = readAction(at, service, raw, problems);
    if (one) read.push(one);
    if (one?.action.name !== basename(at, ".yaml")) faulty.add(basename(at, ".yaml"));
  }
  for (const { action } of read) actions.set(action.name, action);
  problems.push(...lint.service(service, yaml, faulty));
  for (const { action, yaml: at } of read) problems.push(...lint.action(action, at, faulty));
  return service;
}

function readAction(
  file: string,
  service: Service,
  shared: RawService,
  problems: Problem[],
): { action: Action; yaml: YamlFile } | undefined {
  const yaml = readYaml(file);
  const faults = validateAgainstSchema("action", yaml);
  problems.push(...faults);
  if (faults.length > 0) return undefined;
  const raw = yaml.value as RawAction;
  if (`${raw.action}.yaml` !== basename(file)) {
    problems.push(yaml.problem(["action"], `action is "${raw.action}", but the file is ${basename(file)}`));
  }
  return { action: toAction(raw, service, shared), yaml };
}
