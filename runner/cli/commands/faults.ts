/** `assay faults`: runs the cases against each fault of the emulator and prints which case detected it. */
import type { Command } from "commander";
import { plan } from "../../cases/plan.ts";
import { concernsAction, type Fault, isCaseOf } from "../../emulator/faults/fault.ts";
import { allFaultsOf } from "../../emulator/faults/index.ts";
import type { Action, Case } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { isFlatBinding } from "../select-cases.ts";
import { formatOption, integerOption, printJson } from "../shared-options.ts";
import { openSessionOn } from "../target/open-session.ts";

interface DetectionResult {
  readonly id: string;
  readonly family: string;
  /** True if a case failed that has to detect the fault. */
  readonly detected: boolean;
  /** The failed cases, of any family. */
  readonly detectedBy: readonly FailedCase[];
}

type FailedCase = Pick<Case, "id" | "family" | "place" | "rule">;

interface FaultsOptions {
  specs?: string;
  full?: boolean;
  seed: number;
  format: string;
}

/** Number of faults that are tested at the same time. Most of the time is spent waiting for delayed responses and clocks. */
const PARALLEL_FAULTS = 24;

/** Number of cases that run at the same time against one fault. */
const LANES = 8;

export function faultsCommand(program: Command): void {
  program
    .command("faults")
    .description("run the cases against each fault of the emulator and print the detection table")
    .option(
      "--full",
      "run all cases of all actions instead of stopping once the expected family has detected the fault",
    )
    .option("--specs <dir>", "folder of spec files to use instead of the built-in specs")
    .option("--seed <n>", "seed of the generated values", integerOption(0, "a seed"), 1)
    .addOption(formatOption())
    .action(async (options: FaultsOptions) => {
      const specs = loadValidSpecs(options.specs);
      const results = await runAllFaults(specs, options);
      const detectedCount = results.filter((r) => r.detected).length;
      if (options.format === "json") {
        const table = results.map(({ id, detected, detectedBy }) => ({
          id,
          detected,
          detectedBy: detectedBy.map((c) => c.id),
        }));
        printJson({ faults: table, detected: detectedCount, total: results.length });
      } else process.stdout.write(`\n${detectedCount} of ${results.length} faults detected by the expected family\n`);
      process.exitCode = detectedCount === results.length ? 0 : 1;
    });
}

/** Results in the order of the catalogue. Each is printed as soon as it and all results before it are known. */
async function runAllFaults(specs: Specs, options: FaultsOptions): Promise<DetectionResult[]> {
  const results: DetectionResult[] = [];
  const faults = allFaultsOf(specs.services);
  const pending = faults.entries();
  let printed = 0;
  let finished = 0;
  const worker = async () => {
    for (const [i, fault] of pending) {
      results[i] = await detectFault(fault, specs, options);
      finished++;
      printProgress(finished, faults.length);
      for (let next = results[printed]; next; next = results[++printed])
        if (options.format !== "json") process.stdout.write(`${formatResult(next)}\n`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_FAULTS }, worker));
  return results;
}

/** Prints a counter to a terminal on stderr, unless the table itself is printed to a terminal. */
function printProgress(finished: number, total: number): void {
  if (!process.stderr.isTTY || process.stdout.isTTY) return;
  process.stderr.write(`\r${finished}/${total}${finished === total ? "\n" : ""}`);
}

function formatResult({ id, detected, detectedBy, family }: DetectionResult): string {
  if (detected) return `detected   ${id}: by ${detectedBy.find((c) => c.family === family)?.id}`;
  return detectedBy.length > 0
    ? `elsewhere  ${id}: not by ${family}, but by ${detectedBy[0]?.id}`
    : `undetected ${id}: not by ${family}`;
}

/** Runs the expected family first; the other families only if it detects nothing, or with --full. */
async function detectFault(
  fault: Fault,
  specs: Specs,
  { full = false, seed }: FaultsOptions,
): Promise<DetectionResult> {
  const { id, family } = fault;
  const all = [...specs.actions.values()];
  const actionsOfFault = all.filter((a) => concernsAction(fault, a.id));
  const byExpectedCases = full
    ? []
    : await failingCases(fault, specs, actionsOfFault, seed, {
        select: [`**/${family}/**`],
        only: (c) => isCaseOf(fault, c),
      });
  const failed =
    byExpectedCases.length > 0
      ? byExpectedCases
      : await failingCases(fault, specs, full ? all : actionsOfFault, seed, { findAll: full });
  const detectedBy = failed.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { id, family, detected: failed.some((c) => isCaseOf(fault, c)), detectedBy };
}

interface FailingCasesOptions {
  readonly select?: readonly string[];
  /** Filters the selected cases. */
  readonly only?: (c: Case) => boolean;
  readonly findAll?: boolean;
}

/** The cases that fail because of the fault: the first ones, or all of them with `findAll`. */
async function failingCases(
  fault: Fault,
  specs: Specs,
  actions: readonly Action[],
  seed: number,
  { select = [], only = () => true, findAll = false }: FailingCasesOptions,
): Promise<FailedCase[]> {
  const { session, close } = await openSessionOn({ specs, seed, recordAll: false, faults: [fault.id] });
  const failed: FailedCase[] = [];
  try {
    const cases = plan({ actions, depth: "standard", select, isFlat: isFlatBinding })[Symbol.iterator]();
    let planIndex = 0;
    const lane = async () => {
      for (let next = cases.next(); !next.done && (findAll || failed.length === 0); next = cases.next()) {
        if (!only(next.value)) continue;
        const { verdict } = await session.evaluate(next.value, planIndex++);
        const isWarning = fault.onlyWarning && verdict.findings.length > 0;
        if (verdict.status === "failed" || isWarning) failed.push(next.value);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return failed;
  } finally {
    await close();
  }
}
