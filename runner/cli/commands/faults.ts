/** assay faults: runs the suite against every broken emulator and prints who caught it. */
import type { Command } from "commander";
import { plan } from "../../cases/plan.ts";
import type { Fault } from "../../emulator/faults/fault.ts";
import { faults } from "../../emulator/faults/index.ts";
import type { Action } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { isFlatBinding } from "../select-cases.ts";
import { formatOption, integerOption, printJson } from "../shared-options.ts";
import { openSessionOn } from "../target/open-session.ts";

interface DetectionResult {
  readonly id: string;
  readonly family: string;
  /** Caught by a case of the family that claims it. */
  readonly killed: boolean;
  readonly by: readonly string[];
}

interface FaultsOptions {
  full?: boolean;
  seed: number;
  format: string;
}

/** Much of the time goes by in waiting for an answer that a fault holds back, or for a clock to go on. */
const PARALLEL_FAULTS = 4;

export function faultsCommand(program: Command): void {
  program
    .command("faults")
    .description("run the suite against every broken emulator and print the kill table")
    .option("--full", "every case of every action, not only until a case of the claiming family catches the fault")
    .option("--seed <n>", "seed of the values", integerOption(0, "a seed"), 1)
    .addOption(formatOption())
    .action(async (options: FaultsOptions) => {
      const specs = loadValidSpecs(undefined);
      const kills = await runAllFaults(specs, options);
      const done = kills.filter((k) => k.killed).length;
      if (options.format === "json") {
        const table = kills.map(({ id, killed, by }) => ({ id, killed, by }));
        printJson({ faults: table, killed: done, total: kills.length });
      } else process.stdout.write(`\n${done} of ${kills.length} faults caught by the family that claims them\n`);
      process.exitCode = done === kills.length ? 0 : 1;
    });
}

/** In the order of the catalogue, told as soon as those before are told. */
async function runAllFaults(specs: Specs, options: FaultsOptions): Promise<DetectionResult[]> {
  const kills: DetectionResult[] = [];
  const pending = faults.entries();
  let told = 0;
  let count = 0;
  const worker = async () => {
    for (const [i, fault] of pending) {
      kills[i] = await detectFault(fault, specs, options);
      count++;
      progress(count);
      for (let next = kills[told]; next; next = kills[++told])
        if (options.format !== "json") process.stdout.write(`${line(next)}\n`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_FAULTS }, worker));
  return kills;
}

/** The table goes to stdout; on a terminal it is progress enough by itself. */
function progress(count: number): void {
  if (!process.stderr.isTTY || process.stdout.isTTY) return;
  process.stderr.write(`\r${count}/${faults.length}${count === faults.length ? "\n" : ""}`);
}

function line({ id, killed, by, family }: DetectionResult): string {
  if (killed) return `caught    ${id}: by ${by.find((c) => familyOf(c) === family)}`;
  return by.length > 0 ? `elsewhere ${id}: not by ${family}, but by ${by[0]}` : `survived  ${id}: claimed by ${family}`;
}

const familyOf = (id: string): string | undefined => id.split("/")[3];

/** First the family that claims it; the others only where it catches nothing, or all are asked for. */
async function detectFault(
  fault: Fault,
  specs: Specs,
  { full = false, seed }: FaultsOptions,
): Promise<DetectionResult> {
  const { id, action, family } = fault;
  const all = [...specs.actions.values()];
  const own = all.filter((a) => a.id === action || a.id.startsWith(`${action}/`));
  const claimed = full ? [] : await failingCases(fault, specs, own, [`**/${family}/**`], seed);
  const by = claimed.length > 0 ? claimed : await failingCases(fault, specs, full ? all : own, [], seed, full);
  return { id, family, killed: by.some((c) => familyOf(c) === family), by: by.sort() };
}

/** The cases that fail because of the fault: the first ones, or all. */
async function failingCases(
  fault: Fault,
  specs: Specs,
  actions: readonly Action[],
  select: readonly string[],
  seed: number,
  every = false,
): Promise<string[]> {
  const { session, close } = await openSessionOn({ specs, seed, recordAll: false, faults: [fault.id] });
  const by: string[] = [];
  try {
    const cases = plan({ actions, depth: "standard", select, flat: isFlatBinding })[Symbol.iterator]();
    let n = 0;
    const lane = async () => {
      for (let next = cases.next(); !next.done && (every || by.length === 0); next = cases.next()) {
        const { verdict } = await session.evaluate(next.value, n++);
        if (verdict.status === "failed") by.push(verdict.id);
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    return by;
  } finally {
    await close();
  }
}
