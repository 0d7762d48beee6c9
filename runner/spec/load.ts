/** A folder of specs → services and actions, and all problems of all files. */
import { basename, join, relative, resolve } from "node:path";
import type { Action, Service } from "../model/index.ts";
import { fileProblem, isProviderFolder, listDirectory, MAKE_READABLE } from "./list-directory.ts";
import { type EnvelopeLinter, type Envelopes, loadEnvelopes } from "./load-envelopes.ts";
import { builtInSpecs } from "./package-root.ts";
import { toAction } from "./parse/action.ts";
import type { RawAction, RawService } from "./parse/raw-types.ts";
import { toService } from "./parse/service.ts";
import { isFolderPrebuilt, lintedServices } from "./prebuilt.ts";
import { type Problem, suggestNames } from "./problem.ts";
import { readSpecFile, type SpecFile } from "./read-spec-file.ts";
import type { Specs } from "./specs.ts";
import type { YamlFile } from "./yaml/yaml-file.ts";

export type { Specs };

/**
 * Checks that the JSON Schemas cannot express, for files that keep their schema. `brokenActions` are the names of action
 * files that could not be read: a reference to one of them is not reported again.
 */
export interface SpecLinter extends EnvelopeLinter {
  service(service: Service, yaml: YamlFile, brokenActions: ReadonlySet<string>): Problem[];
  action(action: Action, yaml: YamlFile, brokenActions: ReadonlySet<string>): Problem[];
}

const noLinter: SpecLinter = { envelope: () => [], service: () => [], action: () => [] };

/**
 * Reads `dir/PROVIDER/SERVICE/*.yaml` and `dir/envelopes`; an envelope that the folder does not define is the built-in one.
 * Problems of files are returned, not thrown. Without a linter, only the JSON Schemas are checked.
 */
export function loadSpecs(dir: string, linter: SpecLinter = noLinter): Specs {
  const problems: Problem[] = [];
  const services = new Map<string, Service>();
  const actions = new Map<string, Action>();
  const files = new Map<string, string>();
  const { folders } = listDirectory(dir, problems, "pass a folder that contains PROVIDER/SERVICE/*.yaml");
  const envelopes = loadEnvelopes(dir, problems, linter);
  for (const provider of folders.filter(isProviderFolder)) {
    for (const folder of listDirectory(provider, problems, MAKE_READABLE).folders) {
      const service = readService(folder, relative(dir, folder).replaceAll("\\", "/"), envelopes, linter, problems);
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
      fileProblem(dir, "contains no specs; expected PROVIDER/SERVICE/service.yaml and one YAML file for each action"),
    );
  }
  return { dir, services, actions, files, problems, linted: resolve(dir) === builtInSpecs() && isFolderPrebuilt() };
}

function readService(
  folder: string,
  id: string,
  envelopes: Envelopes,
  linter: SpecLinter,
  problems: Problem[],
): Service | undefined {
  const { files } = listDirectory(folder, problems, MAKE_READABLE);
  const file = join(folder, "service.yaml");
  if (!files.includes(file)) {
    problems.push(fileProblem(folder, "has no service.yaml; every service needs one in the folder of its actions"));
    return undefined;
  }
  const serviceFile = readSpecFile("service", file, problems);
  if (!serviceFile) return undefined;
  const { yaml } = serviceFile;
  const raw = yaml.value as RawService;
  const envelope = envelopes.get(raw.envelope);
  if (!envelope) {
    if (!envelopes.hasErrors(raw.envelope))
      problems.push(
        yaml.problem(
          ["envelope"],
          `envelope: no envelope "${raw.envelope}"${suggestNames(raw.envelope, envelopes.names())}`,
        ),
      );
    return undefined;
  }
  if (raw.service !== id)
    problems.push(
      yaml.problem(["service"], `service: is "${raw.service}", but the folder is ${id}; both must have the same name`),
    );
  const actions = new Map<string, Action>();
  const service = toService(raw, envelope, actions);
  const read: ReadAction[] = [];
  const brokenActions = new Set<string>();
  for (const actionFile of files.filter((f) => f !== file)) {
    const loaded = readAction(actionFile, service, raw, problems);
    if (loaded) read.push(loaded);
    if (loaded?.action.name !== basename(actionFile, ".yaml")) brokenActions.add(basename(actionFile, ".yaml"));
  }
  for (const { action } of read) actions.set(action.name, action);
  // The linters compare the files of a service with one another, so a changed one concerns all.
  if (serviceFile.linted && read.every(({ linted }) => linted)) lintedServices.add(service);
  else {
    problems.push(...linter.service(service, yaml, brokenActions));
    for (const loaded of read) problems.push(...linter.action(loaded.action, loaded.yaml, brokenActions));
  }
  return service;
}

interface ReadAction extends SpecFile {
  readonly action: Action;
}

function readAction(
  file: string,
  service: Service,
  rawService: RawService,
  problems: Problem[],
): ReadAction | undefined {
  const read = readSpecFile("action", file, problems);
  if (!read) return undefined;
  const { yaml } = read;
  const raw = yaml.value as RawAction;
  if (`${raw.action}.yaml` !== basename(file)) {
    problems.push(
      yaml.problem(
        ["action"],
        `action: is "${raw.action}", but the file is ${basename(file)}; both must have the same name`,
      ),
    );
  }
  return { action: toAction(raw, service, rawService), ...read };
}
