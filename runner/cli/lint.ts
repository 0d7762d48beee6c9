/** assay lint: checks specs, target files and known-failure lists; every fault with file, line and column. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { contradictionsOf } from "../cases/contradictions.ts";
import { unprovoked } from "../cases/unprovoked.ts";
import type { Action, ErrorCode } from "../model.ts";
import { builtInSpecs, packageRoot } from "../spec/folder.ts";
import { checkForm, type Kind } from "../spec/form.ts";
import { loadSpecs, type Specs } from "../spec/load.ts";
import { type Problem, showProblem } from "../spec/problem.ts";
import { type Path, readYaml, type YamlFile } from "../spec/yaml.ts";
import { format, printJson } from "./options.ts";
import { flat } from "./planned.ts";

export function lintCommand(program: Command): void {
  program
    .command("lint")
    .description("check spec, target and known-failure files")
    .argument("[files...]", "target and known-failure files besides the built-in ones")
    .option("--specs <dir>", "specs instead of the built-in ones")
    .addOption(format())
    .action((files: string[], options: { specs?: string; format: string }) => {
      const specs = loadSpecs(options.specs ?? builtInSpecs());
      const own = join(packageRoot(), "suites", "targets");
      const targets =
        options.specs || files.length > 0
          ? files
          : readdirSync(own)
              .filter((f) => f.endsWith(".yaml"))
              .map((f) => join(own, f));
      const problems = [...specs.problems, ...lintPages(specs), ...targets.flatMap(lintFile)];
      if (options.format === "json") printJson(problems);
      else for (const problem of problems) process.stdout.write(`${showProblem(problem)}\n`);
      if (problems.length > 0) {
        process.exitCode = 2;
        return;
      }
      if (options.format !== "json")
        process.stdout.write(`${specs.actions.size} actions and ${targets.length} other files: no fault\n`);
    });
}

/** What a page says against itself, and codes that nothing here can get. Told of specs that are otherwise sound. */
export function lintPages(specs: Specs): Problem[] {
  if (specs.problems.length > 0) return [];
  return [...specs.files].flatMap(([id, file]) => {
    const action = specs.actions.get(id);
    return action ? lintPage(action, readYaml(file)) : [];
  });
}

const lintPage = (action: Action, yaml: YamlFile): Problem[] => [
  ...contradictionsOf(action).map(({ path, says }) => yaml.problem(path, says)),
  ...unprovoked(action, flat).map((row) => yaml.problem(rowPath(yaml, row.code), unprovokedWords(row), true)),
];

/** A row of the file, or an entry of its list; `errors` as a whole where the rows are the service's. */
function rowPath(yaml: YamlFile, code: string): Path {
  const { errors } = yaml.value as { errors?: unknown };
  return ["errors", Array.isArray(errors) ? errors.map(String).indexOf(code) : code];
}

const unprovokedWords = ({ code, causes, of }: ErrorCode): string =>
  causes.includes("elsewhere")
    ? `${code} is said to come of ${of}, which is this action, and no case of it gets it; ${remedy}`
    : `${code} is said to come of a ${causes.includes("state") ? "state" : "request"}, and no case gets it; ${remedy}`;

const remedy =
  "name it at the rule or situation that gets it, or write its true cause, such as `unreachable` with its `why`";

function lintFile(file: string): Problem[] {
  const yaml = readYaml(file);
  const kind: Kind =
    typeof yaml.value === "object" && yaml.value !== null && "known" in yaml.value && !("services" in yaml.value)
      ? "known"
      : "target";
  return checkForm(kind, yaml);
}
