/** assay lint: checks specs, target files and known-failure lists; every fault with file, line and column. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { findContradictions } from "../../lint/contradictions.ts";
import { loadLintedSpecs } from "../../lint/index.ts";
import { uncoveredCodes } from "../../lint/uncovered-codes.ts";
import { lintUsability } from "../../lint/unusable-specs.ts";
import type { Action, ErrorCode } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import { builtInSpecs, packageRoot } from "../../spec/package-root.ts";
import { didYouMean, formatProblem, type Problem } from "../../spec/problem.ts";
import { validateAgainstSchema } from "../../spec/schema/validate-file.ts";
import { type Path, readYaml, type YamlFile } from "../../spec/yaml/yaml-file.ts";
import { knownProblems } from "../known-failures/read.ts";
import { isFlatBinding } from "../select-cases.ts";
import { formatOption, printJson } from "../shared-options.ts";
import { missingKnownFile, targetProblems } from "../target/target-file.ts";

export function lintCommand(program: Command): void {
  program
    .command("lint")
    .description("check spec, target and known-failure files")
    .argument("[files...]", "target and known-failure files besides the built-in ones")
    .option("--specs <dir>", "specs instead of the built-in ones")
    .addOption(formatOption())
    .action((files: string[], options: { specs?: string; format: string }) => {
      const specs = loadLintedSpecs(options.specs ?? builtInSpecs());
      const own = join(packageRoot(), "suites", "targets");
      const targets =
        options.specs || files.length > 0
          ? files
          : readdirSync(own)
              .filter((f) => f.endsWith(".yaml"))
              .map((f) => join(own, f));
      const problems = [...specs.problems, ...lintAgainstCases(specs), ...targets.flatMap((f) => lintFile(f, specs))];
      if (options.format === "json") printJson(problems);
      else for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
      if (problems.length > 0) {
        process.exitCode = 2;
        return;
      }
      if (options.format !== "json")
        process.stdout.write(`${specs.actions.size} actions and ${targets.length} other files: no fault\n`);
    });
}

/** What a page says against itself, and codes that nothing here can get. Told of specs that are otherwise sound. */
export function lintAgainstCases(specs: Specs): Problem[] {
  if (specs.problems.length > 0) return [];
  const unmade = lintUsability(specs);
  if (unmade.length > 0) return unmade;
  return [...specs.files].flatMap(([id, file]) => {
    const action = specs.actions.get(id);
    return action ? lintPage(action, readYaml(file)) : [];
  });
}

const lintPage = (action: Action, yaml: YamlFile): Problem[] => [
  ...findContradictions(action).map(({ path, says }) => yaml.problem(path, says)),
  ...uncoveredCodes(action, isFlatBinding).map((row) =>
    yaml.problem(rowPath(yaml, row.code), uncoveredCodeMessage(row), true),
  ),
];

/** A row of the file, or an entry of its list; `errors` as a whole where the rows are the service's. */
function rowPath(yaml: YamlFile, code: string): Path {
  const { errors } = yaml.value as { errors?: unknown };
  return ["errors", Array.isArray(errors) ? errors.map(String).indexOf(code) : code];
}

const uncoveredCodeMessage = ({ code, causes, raisedBy }: ErrorCode): string =>
  causes.includes("elsewhere")
    ? `${code} is said to come of ${raisedBy}, which is this action, and no case of it gets it; ${remedy}`
    : `${code} is said to come of a ${causes.includes("state") ? "state" : "request"}, and no case gets it; ${remedy}`;

const remedy =
  "name it at the rule or situation that gets it, or write its true cause, such as `unreachable` with its `reason`";

/** The one has `services`, the other `known`; a file with neither is told what it may be. */
function lintFile(file: string, specs: Specs): Problem[] {
  const yaml = readYaml(file);
  if (yaml.problems.length > 0) return [...yaml.problems];
  const keys = yaml.value instanceof Object && !Array.isArray(yaml.value) ? Object.keys(yaml.value) : [];
  const near = (word: string): boolean => keys.some((key) => key === word || didYouMean(key, [word]) !== "");
  if (!keys.includes("services") && near("known")) return knownProblems(yaml);
  if (!near("services"))
    return [yaml.problem([], "expected a target, with the key `services`, or known failures, with the key `known`")];
  // Names that faulty specs would have are not missed.
  return specs.problems.length > 0
    ? validateAgainstSchema("target", yaml)
    : [...targetProblems(yaml, specs), ...missingKnownFile(yaml)];
}
