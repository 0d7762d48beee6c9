/** What `npm run gate` does on machines with and without the toolchain of a driver; no command is run. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../runner/spec/package-root.ts";
import { driverNames, gateAll, gateDriver, type Machine } from "./gate-driver.ts";

/** `exits`: exit codes by the first word of a command; 0 by default. */
function machineWith(programs: readonly string[], exits: Readonly<Record<string, number>> = {}) {
  const commands: string[] = [];
  const lines: string[] = [];
  const machine: Machine = {
    root: packageRoot(),
    hasProgram: (program) => programs.includes(program),
    run: (command, folder) => {
      commands.push(`${folder}: ${command}`);
      return exits[command.split(" ")[0] ?? ""] ?? 0;
    },
    print: (line) => lines.push(line),
  };
  return { machine, commands, lines };
}

test("every folder of a driver has a toolchain", () => {
  const folders = readdirSync(join(packageRoot(), "suites/drivers"), { withFileTypes: true });
  expect(driverNames(machineWith([]).machine)).toEqual(
    folders
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
  );
});

test("a driver is installed in its folder and gated with its known failures", () => {
  const { machine, commands } = machineWith(["python3"]);
  expect(gateDriver(machine, "python-aws", ["--select", "aws/**"])).toBe(0);
  expect(commands).toEqual([
    "suites/drivers/python-aws: python3 -m venv .venv",
    "suites/drivers/python-aws: .venv/bin/pip install --quiet -r requirements.txt",
    ".: node dist/main.js sdk --driver 'suites/drivers/python-aws/.venv/bin/python suites/drivers/python-aws/driver.py' " +
      "--known suites/drivers/python-aws/known.yaml --out reports/out/python-aws --select 'aws/**'",
  ]);
});

test("the exit code is that of assay", () => {
  expect(gateDriver(machineWith(["node"], { node: 3 }).machine, "node-tencent", [])).toBe(3);
});

test.each([
  [
    "java-aws",
    ["java"],
    {},
    "java-aws needs mvn, which the PATH does not have; install Maven 3.6 and a JDK 17, or newer ones",
  ],
  [
    "go-aws",
    ["go"],
    { go: 1 },
    "go-aws cannot be installed: `go mod download` in suites/drivers/go-aws ended with exit code 1; its output is above",
  ],
  ["perl-aws", [], {}, "there is no driver perl-aws in suites/drivers; NAME is one of go-aws, "],
] as const)("%s with %j is exit code 2, and one sentence says why", (name, programs, exits, message) => {
  const { machine, lines } = machineWith(programs, exits);
  expect(gateDriver(machine, name, [])).toBe(2);
  expect(lines).toEqual([expect.stringContaining(message)]);
});

test("all gates what the machine has the toolchains for, and names the others", () => {
  const { machine, lines } = machineWith(["node", "go"], { node: 1 });
  expect(gateAll(machine, [])).toBe(1);
  expect(lines.slice(-9)).toEqual([
    "go-aws: exit code 1",
    "go-tencent: exit code 1",
    "go-tencent-typed: exit code 1",
    expect.stringMatching(/^not gated: java-aws needs mvn and java, /),
    expect.stringMatching(/^not gated: java-tencent /),
    "node-aws: exit code 1",
    "node-tencent: exit code 1",
    expect.stringMatching(/^not gated: python-aws needs python3, /),
    expect.stringMatching(/^not gated: python-tencent /),
  ]);
});
