/** What assay costs: all measurements in one run, or those that are named: ratio, emulator, start, memory, reports; kill only where it is named. */
import { emulator } from "./emulator-throughput.ts";
import { engineVersusUndici } from "./engine-vs-undici.ts";
import { killAndSweepBench } from "./kill-and-sweep.ts";
import { start } from "./npm-start.ts";
import { memory } from "./peak-memory.ts";
import { renderings } from "./report-rendering.ts";

const parts: Readonly<Record<string, () => Promise<string[]>>> = {
  ratio: () => engineVersusUndici({ cases: 10_000, lanes: 32, rounds: 9 }),
  emulator: () => emulator({ requests: 10_000, lanes: 8, rounds: 5 }),
  start,
  memory: () => memory(1_000, 100_000),
  reports: () => renderings(10_000, 100_000),
  kill: () => killAndSweepBench(100, 1),
};
/** It measures nothing and takes long. */
const asked = ["kill"];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in parts));
if (unknown.length > 0) {
  process.stderr.write(`${unknown.join(", ")}: no such measurement; there are ${Object.keys(parts).join(", ")}\n`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(parts)) {
  if (named.length > 0 ? !named.includes(name) : asked.includes(name)) continue;
  for (const line of await measure()) process.stdout.write(`${line}\n`);
}
