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
  const say = (path: Path, message: string, key?: boolean) => void problems.push(yaml.problem(path, message, key));
  lintSource(raw, say);
  for (const kind of ["success", "refusal"] as const) {
    const fault = findSchemaError(envelope[kind].schema, true);
    if (fault) say([kind, "schema", ...fault.path], `${kind}.schema ${fault.says}`);
  }
  for (const code of envelope.codes.values()) {
    if (code.causes.length === 0)
      say(["codes", code.code], `${code.code} has no cause; write auth, front-door, fault, throttle or another`, true);
  }
  const common = raw.bindings ?? {};
  for (const [binding, { extends: extend, parameters = {} }] of Object.entries(common)) {
    const at: Path = ["bindings", binding];
    if (extend !== undefined && !Object.hasOwn(common, extend))
      say([...at, "extends"], `extends: no binding "${extend}" here${didYouMean(extend, Object.keys(common))}`);
    else if (circular(common, binding)) say([...at, "extends"], `extends: ${binding} comes back to itself`);
    for (const [name, { schema, conflicts = [] }] of Object.entries(parameters)) {
      const place: Path = [...at, "parameters", name];
      const fault = findSchemaError(schema, false);
      if (fault) say([...place, "schema", ...fault.path], `${name}: its schema ${fault.says}`);
      else lintLimits(schema, [...place, "schema"], name, say);
      for (const [i, c] of conflicts.entries())
        if (!Object.hasOwn(schema, c.constraint))
          say(
            [...place, "conflicts", i, "constraint"],
            `constraint: ${name} has no constraint "${c.constraint}" that could be in conflict`,
          );
    }
  }
  return problems;
}

function circular(common: NonNullable<RawEnvelope["bindings"]>, from: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = from; at !== undefined; at = common[at]?.extends) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}
