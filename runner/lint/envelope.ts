/** Checks of envelope files that the JSON Schema cannot express: valid schemas, bindings that extend an existing one, codes with a cause. */
import type { Envelope } from "../model/index.ts";
import type { RawEnvelope } from "../spec/parse/raw-types.ts";
import { type Problem, suggestNames } from "../spec/problem.ts";
import { problemCollector, type YamlFile, type YamlPath } from "../spec/yaml/yaml-file.ts";
import { findSchemaError } from "./json-schema.ts";
import { lintLimits } from "./limits.ts";
import { lintSource } from "./source.ts";

export function lintEnvelope(envelope: Envelope, raw: RawEnvelope, yaml: YamlFile): Problem[] {
  const { report, problems } = problemCollector(yaml);
  lintSource(raw, report);
  for (const shape of ["success", "refusal"] as const) {
    const schemaError = findSchemaError(envelope[shape].schema, { allowUntyped: true });
    if (schemaError) report([shape, "schema", ...schemaError.path], schemaError.message);
  }
  for (const { code, causes } of envelope.codes.values()) {
    if (causes.length === 0)
      report(["codes", code], `${code} has no cause; add \`cause\`, such as auth, gateway, fault or throttle`, true);
  }
  const bindings = raw.bindings ?? {};
  for (const [binding, { extends: extended, parameters = {} }] of Object.entries(bindings)) {
    const bindingPath: YamlPath = ["bindings", binding];
    if (extended !== undefined && !Object.hasOwn(bindings, extended))
      report(
        [...bindingPath, "extends"],
        `no binding "${extended}" in this file${suggestNames(extended, Object.keys(bindings))}`,
      );
    else if (extendsItself(bindings, binding))
      report([...bindingPath, "extends"], `${binding} extends itself; name another binding, or remove the key`);
    for (const [name, { schema, conflicts = [] }] of Object.entries(parameters)) {
      const path: YamlPath = [...bindingPath, "parameters", name];
      const schemaError = findSchemaError(schema, { allowUntyped: false });
      if (schemaError) report([...path, "schema", ...schemaError.path], schemaError.message);
      else lintLimits(schema, [...path, "schema"], report);
      for (const [i, c] of conflicts.entries())
        if (!Object.hasOwn(schema, c.constraint))
          report(
            [...path, "conflicts", i, "constraint"],
            `the schema has no constraint "${c.constraint}"${suggestNames(c.constraint, Object.keys(schema))}`,
          );
    }
  }
  return problems;
}

/** True where the chain of `extends` returns to a binding that it has passed. */
function extendsItself(bindings: NonNullable<RawEnvelope["bindings"]>, first: string): boolean {
  const visited = new Set<string>();
  for (let binding: string | undefined = first; binding !== undefined; binding = bindings[binding]?.extends) {
    if (visited.has(binding)) return true;
    visited.add(binding);
  }
  return false;
}
