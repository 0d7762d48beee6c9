/** An action and a rule of it → the line of the spec that says so, where the spec is in the repository that is tested. */
import { relative, resolve, sep } from "node:path";
import type { Specs } from "./load.ts";
import { type Path, readYaml } from "./yaml/yaml-file.ts";

export interface RuleLocation {
  readonly file: string;
  readonly line?: number;
}

/** `root` is the folder that paths are told from; what lies elsewhere, or is a package of others, has no place. */
export function ruleLocator(
  files: Specs["files"],
  root: string,
): (action: string, rule: string | null) => RuleLocation | undefined {
  return (action, rule) => {
    const path = files.get(action);
    if (path === undefined) return undefined;
    const steps = relative(resolve(root), resolve(path)).split(sep);
    if (steps[0] === ".." || steps.includes("node_modules")) return undefined;
    const line = rule === null ? undefined : lineOf(path, rule.slice(`${action}/rule/`.length));
    return { file: steps.join("/"), ...(line === undefined ? {} : { line }) };
  };
}

/** `place` is what follows `/rule/` in a rule's id. What a page inherits from elsewhere has no line of its own. */
function lineOf(path: string, place: string): number | undefined {
  const yaml = readYaml(path);
  const at = place.lastIndexOf("/");
  const [name, breach] = [place.slice(0, at), place.slice(at + 1)];
  const parameter = ["parameters", name.replace(/\.items$/, "")];
  const refusals = [...parameter, "refusals", ...(name.endsWith(".items") ? ["items"] : [])];
  const paths: Path[] =
    name === "situation"
      ? [["situations", breach]]
      : [
          [...refusals, breach],
          parameter,
          ["crossParameterRules", name],
          ...(name === "call" ? [["refusals", breach]] : []),
        ];
  const found = paths.find((one) => isThere(yaml.value, one));
  return found && yaml.problem(found, "", true).line;
}

function isThere(value: unknown, path: Path): boolean {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return false;
    at = (at as Record<string, unknown>)[step];
  }
  return true;
}
