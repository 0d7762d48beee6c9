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
export function lintService(service: Service, yaml: YamlFile, faulty: ReadonlySet<string>): Problem[] {
  const { say, problems } = collector(yaml);
  lintSource(yaml.value as RawService, say);
  const actionAt = (path: Path, name: string | undefined) => {
    if (name !== undefined && !service.actions.has(name) && !faulty.has(name)) {
      say(path, `no action "${name}" in ${service.id}${didYouMean(name, service.actions.keys())}`);
    }
  };
  const known = [...service.envelope.common.keys()];
  for (const [i, binding] of service.bindings.entries()) {
    if (!known.includes(binding))
      say(
        ["bindings", i],
        `the envelope ${service.envelope.name} has no binding "${binding}"; it has ${known.join(", ")}`,
      );
  }
  actionAt(["ping", "call"], service.ping?.call);
  if (service.ping && service.actions.get(service.ping.call)?.mutating)
    say(["ping", "call"], "a ping must not change state");
  lintAccount(service, say);
  for (const [name, r] of service.resources) {
    const at = ["resources", name];
    for (const key of ["create", "delete"] as const) actionAt([...at, key], r[key]);
    actionAt([...at, "lookup", "call"], r.lookup?.call);
    for (const [probe, p] of r.probes) actionAt([...at, "probes", probe, "call"], p.call);
    for (const [key, others] of [
      ["containers", r.containers],
      ["deletedWith", r.deletedWith],
      ["deletedAfterLast", r.deletedAfterLast === undefined ? [] : [r.deletedAfterLast]],
    ] as const) {
      for (const other of others) {
        if (!service.resources.has(other))
          say(
            [...at, key],
            `${key}: no resource "${other}" in ${service.id}${didYouMean(other, service.resources.keys())}`,
          );
      }
    }
    if (within(service, name).has(name)) say([...at, "containers"], `containers: ${name} would stand within itself`);
    const made = r.create === undefined ? undefined : service.actions.get(r.create);
    const member = /^input\.([^.[]+)/.exec(r.id)?.[1];
    if (made && member !== undefined && !made.parameters.some((p) => p.name === member))
      say(
        [...at, "id"],
        `id: ${made.name} has no parameter "${member}"${didYouMean(
          member,
          made.parameters.map((p) => p.name),
        )}`,
      );
    if (r.id === "given" && r.requiredFromTarget === undefined)
      say(at, "an id that is given needs `requiredFromTarget`, the name under which a target gives it", true);
    if (r.id !== "given" && r.create === undefined)
      say(at, "has neither `create` nor `id: given`, so nothing can make it", true);
  }
  return problems;
}

/** The resources that one stands in, and those that they do. */
function within(service: Service, name: string, found: Set<string> = new Set()): Set<string> {
  for (const outer of service.resources.get(name)?.containers ?? []) {
    if (found.has(outer)) continue;
    found.add(outer);
    within(service, outer, found);
  }
  return found;
}

/** The action may be of a service that is not there; then no target can ask for it. */
function lintAccount({ account, resources }: Service, say: ReportProblem): void {
  if (!account || "credential" in account) return;
  for (const [parameter, need] of Object.entries(account.requirements)) {
    const needs = [...resources.values()].flatMap((r) => [r.name, r.requiredFromTarget ?? r.name]);
    if (!needs.includes(need))
      say(["account", "requirements", parameter], `no resource or need "${need}"${didYouMean(need, needs)}`);
  }
  try {
    new RegExp(account.pattern ?? "", "u");
  } catch (error) {
    say(["account", "pattern"], `is no regular expression: ${(error as Error).message}`);
  }
}

export function lintAction(action: Action, yaml: YamlFile, faulty: ReadonlySet<string>): Problem[] {
  const { say, problems } = collector(yaml);
  lintSource(action, say);
  lintParameters(action, say);
  lintStates(action, say, faulty);
  lintSamples(action, say);
  const { errors } = yaml.value as { errors?: unknown };
  const rows: unknown[] | undefined = Array.isArray(errors) ? errors : undefined;
  for (const [code, row] of action.errors) {
    const at: Path = ["errors", rows?.map(String).indexOf(code) ?? code];
    if (row.causes.length === 0)
      say(
        at,
        `${code} has no cause: no rule or situation gets it, so write busy, account, throttle, auth, front-door, fault, elsewhere or unreachable`,
        true,
      );
    if (row.causes.includes("elsewhere") && row.raisedBy === undefined)
      say(at, `${code} is caused elsewhere; name the action in \`raisedBy\``, true);
    if (row.causes.includes("unreachable") && row.reason === undefined)
      say(at, `${code} is unreachable; say why in \`reason\``, true);
    if (row.description === "") say(at, `${code} has no meaning; say it in \`description\`, in own words`, true);
  }
  const printed = new Set([...action.service.envelope.common.values()].flat().map((c) => c.asDocumented.name));
  for (const [i, name] of action.commonParameters.entries()) {
    if (!printed.has(name))
      say(["commonParameters", i], `the envelope has no common parameter "${name}"${didYouMean(name, printed)}`);
  }
  const fault = findSchemaError(action.output, false);
  if (fault) say(["output", ...fault.path], `output ${fault.says}`);
  return problems;
}

function lintCodes(action: Action, refusal: ExpectedRefusal | null, say: ReportProblem, at: Path): void {
  for (const code of refusal?.codes ?? []) {
    if (!findErrorCode(action, code))
      say(at, `${code} is in no table of action, service or envelope${didYouMean(code, action.errors.keys())}`);
  }
}

function lintParameters(action: Action, say: ReportProblem): void {
  for (const p of action.parameters) {
    const at: Path = ["parameters", p.name];
    const fault = findSchemaError(p.schema, false);
    if (fault) {
      say([...at, "schema", ...fault.path], `${p.name}: its schema ${fault.says}`);
      continue;
    }
    lintLimits(p.schema, [...at, "schema"], p.name, say);
    lintConflicts(p, at, say);
    const needs = (schema: Schema | undefined, has: ReadonlyMap<string, ExpectedRefusal>, inItems: boolean) => {
      for (const key of constraints.filter((k) => schema !== undefined && k in schema)) {
        const value = (schema as Record<string, Json>)[key];
        const least = (key === "minLength" || key === "minItems") && (value === 0 || value === 1);
        const entry = least && value === 1 ? "empty" : key;
        if (value === false || (least && value === 0) || has.has(entry)) continue;
        const place = inItems ? "refusals.items" : "refusals";
        say(
          [...at, "schema"],
          `${p.name}: ${inItems ? "items." : ""}${key} has no entry in ${place}: say which codes its breach gets, or \`{ unspecified: WHY }\``,
        );
      }
    };
    needs(p.schema, p.refusals, false);
    needs(itemSchema(p), p.itemRefusals, true);
    for (const breach of p.required ? ["absent", "empty", "is-null", "type"] : ["type"]) {
      if (!p.refusals.has(breach))
        say(at, `${p.name}: no codes for "${breach}"; write them here or in service.yaml under refusals`, true);
    }
    const siblings = action.parameters.map((q) => q.name);
    if (p.uniqueWithin !== undefined && p.uniqueWithin !== "account" && !siblings.includes(p.uniqueWithin))
      say(
        [...at, "uniqueWithin"],
        `uniqueWithin: no parameter "${p.uniqueWithin}"${didYouMean(p.uniqueWithin, [...siblings, "account"])}`,
      );
    if (p.uniqueWithin !== undefined && !p.refusals.has("unique"))
      say(at, `${p.name} is unique but refusals.unique is missing`, true);
    for (const [breach, refusal] of p.refusals) lintCodes(action, refusal, say, [...at, "refusals", breach]);
    for (const [breach, refusal] of p.itemRefusals)
      lintCodes(action, refusal, say, [...at, "refusals", "items", breach]);
  }
  for (const [i, { breaches, refusal }] of action.precedence.entries()) {
    const at: Path = ["precedence", i];
    for (const [name, breach] of breaches) {
      const p = action.parameters.find((q) => q.name === name);
      if (!p)
        say(
          [...at, "breaches", name],
          `no parameter "${name}"${didYouMean(
            name,
            action.parameters.map((q) => q.name),
          )}`,
          true,
        );
      else if (!p.refusals.has(breach))
        say([...at, "breaches", name], `${name} has no breach "${breach}"${didYouMean(breach, p.refusals.keys())}`);
    }
    lintCodes(action, refusal, say, [...at, "refused"]);
  }
  for (const rule of action.crossParameterRules) {
    lintCodes(action, rule.refusal, say, ["crossParameterRules", rule.name]);
    const fault = findSchemaError(rule.schema, true);
    if (fault)
      say(["crossParameterRules", rule.name, "schema", ...fault.path], `${rule.name}: its schema ${fault.says}`);
  }
}

/** Each is made, and cleared away, for one case. */
const MAX_RESOURCES_PER_CALL = 1000;

function lintStates(action: Action, say: ReportProblem, faulty: ReadonlySet<string>): void {
  const names = new Set(action.parameters.map((p) => p.name));
  const one = (at: Path, state: ResourceState) => {
    const { resources, id } = action.service;
    if (!resources.has(state.resource))
      say(at, `${at.at(-1)}: no resource "${state.resource}" in ${id}${didYouMean(state.resource, resources.keys())}`);
    if (state.count > MAX_RESOURCES_PER_CALL)
      say(
        [...at, "count"],
        `count: ${state.count} resources for one call are more than ${MAX_RESOURCES_PER_CALL}; write fewer`,
      );
    for (const ref of state.containers) {
      if (!names.has(ref) && !ref.startsWith("another "))
        say([...at, "containers"], `\`containers\` names "${ref}", which is neither a parameter nor "another R"`);
    }
  };
  const states = (map: ReadonlyMap<string, ResourceState>, at: Path) => {
    for (const [name, state] of map) {
      if (!names.has(name)) say([...at, name], `no parameter "${name}"${didYouMean(name, names)}`, true);
      one([...at, name], state);
    }
  };
  states(action.given, ["given"]);
  for (const p of action.parameters) if (p.fillWith) one(["parameters", p.name, "fillWith"], p.fillWith);
  for (const s of action.situations) {
    const at: Path = ["situations", s.name];
    states(s.where, [...at, "where"]);
    lintCodes(action, s.refused, say, [...at, "refused"]);
    for (const [i, b] of s.precedingCalls.entries()) {
      states(b.where, [...at, "precedingCalls", i, "members"]);
      if (b.call !== "this" && !action.service.actions.has(b.call) && !faulty.has(b.call))
        say([...at, "precedingCalls", i], `no action "${b.call}" in ${action.service.id}`);
    }
    if (s.where.size === 0 && s.precedingCalls.length === 0)
      say(at, `${s.name}: differs from given in nothing; write \`where\` or \`precedingCalls\``, true);
  }
  const probes = [...action.service.resources.values()].flatMap((r) => [...r.probes.keys()]);
  const checkProbeName = (effects: Effects | undefined, at: Path) => {
    for (const key of ["success", "refused"] as const) {
      const name = effects?.[key];
      if (name !== undefined && name !== "unchanged" && !probes.includes(name))
        say([...at, key], `${key}: no resource has a probe "${name}"${didYouMean(name, probes)}`);
    }
  };
  checkProbeName(action.effects, ["effects"]);
  for (const s of action.situations) checkProbeName(s.effects, ["situations", s.name, "effects"]);
}

function lintSamples(action: Action, say: ReportProblem): void {
  const names = new Set(action.parameters.map((p) => p.name));
  const { bindings, envelope } = action.service;
  for (const [i, s] of action.samples.entries()) {
    const at: Path = ["samples", i];
    if (!bindings.includes(s.binding) && bindings.every((b) => envelope.common.has(b)))
      say([...at, "binding"], `no binding "${s.binding}"; the service has ${bindings.join(", ")}`);
    for (const [key, list] of [
      ["uniqueMembers", s.uniqueMembers],
      ["serverAssigned", s.serverAssigned],
    ] as const) {
      for (const name of list)
        if (!names.has(name)) say([...at, key], `no parameter "${name}"${didYouMean(name, names)}`);
    }
    for (const code of s.alternativeCodes)
      if (!findErrorCode(action, code)) say([...at, "alternativeCodes"], `${code} is in no table`);
  }
}
