/** Checks of service and action files that the JSON Schemas cannot express: names that exist, constraints with a refusal, codes with a cause. */
import type { Action, Effects, ResourceState, Service } from "../model/index.ts";
import type { RawService } from "../spec/parse/raw-types.ts";
import { type Problem, suggestNames } from "../spec/problem.ts";
import { problemCollector, type ReportProblem, type YamlFile, type YamlPath } from "../spec/yaml/yaml-file.ts";
import { lintCallMembers, lintCreateMembers, lintRequiredMembers, lintResourceCalls } from "./call-members.ts";
import { lintCodes } from "./codes.ts";
import { findSchemaError } from "./json-schema.ts";
import { lintParameters } from "./parameters.ts";
import { lintReturned } from "./returned.ts";
import { lintSource } from "./source.ts";
import { unknownResource } from "./unknown-resource.ts";

/** `brokenActions` are actions whose file could not be read: a reference to one of them is not reported again. */
export function lintService(service: Service, yaml: YamlFile, brokenActions: ReadonlySet<string>): Problem[] {
  const { report, problems } = problemCollector(yaml);
  lintSource(yaml.value as RawService, report);
  const checkAction = (path: YamlPath, name: string | undefined) => {
    if (name !== undefined && !service.actions.has(name) && !brokenActions.has(name))
      report(path, `no action "${name}" in ${service.id}${suggestNames(name, service.actions.keys())}`);
  };
  const { name: envelopeName, common } = service.envelope;
  for (const [i, binding] of service.bindings.entries()) {
    if (!common.has(binding))
      report(
        ["bindings", i],
        `no binding "${binding}" in the envelope ${envelopeName}${suggestNames(binding, common.keys())}`,
      );
  }
  const { schema } = common.get(service.bindings[0] ?? "")?.find((c) => c.asDocumented.name === "Version") ?? {};
  if (schema?.pattern !== undefined && !matchesPattern(schema.pattern, service.version))
    report(["version"], `does not match ${schema.pattern}, which the envelope ${envelopeName} demands of a version`);
  checkAction(["ping", "call"], service.ping?.call);
  lintCallMembers(service.actions.get(service.ping?.call ?? ""), service.ping?.with ?? {}, ["ping", "members"], report);
  if (service.ping && service.actions.get(service.ping.call)?.mutating)
    report(["ping", "call"], "the ping changes state; name an action that only reads");
  lintAccount(service, report);
  for (const [name, r] of service.resources) {
    const path = ["resources", name];
    lintResourceCalls(service, r, path, report);
    for (const key of ["create", "delete"] as const) checkAction([...path, key], r[key]);
    checkAction([...path, "lookup", "call"], r.lookup?.call);
    for (const [probe, p] of r.probes) checkAction([...path, "probes", probe, "call"], p.call);
    for (const [key, resources] of [
      ["containers", r.containers],
      ["deletedWith", r.deletedWith],
      ["deletedAfterLast", r.deletedAfterLast === undefined ? [] : [r.deletedAfterLast]],
    ] as const) {
      for (const resource of resources) {
        if (!service.resources.has(resource))
          report(
            [...path, key],
            `no resource "${resource}" in ${service.id}${suggestNames(resource, service.resources.keys())}`,
          );
      }
    }
    if (containersOf(service, name).has(name))
      report([...path, "containers"], `${name} would be a container of itself; name another resource`);
    const creatingAction = r.create === undefined ? undefined : service.actions.get(r.create);
    const member = /^input\.([^.[]+)/.exec(r.id)?.[1];
    if (creatingAction && member !== undefined && !creatingAction.parameters.some((p) => p.name === member))
      report(
        [...path, "id"],
        `${creatingAction.name} has no parameter "${member}"${suggestNames(
          member,
          creatingAction.parameters.map((p) => p.name),
        )}`,
      );
    if (r.id === "given" && r.requiredFromTarget === undefined)
      report(path, "has `id: given`; add `requiredFromTarget`, the name under which a target provides the id", true);
    if (r.id !== "given" && r.create === undefined)
      report(path, "has neither `create` nor `id: given`, so there is no way to obtain one; add one of them", true);
  }
  return problems;
}

/** True also for a pattern that does not compile, which is a problem of the envelope. */
function matchesPattern(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(text);
  } catch {
    return true;
  }
}

/** The containers of a resource, and the containers of these. */
function containersOf(service: Service, name: string, containers: Set<string> = new Set()): Set<string> {
  for (const container of service.resources.get(name)?.containers ?? []) {
    if (containers.has(container)) continue;
    containers.add(container);
    containersOf(service, container, containers);
  }
  return containers;
}

/** That the action of `account.call` exists is checked with the target file: it may be one of another service. */
function lintAccount({ account, resources }: Service, report: ReportProblem): void {
  if (!account || "credential" in account) return;
  for (const [parameter, requirement] of Object.entries(account.requirements)) {
    const names = [...resources.values()].flatMap((r) => [r.name, r.requiredFromTarget ?? r.name]);
    if (!names.includes(requirement))
      report(
        ["account", "requirements", parameter],
        `no resource or requirement "${requirement}"${suggestNames(requirement, names)}`,
      );
  }
  try {
    new RegExp(account.pattern ?? "", "u");
  } catch (error) {
    report(["account", "pattern"], `is not a valid regular expression: ${(error as Error).message}`);
  }
}

export function lintAction(action: Action, yaml: YamlFile, brokenActions: ReadonlySet<string>): Problem[] {
  const { report, problems } = problemCollector(yaml);
  lintSource(action, report);
  const isComplete = lintParameters(action, report);
  lintPrecedence(action, report);
  lintCrossParameterRules(action, report);
  lintStates(action, report, brokenActions);
  lintSamples(action, report);
  lintReturned(action, report);
  lintErrorTable(action, (yaml.value as { errors?: unknown }).errors, isComplete, report);
  const documentedNames = new Set([...action.service.envelope.common.values()].flat().map((c) => c.asDocumented.name));
  for (const [i, name] of action.commonParameters.entries()) {
    if (!documentedNames.has(name))
      report(
        ["commonParameters", i],
        `no common parameter "${name}" in the envelope ${action.service.envelope.name}${suggestNames(name, documentedNames)}`,
      );
  }
  const schemaError = findSchemaError(action.output, { allowUntyped: false });
  if (schemaError) report(["output", ...schemaError.path], schemaError.message);
  return problems;
}

/**
 * `errors` is the value of that key in the file: a list of codes, or rows by code. `isComplete`: false where an entry of
 * `refusals` is missing, which may be the one that gives a code its cause.
 */
function lintErrorTable(action: Action, errors: unknown, isComplete: boolean, report: ReportProblem): void {
  const codes = Array.isArray(errors) ? errors.map(String) : undefined;
  for (const [code, row] of action.errors) {
    const path: YamlPath = ["errors", codes?.indexOf(code) ?? code];
    if (row.causes.length === 0 && isComplete)
      report(
        path,
        `${code} has no cause, and no rule or situation expects it; name it at the rule or situation that it is about, or add \`cause\`: busy, account, throttle, auth, gateway, fault, elsewhere or unreachable`,
        true,
      );
    if (row.causes.includes("elsewhere") && row.raisedBy === undefined)
      report(
        path,
        `${code} has the cause \`elsewhere\`; add \`raisedBy\`, the name of the action that raises it`,
        true,
      );
    if (row.causes.includes("unreachable") && row.reason === undefined)
      report(path, `${code} has the cause \`unreachable\`; add the \`reason\``, true);
    if (row.description === "") report(path, `${code} has no \`description\`; add its meaning in your own words`, true);
  }
}

function lintPrecedence(action: Action, report: ReportProblem): void {
  const names = action.parameters.map((p) => p.name);
  for (const [i, { breaches, refusal }] of action.precedence.entries()) {
    for (const [name, breach] of breaches) {
      const path: YamlPath = ["precedence", i, "breaches", name];
      const parameter = action.parameters.find((p) => p.name === name);
      if (!parameter) report(path, `no parameter "${name}"${suggestNames(name, names)}`, true);
      else if (!parameter.refusals.has(breach))
        report(
          path,
          `${name} has no entry "${breach}" in \`refusals\`${suggestNames(breach, parameter.refusals.keys())}`,
        );
    }
    lintCodes(action, refusal.codes, report, ["precedence", i, "refused"]);
  }
}

function lintCrossParameterRules(action: Action, report: ReportProblem): void {
  for (const { name, schema, refusal } of action.crossParameterRules) {
    const path: YamlPath = ["crossParameterRules", name];
    lintCodes(action, refusal.codes, report, path);
    const schemaError = findSchemaError(schema, { allowUntyped: true });
    if (schemaError) report([...path, "schema", ...schemaError.path], schemaError.message);
  }
}

/** Each of them is created and deleted for one case; more would make a case take minutes. */
const MAX_RESOURCES_PER_CALL = 1000;

function lintStates(action: Action, report: ReportProblem, brokenActions: ReadonlySet<string>): void {
  const names = new Set(action.parameters.map((p) => p.name));
  const checkState = (path: YamlPath, state: ResourceState) => {
    const { resources, id } = action.service;
    if (!resources.has(state.resource)) report(path, unknownResource(state.resource, id, [...resources.keys()]));
    lintCreateMembers(action.service, state, path, report);
    if (state.count > MAX_RESOURCES_PER_CALL)
      report(
        [...path, "count"],
        `is ${state.count}, but one call may need at most ${MAX_RESOURCES_PER_CALL} resources; write a smaller number`,
      );
    for (const container of state.containers) {
      if (!names.has(container) && !container.startsWith("another "))
        report(
          [...path, "containers"],
          `"${container}" is neither a parameter nor of the form "another RESOURCE"${suggestNames(container, names)}`,
        );
    }
  };
  const checkStates = (states: ReadonlyMap<string, ResourceState>, path: YamlPath, called = action) => {
    const declared = called.parameters.map((p) => p.name);
    for (const [name, state] of states) {
      if (!declared.includes(name))
        report([...path, name], `no parameter "${name}"${suggestNames(name, declared)}`, true);
      checkState([...path, name], state);
    }
  };
  checkStates(action.given, ["given"]);
  for (const p of action.parameters) if (p.fillWith) checkState(["parameters", p.name, "fillWith"], p.fillWith);
  for (const s of action.situations) {
    const path: YamlPath = ["situations", s.name];
    checkStates(s.where, [...path, "where"]);
    lintCallMembers(action, s.additionalMembers, [...path, "additionalMembers"], report);
    lintCodes(action, s.refused?.codes, report, [...path, "refused"]);
    for (const [i, preceding] of s.precedingCalls.entries()) {
      const { call, where } = preceding;
      const called = call === "this" ? action : action.service.actions.get(call);
      checkStates(where, [...path, "precedingCalls", i, "members"], called);
      lintCallMembers(called, preceding.members, [...path, "precedingCalls", i, "members"], report);
      if (called) lintCodes(called, preceding.refused, report, [...path, "precedingCalls", i, "refused"]);
      if (called !== action) lintRequiredMembers(action, s, i, called, report);
      if (call !== "this" && !action.service.actions.has(call) && !brokenActions.has(call))
        report(
          [...path, "precedingCalls", i],
          `no action "${call}" in ${action.service.id}${suggestNames(call, ["this", ...action.service.actions.keys()])}`,
        );
    }
    if (s.where.size === 0 && s.precedingCalls.length === 0 && Object.keys(s.additionalMembers).length === 0)
      report(
        path,
        "does not differ from `given`; add `where` (another state, or the same with other `createMembers`), `precedingCalls` or `additionalMembers`",
        true,
      );
  }
  const probes = [...action.service.resources.values()].flatMap((r) => [...r.probes.keys()]);
  const checkProbeNames = (effects: Effects | undefined, path: YamlPath) => {
    for (const key of ["success", "refused"] as const) {
      const name = effects?.[key];
      if (name !== undefined && name !== "unchanged" && !probes.includes(name))
        report(
          [...path, key],
          `no resource has a probe "${name}"${suggestNames(name, key === "refused" ? ["unchanged"] : probes)}`,
        );
    }
  };
  checkProbeNames(action.effects, ["effects"]);
  for (const s of action.situations) checkProbeNames(s.effects, ["situations", s.name, "effects"]);
}

function lintSamples(action: Action, report: ReportProblem): void {
  const names = new Set(action.parameters.map((p) => p.name));
  const { bindings, envelope } = action.service;
  for (const [i, s] of action.samples.entries()) {
    const path: YamlPath = ["samples", i];
    if (!bindings.includes(s.binding) && bindings.every((b) => envelope.common.has(b)))
      report(
        [...path, "binding"],
        `no binding "${s.binding}" in ${action.service.id}${suggestNames(s.binding, bindings)}`,
      );
    for (const [key, members] of [
      ["uniqueMembers", s.uniqueMembers],
      ["serverAssigned", s.serverAssigned],
    ] as const) {
      for (const name of members)
        if (!names.has(name)) report([...path, key], `no parameter "${name}"${suggestNames(name, names)}`);
    }
    lintCodes(action, s.alternativeCodes, report, [...path, "alternativeCodes"]);
  }
}
