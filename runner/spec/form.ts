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
  return dedupe((validate.errors ?? []).filter(speaks).map((e) => toProblem(file, e)));
}

/** Branch errors of anyOf and oneOf say little; the branch's own errors say more, unless there are none. */
function speaks(e: ErrorObject, _i: number, all: ErrorObject[]): boolean {
  if (e.keyword !== "anyOf" && e.keyword !== "oneOf") return true;
  return !all.some((o) => o !== e && o.instancePath.startsWith(`${e.instancePath}/`));
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
