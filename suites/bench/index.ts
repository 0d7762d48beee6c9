/** The benchmarks of assay. Arguments: names of measurements (ratio, emulator, start, memory, reports, kill); without any, all but `kill`. */
import { benchEmulatorThroughput } from "./emulator-throughput.ts";
import { benchEngineVersusUndici } from "./engine-vs-undici.ts";
import { benchKillAndSweep } from "./kill-and-sweep.ts";
import { benchNpmStart } from "./npm-start.ts";
import { benchPeakMemory } from "./peak-memory.ts";
import { benchReportRendering } from "./report-rendering.ts";

const measurements: Readonly<Record<string, () => Promise<string[]>>> = {
  ratio: () => benchEngineVersusUndici({ cases: 10_000, lanes: 32, rounds: 9 }),
  emulator: () => benchEmulatorThroughput({ requests: 10_000, lanes: 8, rounds: 5 }),
  start: benchNpmStart,
  memory: () => benchPeakMemory(1_000, 100_000),
  reports: () => benchReportRendering(10_000, 100_000),
  kill: () => benchKillAndSweep(100, 1),
};
/** `kill` is a long stress test, not a measurement. */
const onlyWhenNamed = ["kill"];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in measurements));
if (unknown.length > 0) {
  process.stderr.write(`${unknown.join(", ")}: unknown measurement; use ${Object.keys(measurements).join(", ")}\n`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(measurements)) {
  if (names.length > 0 ? !names.includes(name) : onlyWhenNamed.includes(name)) continue;
  for (const line of await measure()) process.stdout.write(`${line}\n`);
}
