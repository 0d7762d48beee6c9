/** Specs without other problems → parts that no case can use: a binding that no protocol implements, a parameter for which no value can be generated. */
import { dirname, join } from "node:path";
import type { Parameter, Service } from "../model/index.ts";
import { protocols } from "../protocols/index.ts";
import type { Specs } from "../spec/load.ts";
import { keyPrefix, type Problem, suggestNames } from "../spec/problem.ts";
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
      const path = ["parameters", p.name, "schema", "pattern"];
      return [readYaml(file).problem(path, `${keyPrefix(path)}${problem}`)];
    }),
  );
}

/** The reason why no valid value can be generated, or undefined. */
function valueProblem(p: Parameter): string | undefined {
  if (p.positiveValues?.values === "never") return undefined;
  try {
    validValue(p, valueContext(1, 1, ""));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
