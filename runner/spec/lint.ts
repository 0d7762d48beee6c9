/** What a schema of the files cannot say: names that must exist, constraints that need an entry, codes that need a cause. */
import type { Action, Envelope, Json, Refusal, Schema, Service, State } from "../model.ts";
import { rowOf } from "./codes.ts";
import { schemaFault } from "./keywords.ts";
import { type Problem, suggest } from "./problem.ts";
import { itemsOf } from "./rules.ts";
import type { Path, YamlFile } from "./yaml.ts";

const constraints = [
  "minLength", "maxLength", "pattern", "x-maxBytes", "x-minBytes", "minimum", "maximum", "exclusiveMinimum",
  "exclusiveMaximum", "multipleOf", "enum", "const", "minItems", "maxItems", "uniqueItems",
]; // biome-ignore format: a table

type Say = (path: Path, message: string, key?: boolean) => void;

function collector(yaml: YamlFile): { say: Say; problems: Problem[] } {
  const problems: Problem[] = [];
  return { problems, say: (path, message, key) => void problems.push(yaml.problem(path, message, key)) };
}

export function lintEnvelope(envelope: Envelope, yaml: YamlFile): Problem[] {
  const { say, problems } = collector(yaml);
  for (const kind of ["success", "refusal"] as const) {
    const fault = schemaFault(envelope[kind].schema, true);
    if (fault) say([kind, "schema"], fault);
  }
  for (const code of envelope.codes.values()) {
    if (code.causes.length === 0) say(["codes", code.code], `${code.code} has no cause`, true);
  }
  return problems;
}

export function lintService(service: Service, yaml: YamlFile): Problem[] {
  const { say, problems } = collector(yaml);
  const actionAt = (path: Path, name: string | undefined) => {
    if (name !== undefined && !service.actions.has(name)) {
      say(path, `no action "${name}" in ${service.id}${suggest(name, service.actions.keys())}`);
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
  for (const [name, r] of service.resources) {
    const at = ["resources", name];
    for (const key of ["create", "delete"] as const) actionAt([...at, key], r[key]);
    actionAt([...at, "find", "call"], r.find?.call);
    for (const [probe, p] of r.probes) actionAt([...at, "probes", probe, "call"], p.call);
    for (const other of [...r.in, ...r.goneWith]) {
      if (!service.resources.has(other))
        say(at, `no resource "${other}" in ${service.id}${suggest(other, service.resources.keys())}`, true);
    }
    if (r.id === "given" && r.needs === undefined)
      say(at, "an id that is given needs `needs`, the name under which a target gives it", true);
    if (r.id !== "given" && r.create === undefined)
      say(at, "has neither `create` nor `id: given`, so nothing can make it", true);
  }
  return problems;
}

export function lintAction(action: Action, yaml: YamlFile): Problem[] {
  const { say, problems } = collector(yaml);
  lintParameters(action, say);
  lintStates(action, say);
  lintSamples(action, say);
  for (const [code, row] of action.errors) {
    const at: Path = ["errors", code];
    if (row.causes.length === 0)
      say(
        at,
        `${code} has no cause: no rule or situation gets it, so write busy, account, throttle, auth, front-door, fault, elsewhere or unreachable`,
        true,
      );
    if (row.causes.includes("elsewhere") && row.of === undefined)
      say(at, `${code} is caused elsewhere; name the action in \`of\``, true);
    if (row.causes.includes("unreachable") && row.why === undefined)
      say(at, `${code} is unreachable; say why in \`why\``, true);
    if (row.says === "") say(at, `${code} has no meaning; say it in \`says\`, in own words`, true);
  }
  const printed = new Set([...action.service.envelope.common.values()].flat().map((c) => c.printed.name));
  for (const [i, name] of action.common.entries()) {
    if (!printed.has(name))
      say(["common", i], `the envelope has no common parameter "${name}"${suggest(name, printed)}`);
  }
  const fault = schemaFault(action.output, false);
  if (fault) say(["output"], fault);
  return problems;
}

function codesKnown(action: Action, refusal: Refusal | null, say: Say, at: Path): void {
  for (const code of refusal?.codes ?? []) {
    if (!rowOf(action, code))
      say(at, `${code} is in no table of action, service or envelope${suggest(code, action.errors.keys())}`);
  }
}

function lintParameters(action: Action, say: Say): void {
  for (const p of action.parameters) {
    const at: Path = ["parameters", p.name];
    const fault = schemaFault(p.schema, false);
    if (fault) say([...at, "schema"], fault);
    const needs = (schema: Schema | undefined, has: ReadonlyMap<string, Refusal>, inItems: boolean) => {
      for (const key of constraints.filter((k) => schema !== undefined && k in schema)) {
        const value = (schema as Record<string, Json>)[key];
        const least = (key === "minLength" || key === "minItems") && (value === 0 || value === 1);
        const entry = least && value === 1 ? "empty" : key;
        if (value === false || (least && value === 0) || has.has(entry)) continue;
        const place = inItems ? "refusals.items" : "refusals";
        say(
          [...at, "schema"],
          `${p.name}: ${inItems ? "items." : ""}${key} has no entry in ${place}: say which codes its breach gets, or \`{ may: WHY }\``,
        );
      }
    };
    needs(p.schema, p.refusals, false);
    needs(itemsOf(p), p.itemRefusals, true);
    for (const breach of p.required ? ["absent", "empty", "is-null", "type"] : ["type"]) {
      if (!p.refusals.has(breach))
        say(at, `${p.name}: no codes for "${breach}"; write them here or in service.yaml under refusals`, true);
    }
    if (p.unique !== undefined && !p.refusals.has("unique"))
      say(at, `${p.name} is unique but refusals.unique is missing`, true);
    for (const [breach, refusal] of p.refusals) codesKnown(action, refusal, say, [...at, "refusals", breach]);
    for (const [breach, refusal] of p.itemRefusals)
      codesKnown(action, refusal, say, [...at, "refusals", "items", breach]);
  }
  for (const [i, { breaches, refusal }] of action.precedence.entries()) {
    const at: Path = ["precedence", i];
    for (const [name, breach] of breaches) {
      const p = action.parameters.find((q) => q.name === name);
      if (!p)
        say(
          [...at, "breaches", name],
          `no parameter "${name}"${suggest(
            name,
            action.parameters.map((q) => q.name),
          )}`,
          true,
        );
      else if (!p.refusals.has(breach))
        say([...at, "breaches", name], `${name} has no breach "${breach}"${suggest(breach, p.refusals.keys())}`);
    }
    codesKnown(action, refusal, say, [...at, "refused"]);
  }
  for (const rule of action.input) codesKnown(action, rule.refusal, say, ["input", rule.name]);
}

function lintStates(action: Action, say: Say): void {
  const names = new Set(action.parameters.map((p) => p.name));
  const states = (map: ReadonlyMap<string, State>, at: Path) => {
    for (const [name, state] of map) {
      if (!names.has(name)) say([...at, name], `no parameter "${name}"${suggest(name, names)}`, true);
      if (!action.service.resources.has(state.resource)) {
        say(
          [...at, name],
          `no resource "${state.resource}" in ${action.service.id}${suggest(state.resource, action.service.resources.keys())}`,
        );
      }
      for (const ref of state.in) {
        if (!names.has(ref) && !ref.startsWith("another "))
          say([...at, name], `\`in\` names "${ref}", which is neither a parameter nor "another R"`);
      }
    }
  };
  states(action.given, ["given"]);
  for (const s of action.situations) {
    const at: Path = ["situations", s.name];
    states(s.where, [...at, "where"]);
    codesKnown(action, s.refused, say, [...at, "refused"]);
    for (const [i, b] of s.before.entries()) {
      states(b.where, [...at, "before", i, "with"]);
      if (b.call !== "this" && !action.service.actions.has(b.call))
        say([...at, "before", i], `no action "${b.call}" in ${action.service.id}`);
    }
    if (s.where.size === 0 && s.before.length === 0)
      say(at, "differs from given in nothing: it has neither where nor before", true);
  }
  const probes = [...action.service.resources.values()].flatMap((r) => [...r.probes.keys()]);
  for (const [path, name] of [
    ["success", action.effects.success],
    ["refused", action.effects.refused],
  ] as const) {
    if (name !== undefined && name !== "unchanged" && !probes.includes(name))
      say(["effects", path], `no resource has a probe "${name}"${suggest(name, probes)}`);
  }
}

function lintSamples(action: Action, say: Say): void {
  const names = new Set(action.parameters.map((p) => p.name));
  for (const [i, s] of action.samples.entries()) {
    const at: Path = ["samples", i];
    if (!action.service.bindings.includes(s.binding))
      say([...at, "binding"], `no binding "${s.binding}"; the service has ${action.service.bindings.join(", ")}`);
    for (const [key, list] of [
      ["fresh", s.fresh],
      ["bound", s.bound],
    ] as const) {
      for (const name of list) if (!names.has(name)) say([...at, key], `no parameter "${name}"${suggest(name, names)}`);
    }
    for (const code of s.also) if (!rowOf(action, code)) say([...at, "also"], `${code} is in no table`);
  }
}
