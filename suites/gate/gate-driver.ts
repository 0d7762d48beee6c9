/** The name of a driver → its packages are installed, and `assay sdk` gates its SDK against its known failures. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { shellWord } from "../../runner/http/shell-quote.ts";
import { type Toolchain, toolchains } from "./toolchain.ts";

export interface Machine {
  /** The root of the repository, in which the gate runs. */
  readonly root: string;
  /** Whether a program is on the PATH. */
  readonly hasProgram: (name: string) => boolean;
  /** Runs a shell command in a folder below the root and shows its output. Returns its exit code. */
  readonly run: (command: string, folder: string) => number;
  readonly print: (line: string) => void;
}

const DRIVERS = "suites/drivers";

const toolchainOf = ({ root }: Machine, name: string): Toolchain | undefined =>
  toolchains.find(({ lockFile }) => existsSync(join(root, DRIVERS, name, lockFile)));

/** The names of all drivers, in alphabetical order. */
export const driverNames = (machine: Machine): string[] =>
  readdirSync(join(machine.root, DRIVERS))
    .filter((name) => toolchainOf(machine, name) !== undefined)
    .sort();

/** Why a driver cannot be built on this machine; undefined where it can. */
function missingToolchain(machine: Machine, name: string, { programs, remedy }: Toolchain): string | undefined {
  const missing = programs.filter((program) => !machine.hasProgram(program));
  return missing.length === 0
    ? undefined
    : `${name} needs ${missing.join(" and ")}, which the PATH does not have; install ${remedy}`;
}

/** `options`: of `assay sdk`. Returns the exit code of `assay sdk`; 2 where the driver cannot be installed, or does not exist. */
export function gateDriver(machine: Machine, name: string, options: readonly string[]): number {
  const { root, run, print } = machine;
  const toolchain = toolchainOf(machine, name);
  if (!toolchain) {
    print(`there is no driver ${name} in ${DRIVERS}; NAME is one of ${driverNames(machine).join(", ")}, or all`);
    return 2;
  }
  const missing = missingToolchain(machine, name, toolchain);
  if (missing !== undefined) {
    print(missing);
    return 2;
  }
  const folder = `${DRIVERS}/${name}`;
  for (const command of toolchain.install) {
    const code = run(command, folder);
    if (code === 0) continue;
    print(`${name} cannot be installed: \`${command}\` in ${folder} ended with exit code ${code}; its output is above`);
    return 2;
  }
  const known = existsSync(join(root, folder, "known.yaml")) ? ["--known", `${folder}/known.yaml`] : [];
  const own = ["--driver", toolchain.start(folder), ...known, "--out", `reports/out/${name}`];
  return run(`node dist/main.js sdk ${[...own, ...options].map(shellWord).join(" ")}`, ".");
}

/** Gates every driver whose toolchain this machine has, and names the others. Returns the first exit code that is not 0. */
export function gateAll(machine: Machine, options: readonly string[]): number {
  const ends = driverNames(machine).map((name): readonly [string, number | undefined] => {
    const toolchain = toolchainOf(machine, name);
    const missing = toolchain && missingToolchain(machine, name, toolchain);
    if (missing !== undefined) return [missing, undefined];
    machine.print(`\n${name}`);
    return [name, gateDriver(machine, name, options)];
  });
  machine.print("");
  for (const [name, code] of ends)
    machine.print(code === undefined ? `not gated: ${name}` : `${name}: exit code ${code}`);
  return ends.map(([, code]) => code).find((code) => code !== undefined && code !== 0) ?? 0;
}
