/** assay faults: runs the suite against every broken emulator and prints who caught it. */
import type { Command } from "commander";
import { plan } from "../cases/plan.ts";
import type { Fault } from "../emulator/fault.ts";
import { faults } from "../emulator/faults.ts";
import type { Specs } from "../spec/load.ts";
import { format, printJson, whole } from "./options.ts";
import { flat } from "./planned.ts";
import { openTarget } from "./session.ts";
import { specsFrom } from "./specs.ts";

interface Kill {
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

export function faultsCommand(program: Command): void {
  program
    .command("faults")
    .description("run the suite against every broken emulator and print the kill table")
    .option("--full", "every fault against every action, not only against its own")
    .option("--seed <n>", "seed of the values", whole(0, "a seed"), 1)
    .addOption(format())
    .action(async (options: FaultsOptions) => {
      const specs = specsFrom(undefined);
      const kills: Kill[] = [];
      for (const fault of faults) {
        const kill = await caught(fault, specs, options);
        kills.push(kill);
        if (options.format !== "json") process.stdout.write(`${line(kill)}\n`);
      }
      const killed = kills.filter((k) => k.killed).length;
      if (options.format === "json") printJson({ faults: kills, killed, total: kills.length });
      else process.stdout.write(`\n${killed} of ${kills.length} faults caught by the family that claims them\n`);
      process.exitCode = killed === kills.length ? 0 : 1;
    });
}

function line({ id, killed, by, family }: Kill): string {
  if (killed) return `caught   ${id}: ${by.length} cases, e.g. ${by.find((c) => c.split("/")[3] === family)}`;
  return by.length > 0 ? `elsewhere ${id}: not by ${family}, but by ${by[0]}` : `survived ${id}: claimed by ${family}`;
}

/** Its action's cases against the emulator that has this one fault. */
async function caught(fault: Fault, specs: Specs, options: FaultsOptions): Promise<Kill> {
  const select = options.full ? [] : [`${fault.action}/**`];
  const { session, close } = await openTarget({
    specs,
    seed: options.seed,
    recordAll: false,
    faults: [fault.id],
  });
  const by: string[] = [];
  try {
    const cases = plan({ actions: specs.actions.values(), depth: "standard", select, flat })[Symbol.iterator]();
    let n = 0;
    const lane = async () => {
      for (let next = cases.next(); !next.done; next = cases.next()) {
        const { verdict } = await session.judge(next.value, n++);
        if (verdict.status === "failed") by.push(verdict.id);
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  } finally {
    await close();
  }
  return {
    id: fault.id,
    family: fault.family,
    killed: by.some((id) => id.split("/")[3] === fault.family),
    by: by.sort(),
  };
}
