/** Specs without other problems → parts that no case can use: a binding that no protocol implements, a parameter for which no value can be generated. */
import { dirname, join } from "node:path";
import { valid } from "../cases/families/valid.ts";
import { verifiedTemplates } from "../cases/verified-templates.ts";
import type { Parameter, Service } from "../model/index.ts";
import { protocols } from "../protocols/index.ts";
import type { Specs } from "../spec/load.ts";
import { keyPrefix, type Problem, suggestNames } from "../spec/problem.ts";
import { readYaml } from "../spec/yaml/yaml-file.ts";
import { satisfies } from "../values/satisfies.ts";
import { validValue, valueContext } from "../values/valid-value.ts";

export function lintUsability(specs: Specs): Problem[] {
  if (specs.problems.length > 0) return [];
  return [
    ...[...specs.services.values()].flatMap((s) => lintBindings(s, specs)),
    ...lintValues(specs),
    ...lintRules(specs),
  ];
}

function lintBindings({ actions, bindings }: Service, { files }: Specs): Problem[] {
  const supportedBindings = protocols.flatMap((protocol) => protocol.bindings);
  const [action] = [...actions.values()];
  const file = action === undefined ? undefined : files.get(action.id);
  return bindings.flatMap((binding, i) => {
    if (file === undefined || supportedBindings.includes(binding)) return [];
    const path = ["bindings", i];
    const message = `${keyPrefix(path)}no protocol implements the binding "${binding}"${suggestNames(binding, supportedBindings)}`;
    return [readYaml(join(dirname(file), "service.yaml")).problem(path, message)];
  });
}

function lintValues({ actions, files }: Specs): Problem[] {
  return [...actions.values()].flatMap((action) =>
    action.parameters.flatMap((p) => {
      const problem = valueProblem(p);
      const file = files.get(action.id);
      if (problem === undefined || file === undefined) return [];
      const path = ["parameters", p.name, "schema", ...("pattern" in p.schema ? ["pattern"] : [])];
      return [readYaml(file).problem(path, `${keyPrefix(path)}${problem}`)];
    }),
  );
}

/** Rules over several parameters that no valid call keeps. */
function lintRules({ actions, files }: Specs): Problem[] {
  return [...actions.values()].flatMap((action) => {
    const file = files.get(action.id);
    const [first] = verifiedTemplates(valid, action);
    if (first?.slug === "minimal" || action.crossParameterRules.length === 0 || file === undefined) return [];
    const message =
      "no call keeps all of these rules: neither the required members alone nor they with one or two others; correct the rules, or mark what they demand as required";
    return [readYaml(file).problem(["crossParameterRules"], `crossParameterRules: ${message}`)];
  });
}

/** The reason why no valid value can be generated, or undefined. */
function valueProblem(p: Parameter): string | undefined {
  if (p.positiveValues?.values === "never") return undefined;
  try {
    const value = validValue(p, valueContext(1, 1, ""));
    const isListed = Array.isArray(p.positiveValues?.values);
    return isListed || satisfies(p.schema, value, p.anchored)
      ? undefined
      : `no value could be generated that keeps the whole schema; list valid ones under parameters.${p.name}.positiveValues.values`;
  } catch (error) {
    return (error as Error).message;
  }
}
