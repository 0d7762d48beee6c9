/** A YAML file and the JSON Schema of its kind → the problems of its form. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { builtInSpecs } from "./folder.ts";
import { type Problem, suggest } from "./problem.ts";
import type { Path, YamlFile } from "./yaml.ts";

export type Kind = "action" | "service" | "envelope" | "target" | "known";

const compiled = new Map<Kind, ValidateFunction>();

function validator(kind: Kind): ValidateFunction {
  let found = compiled.get(kind);
  if (!found) {
    const ajv = new Ajv2020({
      allErrors: true,
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
      verbose: true,
    });
    const text = readFileSync(join(builtInSpecs(), "schema", `${kind}.schema.json`), "utf8");
    found = ajv.compile(JSON.parse(text) as object);
    compiled.set(kind, found);
  }
  return found;
}

export function checkForm(kind: Kind, file: YamlFile): Problem[] {
  if (file.problems.length > 0) return [...file.problems];
  const validate = validator(kind);
  if (validate(file.value)) return [];
  return dedupe(meant(validate.errors ?? []).map((e) => toProblem(file, e)));
}

/** Of the branches of an anyOf only the one that was probably meant speaks: of the right type, with the fewest errors. */
function meant(errors: readonly ErrorObject[]): ErrorObject[] {
  const silent = new Set<ErrorObject>();
  for (const e of errors.filter((x) => x.keyword === "anyOf" || x.keyword === "oneOf")) {
    const branches = new Map<string, ErrorObject[]>();
    for (const o of errors) {
      if (o === e || !o.schemaPath.startsWith(`${e.schemaPath}/`) || !o.instancePath.startsWith(e.instancePath))
        continue;
      const branch = o.schemaPath.slice(e.schemaPath.length + 1).split("/")[0] ?? "";
      branches.set(branch, [...(branches.get(branch) ?? []), o]);
    }
    const wrongType = (b: ErrorObject[]) =>
      b.some((o) => o.keyword === "type" && o.instancePath === e.instancePath) ? 1 : 0;
    const [best, ...others] = [...branches.values()].sort((a, b) => wrongType(a) - wrongType(b) || a.length - b.length);
    if (best && wrongType(best) === 0) silent.add(e);
    else for (const o of best ?? []) silent.add(o);
    for (const o of others.flat()) silent.add(o);
  }
  return errors.filter((e) => !silent.has(e));
}

function toProblem(file: YamlFile, e: ErrorObject): Problem {
  const path: Path = e.instancePath
    .split("/")
    .slice(1)
    .map((s) => s.replaceAll("~1", "/").replaceAll("~0", "~"));
  const where = path.length ? `${path.join(".")}: ` : "";
  const params = e.params as Record<string, unknown>;
  if (e.keyword === "additionalProperties" || e.keyword === "unevaluatedProperties") {
    const key = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
    const known = Object.keys((e.parentSchema?.["properties"] as object | undefined) ?? {});
    const hint = suggest(key, known) || (known.length ? `; expected one of ${known.join(", ")}` : "");
    return file.problem([...path, key], `${where}unknown key "${key}"${hint}`, true);
  }
  if (e.keyword === "enum")
    return file.problem(path, `${where}expected one of ${JSON.stringify(params["allowedValues"])}`);
  if (e.keyword === "const") return file.problem(path, `${where}expected ${JSON.stringify(params["allowedValue"])}`);
  if (e.keyword === "pattern" && String(e.schema).startsWith("^[A-Z_]")) {
    return file.problem(
      path,
      `${where}expected the NAME of an environment variable; a literal secret does not belong in a file`,
    );
  }
  if (e.keyword === "anyOf" || e.keyword === "oneOf") {
    return file.problem(path, `${where}is in none of the forms that may stand here${formsOf(e)}`);
  }
  return file.problem(path, `${where}${e.message ?? "is not as expected"}`);
}

function dedupe(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((p) => {
    const key = `${p.line}:${p.column}:${p.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The schema's own words for what is expected, where it has any. */
function formsOf(e: ErrorObject): string {
  const says = (e.parentSchema as { description?: string } | undefined)?.description;
  return says ? `: ${says}` : "";
}
