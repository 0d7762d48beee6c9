/** `npm run gate -- NAME [OPTION…]`: installs a driver of suites/drivers and gates its SDK. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { packageRoot } from "../../runner/spec/package-root.ts";
import { gateAll, gateDriver, type Machine } from "./gate-driver.ts";

const root = packageRoot();

function hasProgram(name: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const machine: Machine = {
  root,
  hasProgram,
  run: (command, folder) => spawnSync(command, { cwd: join(root, folder), shell: true, stdio: "inherit" }).status ?? 1,
  print: (line) => console.log(line),
};

const [name, ...options] = process.argv.slice(2);
if (name === undefined)
  console.log("npm run gate -- NAME|all [OPTION…]\n  OPTION: of `assay sdk`, such as --depth quick");
process.exitCode =
  name === undefined ? 2 : name === "all" ? gateAll(machine, options) : gateDriver(machine, name, options);
