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
  const spoken = protocols.flatMap((one) => one.bindings);
  const [action] = [...actions.values()];
  const file = action === undefined ? undefined : files.get(action.id);
  return bindings.flatMap((binding, i) => {
    if (file === undefined || spoken.includes(binding)) return [];
    const hint = didYouMean(binding, spoken) || `; there are ${spoken.join(", ")}`;
    const words = `bindings: no protocol speaks "${binding}"${hint}`;
    return [readYaml(join(dirname(file), "service.yaml")).problem(["bindings", i], words)];
  });
}

function lintValues({ actions, files }: Specs): Problem[] {
  return [...actions.values()].flatMap((action) =>
    action.parameters.flatMap((p) => {
      const fault = faultOf(p);
      const file = files.get(action.id);
      if (fault === undefined || file === undefined) return [];
      return [readYaml(file).problem(["parameters", p.name, "schema", "pattern"], fault)];
    }),
  );
}

function faultOf(p: Parameter): string | undefined {
  if (p.positiveValues?.values === "never") return undefined;
  try {
    validValue(p, valueContext(1, 1, ""));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
