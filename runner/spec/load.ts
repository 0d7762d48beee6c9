/** A folder of specs → services and actions, with every problem of every file. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { Action, Envelope, Service } from "../model.ts";
import { toAction } from "./action.ts";
import { toEnvelope } from "./envelope.ts";
import { builtInSpecs } from "./folder.ts";
import { checkForm } from "./form.ts";
import { lintAction, lintEnvelope, lintService } from "./lint.ts";
import type { Problem } from "./problem.ts";
import type { RawAction, RawEnvelope, RawService } from "./raw.ts";
import { toService } from "./service.ts";
import { readYaml, type YamlFile } from "./yaml.ts";

export interface Specs {
  readonly dir: string;
  readonly services: ReadonlyMap<string, Service>;
  readonly actions: ReadonlyMap<string, Action>;
  /** By id of the action: where its file lies. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

const yamlIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((f) => f.endsWith(".yaml"))
        .sort()
        .map((f) => join(dir, f))
    : [];

const foldersIn = (dir: string): string[] =>
  readdirSync(dir)
    .sort()
    .map((f) => join(dir, f))
    .filter((f) => statSync(f).isDirectory());

/** Reads `dir/PROVIDER/SERVICE/*.yaml` and `dir/envelopes`; envelopes that it lacks are the built-in ones. Never throws for a fault of a file. */
export function loadSpecs(dir: string): Specs {
  const problems: Problem[] = [];
  if (!existsSync(dir)) {
    return {
      dir,
      services: new Map(),
      actions: new Map(),
      files: new Map(),
      problems: [nowhere(dir, "no such folder; name one that holds PROVIDER/SERVICE/*.yaml")],
    };
  }
  const envelopes = readEnvelopes(dir, problems);
  const services = new Map<string, Service>();
  const actions = new Map<string, Action>();
  const files = new Map<string, string>();
  for (const provider of foldersIn(dir).filter((f) => !["schema", "envelopes"].includes(basename(f)))) {
    for (const folder of foldersIn(provider)) {
      const service = readService(folder, relative(dir, folder).replaceAll("\\", "/"), envelopes, problems);
      if (!service) continue;
      services.set(service.id, service);
      for (const action of service.actions.values()) {
        actions.set(action.id, action);
        files.set(action.id, join(folder, `${action.name}.yaml`));
      }
    }
  }
  if (actions.size === 0 && problems.length === 0) {
    problems.push(nowhere(dir, "holds no specs; expected PROVIDER/SERVICE/service.yaml and one YAML file an action"));
  }
  return { dir, services, actions, files, problems };
}

const nowhere = (file: string, message: string): Problem => ({ file, line: 1, column: 1, message });

function readEnvelopes(dir: string, problems: Problem[]): Map<string, Envelope> {
  const envelopes = new Map<string, Envelope>();
  const own = join(dir, "envelopes");
  const builtIn = join(builtInSpecs(), "envelopes");
  for (const file of [...(own === builtIn ? [] : yamlIn(builtIn)), ...yamlIn(own)]) {
    const yaml = readYaml(file);
    const faults = checkForm("envelope", yaml);
    problems.push(...faults);
    if (faults.length > 0) continue;
    const envelope = toEnvelope(yaml.value as RawEnvelope);
    problems.push(...lintEnvelope(envelope, yaml));
    envelopes.set(envelope.name, envelope);
  }
  return envelopes;
}

function readService(
  folder: string,
  id: string,
  envelopes: Map<string, Envelope>,
  problems: Problem[],
): Service | undefined {
  const file = join(folder, "service.yaml");
  if (!existsSync(file)) {
    problems.push(nowhere(folder, "has no service.yaml; every service needs one beside its actions"));
    return undefined;
  }
  const yaml = readYaml(file);
  const faults = checkForm("service", yaml);
  problems.push(...faults);
  if (faults.length > 0) return undefined;
  const raw = yaml.value as RawService;
  const envelope = envelopes.get(raw.envelope);
  if (!envelope) {
    problems.push(
      yaml.problem(["envelope"], `no envelope "${raw.envelope}"; there are ${[...envelopes.keys()].join(", ")}`),
    );
    return undefined;
  }
  if (raw.service !== id)
    problems.push(yaml.problem(["service"], `service is "${raw.service}", but the folder is ${id}`));
  const actions = new Map<string, Action>();
  const service = toService(raw, envelope, actions);
  const files = yamlIn(folder).filter((f) => basename(f) !== "service.yaml");
  const read = files.map((f) => readAction(f, service, raw, problems)).filter((a) => a !== undefined);
  for (const { action } of read) actions.set(action.name, action);
  problems.push(...lintService(service, yaml));
  for (const { action, yaml: at } of read) problems.push(...lintAction(action, at));
  return service;
}

function readAction(
  file: string,
  service: Service,
  shared: RawService,
  problems: Problem[],
): { action: Action; yaml: YamlFile } | undefined {
  const yaml = readYaml(file);
  const faults = checkForm("action", yaml);
  problems.push(...faults);
  if (faults.length > 0) return undefined;
  const raw = yaml.value as RawAction;
  if (`${raw.action}.yaml` !== basename(file)) {
    problems.push(yaml.problem(["action"], `action is "${raw.action}", but the file is ${basename(file)}`));
  }
  return { action: toAction(raw, service, shared), yaml };
}
