/** `assay lint`: checks spec, target and known-failure files, and prints each problem with file, line and column. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { planAction } from "../../cases/plan.ts";
import { findContradictions } from "../../lint/contradictions.ts";
import { loadLintedSpecs } from "../../lint/index.ts";
import { uncoveredCodes } from "../../lint/uncovered-codes.ts";
import { type UncoveredRule, uncoveredRules } from "../../lint/uncovered-rules.ts";
import { untestedConstraints } from "../../lint/untested-constraints.ts";
import { lintUsability } from "../../lint/unusable-specs.ts";
import type { Action, ErrorCode } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import { builtInSpecs, packageRoot } from "../../spec/package-root.ts";
import { didYouMean, formatProblem, keyPrefix, type Problem } from "../../spec/problem.ts";
import { validateAgainstSchema } from "../../spec/schema/validate-file.ts";
import { readYaml, type YamlFile, type YamlPath } from "../../spec/yaml/yaml-file.ts";
import { knownProblems } from "../known-failures/read.ts";
import { isFlatBinding } from "../select-cases.ts";
import { formatOption, printJson } from "../shared-options.ts";
import { missingKnownFile, targetProblems } from "../target/target-file.ts";

export function lintCommand(program: Command): void {
  program
    .command("lint")
    .description("check spec, target and known-failure files")
    .argument(
      "[files...]",
      "target and known-failure files; without any, and without --specs, the built-in targets are checked",
    )
    .option("--specs <dir>", "folder of spec files to use instead of the built-in specs")
    .addOption(formatOption())
    .action((files: string[], options: { specs?: string; format: string }) => {
      const specs = loadLintedSpecs(options.specs ?? builtInSpecs());
      const builtInTargets = join(packageRoot(), "suites", "targets");
      const targets =
        options.specs || files.length > 0
          ? files
          : readdirSync(builtInTargets)
              .filter((f) => f.endsWith(".yaml"))
              .map((f) => join(builtInTargets, f));
      const problems = [...specs.problems, ...lintAgainstCases(specs), ...targets.flatMap((f) => lintFile(f, specs))];
      if (options.format === "json") printJson(problems);
      else for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
      if (problems.length > 0) {
        process.exitCode = 2;
        return;
      }
      if (options.format === "json") return;
      for (const note of notes(specs)) process.stdout.write(`note: ${formatProblem(note)}\n`);
      process.stdout.write(`${specs.actions.size} actions and ${targets.length} other files checked: no problems\n`);
    });
}

/** What no case tests, which is no problem of the specs. */
const notes = ({ actions, files }: Specs): Problem[] =>
  [...files].flatMap(([id, file]) => {
    const action = actions.get(id);
    const untested = action ? untestedConstraints(action) : [];
    return untested.map(({ path, message }) => readYaml(file).problem(path, `${keyPrefix(path)}${message}`));
  });

/** Contradictions within a page, and error codes and rules without a case. Checked only where the specs have no other problems. */
export function lintAgainstCases(specs: Specs): Problem[] {
  if (specs.problems.length > 0) return [];
  const unusable = lintUsability(specs);
  if (unusable.length > 0) return unusable;
  return [...specs.files].flatMap(([id, file]) => {
    const action = specs.actions.get(id);
    return action ? lintPage(action, readYaml(file)) : [];
  });
}

function lintPage(action: Action, yaml: YamlFile): Problem[] {
  const cases = [...planAction(action, { depth: "standard", isFlat: isFlatBinding })];
  return [
    ...findContradictions(action).map(({ path, message }) => yaml.problem(path, message)),
    ...uncoveredCodes(action, cases).map((row) =>
      yaml.problem(rowPath(yaml, row.code), uncoveredCodeMessage(row), true),
    ),
    ...uncoveredRules(action, cases).map((uncovered) =>
      yaml.problem(uncovered.path, uncoveredRuleMessage(uncovered), true),
    ),
  ];
}

/** Path of a code's row under `errors`, or of its list entry; path of `errors` itself where the rows are in the service file. */
function rowPath(yaml: YamlFile, code: string): YamlPath {
  const { errors } = yaml.value as { errors?: unknown };
  return ["errors", Array.isArray(errors) ? errors.map(String).indexOf(code) : code];
}

const uncoveredCodeMessage = ({ code, causes, raisedBy }: ErrorCode): string =>
  causes.includes("elsewhere")
    ? `${code} is documented as raised by ${raisedBy}, which is this action, but no case expects it; ${CODE_REMEDY}`
    : `${code} has the cause \`${causes.includes("state") ? "state" : "request"}\`, but no case expects it; ${CODE_REMEDY}`;

const CODE_REMEDY =
  "name the code at the rule or situation that raises it, or write its actual cause, such as `unreachable` with a `reason`";

const uncoveredRuleMessage = ({ rule, path, remedy }: UncoveredRule): string =>
  `${keyPrefix(path)}the rule ${rule.id.slice(rule.action.length + "/rule/".length)} has no case, ${remedy}`;

/** A target file has the key `services`, a known-failure file the key `known`. A file with neither is a problem. */
function lintFile(file: string, specs: Specs): Problem[] {
  const yaml = readYaml(file);
  if (yaml.problems.length > 0) return [...yaml.problems];
  const keys = yaml.value instanceof Object && !Array.isArray(yaml.value) ? Object.keys(yaml.value) : [];
  const hasSimilarKey = (name: string): boolean => keys.some((key) => key === name || didYouMean(key, [name]) !== "");
  if (!keys.includes("services") && hasSimilarKey("known")) return knownProblems(yaml);
  if (!hasSimilarKey("services"))
    return [
      yaml.problem([], "expected a target file with the key `services`, or a known-failure file with the key `known`"),
    ];
  // Names in the target are not checked against specs that are themselves faulty.
  return specs.problems.length > 0
    ? validateAgainstSchema("target", yaml)
    : [...targetProblems(yaml, specs), ...missingKnownFile(yaml)];
}
