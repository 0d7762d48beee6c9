/** assay lint: checks specs, target files and known-failure lists; every fault with file, line and column. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { builtInSpecs, packageRoot } from "../spec/folder.ts";
import { checkForm, type Kind } from "../spec/form.ts";
import { loadSpecs } from "../spec/load.ts";
import { type Problem, showProblem } from "../spec/problem.ts";
import { readYaml } from "../spec/yaml.ts";
import { format, printJson } from "./options.ts";

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
      const problems = [...specs.problems, ...targets.flatMap(lintFile)];
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

function lintFile(file: string): Problem[] {
  const yaml = readYaml(file);
  const kind: Kind =
    typeof yaml.value === "object" && yaml.value !== null && "known" in yaml.value && !("services" in yaml.value)
      ? "known"
      : "target";
  return checkForm(kind, yaml);
}
