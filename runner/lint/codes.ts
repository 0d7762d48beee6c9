/** The codes of a refusal → problems: those that are in no error table. */
import type { Action } from "../model/index.ts";
import { findErrorCode } from "../spec/error-codes.ts";
import { didYouMean } from "../spec/problem.ts";
import type { ReportProblem, YamlPath } from "../spec/yaml/yaml-file.ts";

/** Every code of a refusal must have a row in an error table. */
export function lintCodes(
  action: Action,
  codes: readonly string[] | undefined,
  report: ReportProblem,
  path: YamlPath,
): void {
  for (const code of codes ?? []) {
    if (findErrorCode(action, code)) continue;
    // Codes of one service are alike, so only a slip of the pen is worth a guess.
    const guess = didYouMean(code, action.errors.keys(), () => 2);
    report(path, `${code} is in no error table; add a row to \`errors\` of the action or of service.yaml${guess}`);
  }
}
