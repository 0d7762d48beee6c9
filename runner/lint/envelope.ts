/** What the schema of an envelope cannot say: schemas that compile, bindings that extend one another, codes that need a cause. */
import type { Envelope } from "../model/index.ts";
import type { RawEnvelope } from "../spec/parse/raw-types.ts";
import { didYouMean, type Problem } from "../spec/problem.ts";
import type { Path, YamlFile } from "../spec/yaml/yaml-file.ts";
import { findSchemaError } from "./json-schema.ts";
import { lintLimits } from "./limits.ts";
import { lintSource } from "./source.ts";

export function lintEnvelope(envelope: Envelope, raw: RawEnvelope, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  const report = (path: Path, message: string, key?: boolean) => void problems.push(yaml.problem(path, message, key));
  lintSource(raw, report);
  for (const kind of ["success", "refusal"] as const) {
    const schemaError = findSchemaError(envelope[kind].schema, true);
    if (schemaError) report([kind, "schema", ...schemaError.path], `${kind}.schema ${schemaError.message}`);
  }
  for (const code of envelope.codes.values()) {
    if (code.causes.length === 0)
      report(["codes", code.code], `${code.code} has no cause; write auth, front-door, fault, throttle or another`, true);
  }
  const common = raw.bindings ?? {};
  for (const [binding, { extends: extended, parameters = {} }] of Object.entries(common)) {
    const at: Path = ["bindings", binding];
    if (extended !== undefined && !Object.hasOwn(common, extended))
      report([...at, "extends"], `extends: no binding "${extended}" here${didYouMean(extended, Object.keys(common))}`);
    else if (extendsItself(common, binding)) report([...at, "extends"], `extends: ${binding} comes back to itself`);
    for (const [name, { schema, conflicts = [] }] of Object.entries(parameters)) {
      const place: Path = [...at, "parameters", name];
      const schemaError = findSchemaError(schema, false);
      if (schemaError) report([...place, "schema", ...schemaError.path], `${name}: its schema ${schemaError.message}`);
      else lintLimits(schema, [...place, "schema"], name, report);
      for (const [i, c] of conflicts.entries())
        if (!Object.hasOwn(schema, c.constraint))
          report(
            [...place, "conflicts", i, "constraint"],
            `constraint: ${name} has no constraint "${c.constraint}" that could be in conflict`,
          );
    }
  }
  return problems;
}

function extendsItself(common: NonNullable<RawEnvelope["bindings"]>, from: string): boolean {
  const visited = new Set<string>();
  for (let at: string | undefined = from; at !== undefined; at = common[at]?.extends) {
    if (visited.has(at)) return true;
    visited.add(at);
  }
  return false;
}
