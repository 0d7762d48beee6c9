/**
 * The public API `assay`: load specs, plan cases, run them, render reports. The command line runs the same code.
 *
 * No function ends the process or writes to standard output or standard error. A wrong argument, spec, target or log throws a
 * {@link UsageError} before anything is sent; its message names the place and the remedy, with the name of the command-line
 * option where one exists. Any other error is a failure of assay itself.
 *
 * ```ts
 * import { readSpecs, renderReport, runSpecs, startEmulator } from "assay";
 *
 * const specs = readSpecs();
 * const server = await startEmulator({ specs }); // or your own
 * const { footer, recording } = await runSpecs(specs, {
 *   endpoint: server.url,
 *   select: "tencent/iai/CreateGroup/boundary/**",
 *   depth: "quick",
 *   onVerdict: (verdict) => console.log(verdict.status, verdict.id),
 * });
 * let summary = "";
 * renderReport(recording, "markdown", (chunk) => {
 *   summary += chunk;
 * });
 * await server.close();
 * console.log(footer.exit, summary);
 * ```
 *
 * @module assay
 */
export type { ActionCost } from "../cases/cost.ts";
export { ProblemsError, UsageError } from "../cli/errors.ts";
export type { EmulatorResponse, EmulatorServer, ServerOptions } from "../emulator/server-types.ts";
export type * from "../model/case.ts";
export type * from "../model/coverage.ts";
export type * from "../model/documents.ts";
export type * from "../model/envelope.ts";
export type * from "../model/http.ts";
export type * from "../model/log.ts";
export type * from "../model/resource-state.ts";
export type * from "../model/spec.ts";
export { type Counts, STATUSES, type Status } from "../model/status.ts";
export type { RateLimit } from "../model/target.ts";
export type * from "../model/verdict.ts";
export type { Problem } from "../spec/problem.ts";
export type { Specs } from "../spec/specs.ts";
export { startEmulator } from "./emulator.ts";
export { type Plan, planCases, type SelectionSettings } from "./plan.ts";
export { type ReportFormat, readRun, renderReport, writeReports } from "./report.ts";
export { type RunResult, type RunSettings, runSpecs } from "./run.ts";
export { readSpecs } from "./specs.ts";
