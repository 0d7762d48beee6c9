/** Errors in the command, a spec or a target: printed on standard error, exit code 2, no request is sent. */
import { formatProblem, type Problem } from "../spec/problem.ts";

/** An error in an option, a spec, a target or a log; the message names the place and the remedy. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** All problems in one message, each with file, line and column. */
export class ProblemsError extends UsageError {
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
  }
}
