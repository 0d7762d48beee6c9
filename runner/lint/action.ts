/** What a schema of the files cannot say: names that must exist, constraints that need an entry, codes that need a cause. */
import type { Action, Effects, ExpectedRefusal, Json, ResourceState, Schema, Service } from "../model/index.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import type { RawService } from "../spec/parse/raw-types.ts";
import { didYouMean, type Problem } from "../spec/problem.ts";
import { itemSchema } from "../spec/rules.ts";
import type { Path, YamlFile } from "../spec/yaml/yaml-file.ts";
import { lintConflicts } from "./conflicts.ts";
import { findSchemaError } from "./json-schema.ts";
import { lintLimits, type ReportProblem } from "./limits.ts";
import { lintSource } from "./source.ts";

const constraints = [
  "minLength", "maxLength", "pattern", "x-maxBytes", "x-minBytes", "minimum", "maximum", "exclusiveMinimum",
  "exclusiveMaximum", "multipleOf", "enum", "const", "minItems", "maxItems", "uniqueItems",
]; // biome-ignore format: a table

function collector(yaml: YamlFile): { say: ReportProblem; problems: Problem[] } {
  const problems: Problem[] = [];
  return { problems, say: (path, message, key) => void problems.push(yaml.problem(path, message, key)) };
}

/** `faulty`: actions whose own file is at fault; that they are missing is no second one. */
export function lintService(service: Service, yaml: YamlFile, brokenActions: ReadonlySet<string>): Problem[] {
  const { say: report, problems } = collector(yaml);
  lintSource(yaml.value as RawService, report);
  const checkAction = (path: Path, name: string | undefined) => {
    if (name !== undefined && !service.actions.has(name) && !brokenActions.has(name)) {
      report(path, `no action "${name}" in ${service.id}${didYouMean(name, service.actions.keys())}`);
    }
  };
  const known = [...service.envelope.common.keys()];
  for (const [i, binding] of service.bindings.entries()) {
    if (!known.includes(binding))
      report(
        ["bindings", i],
        `the envelope ${service.envelope.name} has no binding "${binding}"; it has ${known.join(", ")}`,
      );
  }
  checkAction(["ping", "call"], service.ping?.call);
  if (service.ping && service.actions.get(service.ping.call)?.mutating)
    report(["ping", "call"], "a ping must not change state");
  lintAccount(service, report);
  for (const [name, r] of service.resources) {
    const at = ["resources", name];
    for (const key of ["create", "delete"] as const) checkAction([...at, key], r[key]);
    checkAction([...at, "lookup", "call"], r.lookup?.call);
    for (const [probe, p] of r.probes) checkAction([...at, "probes", probe, "call"], p.call);
    for (const [key, others] of [
      ["containers", r.containers],
      ["deletedWith", r.deletedWith],
      ["deletedAfterLast", r.deletedAfterLast === undefined ? [] : [r.deletedAfterLast]],
    ] as const) {
      for (const other of others) {
        if (!service.resources.has(other))
          report(
            [...at, key],
            `${key}: no resource "${other}" in ${service.id}${didYouMean(other, service.resources.keys())}`,
          );
      }
    }
    if (containersOf(service, name).has(name)) report([...at, "containers"], `containers: ${name} would stand within itself`);
    const creatingAction = r.create === undefined ? undefined : service.actions.get(r.create);
    const member = /^input\.([^.[]+)/.exec(r.id)?.[1];
    if (creatingAction && member !== undefined && !creatingAction.parameters.some((p) => p.name === member))
      report(
        [...at, "id"],
        `id: ${creatingAction.name} has no parameter "${member}"${didYouMean(
          member,
          creatingAction.parameters.map((p) => p.name),
        )}`,
      );
    if (r.id === "given" && r.requiredFromTarget === undefined)
      report(at, "an id that is given needs `requiredFromTarget`, the name under which a target gives it", true);
    if (r.id !== "given" && r.create === undefined)
      report(at, "has neither `create` nor `id: given`, so nothing can make it", true);
  }
  return problems;
}

/** The resources that one stands in, and those that they do. */
function containersOf(service: Service, name: string, found: Set<string> = new Set()): Set<string> {
  for (const outer of service.resources.get(name)?.containers ?? []) {
    if (found.has(outer)) continue;
    found.add(outer);
    containersOf(service, outer, found);
  }
  return found;
}

/** The action may be of a service that is not there; then no target can ask for it. */
function lintAccount({ account, resources }: Service, report: ReportProblem): void {
  if (!account || "credential" in account) return;
  for (const [parameter, need] of Object.entries(account.requirements)) {
    const requirements = [...resources.values()].flatMap((r) => [r.name, r.requiredFromTarget ?? r.name]);
    if (!requirements.includes(need))
      report(["account", "requirements", parameter], `no resource or need "${need}"${didYouMean(need, requirements)}`);
  }
  try {
    new RegExp(account.pattern ?? "", "u");
  } catch (error) {
    report(["account", "pattern"], `is no regular expression: ${(error as Error).message}`);
  }
}

export function lintAction(action: Action, yaml: YamlFile, brokenActions: ReadonlySet<string>): Problem[] {
  const { say: report, problems } = collector(yaml);
  lintSource(action, report);
  lintParameters(action, report);
  lintStates(action, report, brokenActions);
  lintSamples(action, report);
  const { errors } = yaml.value as { errors?: unknown };
  const rows: unknown[] | undefined = Array.isArray(errors) ? errors : undefined;
  for (const [code, row] of action.errors) {
    const at: Path = ["errors", rows?.map(String).indexOf(code) ?? code];
    if (row.causes.length === 0)
      report(
        at,
        `${code} has no cause: no rule or situation gets it, so write busy, account, throttle, auth, front-door, fault, elsewhere or unreachable`,
        true,
      );
    if (row.causes.includes("elsewhere") && row.raisedBy === undefined)
      report(at, `${code} is caused elsewhere; name the action in \`raisedBy\``, true);
    if (row.causes.includes("unreachable") && row.reason === undefined)
      report(at, `${code} is unreachable; say why in \`reason\``, true);
    if (row.description === "") report(at, `${code} has no meaning; say it in \`description\`, in own words`, true);
  }
  const printed = new Set([...action.service.envelope.common.values()].flat().map((c) => c.asDocumented.name));
  for (const [i, name] of action.commonParameters.entries()) {
    if (!printed.has(name))
      report(["commonParameters", i], `the envelope has no common parameter "${name}"${didYouMean(name, printed)}`);
  }
  const schemaError = findSchemaError(action.output, false);
  if (schemaError) report(["output", ...schemaError.path], `output ${schemaError.message}`);
  return problems;
}

function lintCodes(action: Action, refusal: ExpectedRefusal | null, report: ReportProblem, at: Path): void {
  for (const code of refusal?.codes ?? []) {
    if (!findErrorCode(action, code))
      report(at, `${code} is in no table of action, service or envelope${didYouMean(code, action.errors.keys())}`);
  }
}

function lintParameters(action: Action, report: ReportProblem): void {
  for (const p of action.parameters) {
    const at: Path = ["parameters", p.name];
    const schemaError = findSchemaError(p.schema, false);
    if (schemaError) {
      report([...at, "schema", ...schemaError.path], `${p.name}: its schema ${schemaError.message}`);
      continue;
    }
    lintLimits(p.schema, [...at, "schema"], p.name, report);
    lintConflicts(p, at, report);
    const requirements = (schema: Schema | undefined, has: ReadonlyMap<string, ExpectedRefusal>, inItems: boolean) => {
      for (const key of constraints.filter((k) => schema !== undefined && k in schema)) {
        const value = (schema as Record<string, Json>)[key];
        const least = (key === "minLength" || key === "minItems") && (value === 0 || value === 1);
        const entry = least && value === 1 ? "empty" : key;
        if (value === false || (least && value === 0) || has.has(entry)) continue;
        const place = inItems ? "refusals.items" : "refusals";
        report(
          [...at, "schema"],
          `${p.name}: ${inItems ? "items." : ""}${key} has no entry in ${place}: say which codes its breach gets, or \`{ unspecified: WHY }\``,
        );
      }
    };
    requirements(p.schema, p.refusals, false);
    requirements(itemSchema(p), p.itemRefusals, true);
    for (const breach of p.required ? ["absent", "empty", "is-null", "type"] : ["type"]) {
      if (!p.refusals.has(breach))
        report(at, `${p.name}: no codes for "${breach}"; write them here or in service.yaml under refusals`, true);
    }
    const siblings = action.parameters.map((q) => q.name);
    if (p.uniqueWithin !== undefined && p.uniqueWithin !== "account" && !siblings.includes(p.uniqueWithin))
      report(
        [...at, "uniqueWithin"],
        `uniqueWithin: no parameter "${p.uniqueWithin}"${didYouMean(p.uniqueWithin, [...siblings, "account"])}`,
      );
    if (p.uniqueWithin !== undefined && !p.refusals.has("unique"))
      report(at, `${p.name} is unique but refusals.unique is missing`, true);
    for (const [breach, refusal] of p.refusals) lintCodes(action, refusal, report, [...at, "refusals", breach]);
    for (const [breach, refusal] of p.itemRefusals)
      lintCodes(action, refusal, report, [...at, "refusals", "items", breach]);
  }
  for (const [i, { breaches, refusal }] of action.precedence.entries()) {
    const at: Path = ["precedence", i];
    for (const [name, breach] of breaches) {
      const p = action.parameters.find((q) => q.name === name);
      if (!p)
        report(
          [...at, "breaches", name],
          `no parameter "${name}"${didYouMean(
            name,
            action.parameters.map((q) => q.name),
          )}`,
          true,
        );
      else if (!p.refusals.has(breach))
        report([...at, "breaches", name], `${name} has no breach "${breach}"${didYouMean(breach, p.refusals.keys())}`);
    }
    lintCodes(action, refusal, report, [...at, "refused"]);
  }
  for (const rule of action.crossParameterRules) {
    lintCodes(action, rule.refusal, report, ["crossParameterRules", rule.name]);
    const schemaError = findSchemaError(rule.schema, true);
    if (schemaError)
      report(["crossParameterRules", rule.name, "schema", ...schemaError.path], `${rule.name}: its schema ${schemaError.message}`);
  }
}

/** Each is made, and cleared away, for one case. */
const MAX_RESOURCES_PER_CALL = 1000;

function lintStates(action: Action, report: ReportProblem, brokenActions: ReadonlySet<string>): void {
  const names = new Set(action.parameters.map((p) => p.name));
  const checkState = (at: Path, state: ResourceState) => {
    const { resources, id } = action.service;
    if (!resources.has(state.resource))
      report(at, `${at.at(-1)}: no resource "${state.resource}" in ${id}${didYouMean(state.resource, resources.keys())}`);
    if (state.count > MAX_RESOURCES_PER_CALL)
      report(
        [...at, "count"],
        `count: ${state.count} resources for one call are more than ${MAX_RESOURCES_PER_CALL}; write fewer`,
      );
    for (const ref of state.containers) {
      if (!names.has(ref) && !ref.startsWith("another "))
        report([...at, "containers"], `\`containers\` names "${ref}", which is neither a parameter nor "another R"`);
    }
  };
  const checkStates = (map: ReadonlyMap<string, ResourceState>, at: Path) => {
    for (const [name, state] of map) {
      if (!names.has(name)) report([...at, name], `no parameter "${name}"${didYouMean(name, names)}`, true);
      checkState([...at, name], state);
    }
  };
  checkStates(action.given, ["given"]);
  for (const p of action.parameters) if (p.fillWith) checkState(["parameters", p.name, "fillWith"], p.fillWith);
  for (const s of action.situations) {
    const at: Path = ["situations", s.name];
    checkStates(s.where, [...at, "where"]);
    lintCodes(action, s.refused, report, [...at, "refused"]);
    for (const [i, b] of s.precedingCalls.entries()) {
      checkStates(b.where, [...at, "precedingCalls", i, "members"]);
      if (b.call !== "this" && !action.service.actions.has(b.call) && !brokenActions.has(b.call))
        report([...at, "precedingCalls", i], `no action "${b.call}" in ${action.service.id}`);
    }
    if (s.where.size === 0 && s.precedingCalls.length === 0)
      report(at, `${s.name}: differs from given in nothing; write \`where\` or \`precedingCalls\``, true);
  }
  const probes = [...action.service.resources.values()].flatMap((r) => [...r.probes.keys()]);
  const checkProbeName = (effects: Effects | undefined, at: Path) => {
    for (const key of ["success", "refused"] as const) {
      const name = effects?.[key];
      if (name !== undefined && name !== "unchanged" && !probes.includes(name))
        report([...at, key], `${key}: no resource has a probe "${name}"${didYouMean(name, probes)}`);
    }
  };
  checkProbeName(action.effects, ["effects"]);
  for (const s of action.situations) checkProbeName(s.effects, ["situations", s.name, "effects"]);
}

function lintSamples(action: Action, report: ReportProblem): void {
  const names = new Set(action.parameters.map((p) => p.name));
  const { bindings, envelope } = action.service;
  for (const [i, s] of action.samples.entries()) {
    const at: Path = ["samples", i];
    if (!bindings.includes(s.binding) && bindings.every((b) => envelope.common.has(b)))
      report([...at, "binding"], `no binding "${s.binding}"; the service has ${bindings.join(", ")}`);
    for (const [key, list] of [
      ["uniqueMembers", s.uniqueMembers],
      ["serverAssigned", s.serverAssigned],
    ] as const) {
      for (const name of list)
        if (!names.has(name)) report([...at, key], `no parameter "${name}"${didYouMean(name, names)}`);
    }
    for (const code of s.alternativeCodes)
      if (!findErrorCode(action, code)) report([...at, "alternativeCodes"], `${code} is in no table`);
  }
}
