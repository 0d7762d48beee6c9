/** `assay faults`: runs the cases against each fault of the emulator and prints which case detected it. */
import type { Command } from "commander";
import type { Fault } from "../../emulator/faults/fault.ts";
import {
  type Baseline,
  createBaseline,
  type DetectionOptions,
  type DetectionResult,
  detectFault,
  judgedCases,
} from "../detect-fault.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { requireFaults } from "../select-faults.ts";
import { formatOption, integerOption, printJson } from "../shared-options.ts";
import { openSessionOn } from "../target/open-session.ts";

interface FaultsOptions {
  specs?: string;
  select?: string[];
  full?: boolean;
  seed: number;
  format: string;
}

/** Number of faults that are tested at the same time. Most of the time is spent waiting for delayed responses and clocks. */
const PARALLEL_FAULTS = 24;

/** Number of cases that run at the same time without a fault. */
const BASELINE_LANES = 8;

/** Cases that are named where some fail without a fault; `run` names all. */
const MAX_NAMED_CASES = 20;

export function faultsCommand(program: Command): void {
  program
    .command("faults")
    .description(
      "run the cases without a fault, then against each fault of the emulator, and print the detection table",
    )
    .option(
      "--full",
      "run all cases of all actions instead of stopping once the expected family has detected the fault",
    )
    .option("--specs <dir>", "folder of spec files to use instead of the built-in specs")
    .option(
      "--select <glob...>",
      "test the faults whose id matches, or those of the selected actions; `list faults` takes the same globs",
    )
    .option("--seed <n>", "seed of the generated values", integerOption(0, "a seed"), 1)
    .addOption(formatOption())
    .action(async ({ full = false, seed, format, select, specs: dir }: FaultsOptions) => {
      const specs = loadValidSpecs(dir);
      const faults = requireFaults(specs, select);
      const options: DetectionOptions = { specs, seed, full };
      const isJson = format === "json";
      const { session, close } = await openSessionOn({ specs, seed, recordAll: false });
      try {
        const baseline = createBaseline(session);
        const failed = await failedWithoutFault(faults, baseline, options);
        const results = failed.length > 0 ? [] : await runAllFaults(faults, baseline, options, isJson);
        const detectedCount = results.filter((r) => r.detected).length;
        if (isJson) {
          const table = results.map(({ id, detected, detectedBy }) => ({
            id,
            detected,
            detectedBy: detectedBy.map((c) => c.id),
          }));
          printJson({ faults: table, detected: detectedCount, total: faults.length, failedWithoutFault: failed });
        } else if (failed.length === 0)
          process.stdout.write(`\n${detectedCount} of ${results.length} faults detected by the expected family\n`);
        if (failed.length > 0) process.stderr.write(`${formatBaseline(failed, dir)}\n`);
        process.exitCode = failed.length > 0 ? 3 : detectedCount === results.length ? 0 : 1;
      } finally {
        await close();
      }
    });
}

/** Ids of the cases that fail without a fault, of those that have to detect one. */
async function failedWithoutFault(
  faults: readonly Fault[],
  baseline: Baseline,
  options: DetectionOptions,
): Promise<string[]> {
  const failed: string[] = [];
  const cases = judgedCases(faults, options)[Symbol.iterator]();
  const lane = async () => {
    for (let next = cases.next(); !next.done; next = cases.next())
      if ((await baseline.verdictOf(next.value)).status === "failed") failed.push(next.value.id);
  };
  await Promise.all(Array.from({ length: BASELINE_LANES }, lane));
  return failed.sort();
}

function formatBaseline(failed: readonly string[], dir: string | undefined): string {
  const specs = dir === undefined ? "" : ` --specs ${dir}`;
  const [are, them] = failed.length === 1 ? ["case fails", "it"] : ["cases fail", "they"];
  const named = failed.slice(0, MAX_NAMED_CASES).map((id) => `  ${id}`);
  const more = failed.length > named.length ? [`  and ${failed.length - named.length} more`] : [];
  return [
    `${failed.length} ${are} without a fault, so ${them} can detect none, and no fault was tested:`,
    ...named,
    ...more,
    `\`assay run${specs}\` shows why; correct the spec, or leave the action out with --select`,
  ].join("\n");
}

/** Results in the order of the catalogue. Each is printed as soon as it and all results before it are known. */
async function runAllFaults(
  faults: readonly Fault[],
  baseline: Baseline,
  options: DetectionOptions,
  isJson: boolean,
): Promise<DetectionResult[]> {
  const results: DetectionResult[] = [];
  const pending = faults.entries();
  let printed = 0;
  let finished = 0;
  const worker = async () => {
    for (const [i, fault] of pending) {
      results[i] = await detectFault(fault, baseline, options);
      finished++;
      printProgress(finished, faults.length);
      for (let next = results[printed]; next; next = results[++printed])
        if (!isJson) process.stdout.write(`${formatResult(next)}\n`);
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
