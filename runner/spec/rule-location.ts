/** An action and one of its rules → file and line of the spec that states the rule, for links in CI reports. */
import { relative, resolve, sep } from "node:path";
import type { Action, Rule } from "../model/index.ts";
import type { Specs } from "./load.ts";
import { refusalsPath } from "./places/places.ts";
import { ruleParameter, rulesOf } from "./rules.ts";
import { readYaml, type YamlPath } from "./yaml/yaml-file.ts";

export interface RuleLocation {
  readonly file: string;
  readonly line?: number;
}

/**
 * `root` is the folder to which the paths are relative. A spec outside of it, or in `node_modules`, has no location. A rule
 * that the action itself does not state, such as one of the gateway, has no line.
 */
export function ruleLocator(
  { files, actions }: Pick<Specs, "files" | "actions">,
  root: string,
): (action: string, ruleId: string | null) => RuleLocation | undefined {
  return (actionId, ruleId) => {
    const path = files.get(actionId);
    if (path === undefined) return undefined;
    const steps = relative(resolve(root), resolve(path)).split(sep);
    if (steps[0] === ".." || steps.includes("node_modules")) return undefined;
    const action = actions.get(actionId);
    const rule = action && ruleId !== null ? rulesOf(action).find(({ id }) => id === ruleId) : undefined;
    const line = action && rule && lineOf(path, action, rule);
    return { file: steps.join("/"), ...(line === undefined ? {} : { line }) };
  };
}

/** A rule whose refusal the service file states gets the line of its parameter. */
function lineOf(file: string, action: Action, { path, breach }: Rule): number | undefined {
  const yaml = readYaml(file);
  const name = ruleParameter(action, path)?.name ?? path;
  const parameter = ["parameters", name];
  const refusals = [...parameter, ...refusalsPath(path.slice(name.length))];
  const paths: YamlPath[] =
    path === "situation"
      ? [["situations", breach]]
      : [
          [...refusals, breach],
          parameter,
          ["crossParameterRules", path],
          ...(path === "call" ? [["refusals", breach]] : []),
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
