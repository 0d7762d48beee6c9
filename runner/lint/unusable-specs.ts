/** Specs that are well formed → what no case can be made of: a binding that no protocol speaks, a parameter without a value. */
import { dirname, join } from "node:path";
import type { Parameter, Service } from "../model/index.ts";
import { protocols } from "../protocols/index.ts";
import type { Specs } from "../spec/load.ts";
import { didYouMean, type Problem } from "../spec/problem.ts";
import { readYaml } from "../spec/yaml/yaml-file.ts";
import { validValue, valueContext } from "../values/valid-value.ts";

export function lintUsability(specs: Specs): Problem[] {
  if (specs.problems.length > 0) return [];
  return [...[...specs.services.values()].flatMap((s) => lintBindings(s, specs)), ...lintValues(specs)];
}

function lintBindings({ actions, bindings }: Service, { files }: Specs): Problem[] {
  const supportedBindings = protocols.flatMap((protocol) => protocol.bindings);
  const [action] = [...actions.values()];
  const file = action === undefined ? undefined : files.get(action.id);
  return bindings.flatMap((binding, i) => {
    if (file === undefined || supportedBindings.includes(binding)) return [];
    const remedy = didYouMean(binding, supportedBindings) || `; there are ${supportedBindings.join(", ")}`;
    const message = `bindings: no protocol speaks "${binding}"${remedy}`;
    return [readYaml(join(dirname(file), "service.yaml")).problem(["bindings", i], message)];
  });
}

function lintValues({ actions, files }: Specs): Problem[] {
  return [...actions.values()].flatMap((action) =>
    action.parameters.flatMap((p) => {
      const problem = valueProblem(p);
      const file = files.get(action.id);
      if (problem === undefined || file === undefined) return [];
      return [readYaml(file).problem(["parameters", p.name, "schema", "pattern"], problem)];
    }),
  );
}

function valueProblem(p: Parameter): string | undefined {
  if (p.positiveValues?.values === "never") return undefined;
  try {
    validValue(p, valueContext(1, 1, ""));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
