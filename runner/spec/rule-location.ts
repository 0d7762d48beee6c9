/** An action and one of its rules → file and line of the spec that states the rule, for links in CI reports. */
import { relative, resolve, sep } from "node:path";
import type { Specs } from "./load.ts";
import { readYaml, type YamlPath } from "./yaml/yaml-file.ts";

export interface RuleLocation {
  readonly file: string;
  readonly line?: number;
}

/** `root` is the folder to which the paths are relative. A spec outside of it, or in `node_modules`, has no location. */
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

/**
 * `ruleSuffix` is the part of a rule's id behind `/rule/`. A rule whose refusal the service file states gets the line of
 * its parameter; a rule of the gateway has no line.
 */
function lineOf(path: string, ruleSuffix: string): number | undefined {
  const yaml = readYaml(path);
  const slash = ruleSuffix.lastIndexOf("/");
  const [name, breach] = [ruleSuffix.slice(0, slash), ruleSuffix.slice(slash + 1)];
  const parameter = ["parameters", name.replace(/\.items$/, "")];
  const refusals = [...parameter, "refusals", ...(name.endsWith(".items") ? ["items"] : [])];
  const paths: YamlPath[] =
    name === "situation"
      ? [["situations", breach]]
      : [
          [...refusals, breach],
          parameter,
          ["crossParameterRules", name],
          ...(name === "call" ? [["refusals", breach]] : []),
        ];
  const existing = paths.find((candidate) => pathExists(yaml.value, candidate));
  return existing && yaml.problem(existing, "", true).line;
}

function pathExists(value: unknown, path: YamlPath): boolean {
  let node = value;
  for (const step of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, step)) return false;
    node = (node as Record<string, unknown>)[step];
  }
  return true;
}
