/** Faults of a command, spec or target: said on standard error, exit code 2, nothing sent. */
import { formatProblem, type Problem } from "../spec/problem.ts";

export class UsageError extends Error {
  override name = "UsageError";
}

/** All problems at once, each with its place. */
export class ProblemsError extends UsageError {
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
  }
}
