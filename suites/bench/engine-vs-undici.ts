/** The engine and bare undici in alternating rounds on one stub server: requests per second of both, and their ratio. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { families } from "../../runner/cases/families/index.ts";
import { plan } from "../../runner/cases/plan.ts";
import type { Case } from "../../runner/model/index.ts";
import { protocolOf } from "../../runner/protocols/index.ts";
import { loadSpecs, type Specs } from "../../runner/spec/load.ts";
import { runEngine } from "./run-engine.ts";
import { startServerProcess } from "./server-process.ts";
import { median, rate } from "./statistics.ts";
import { writeSpecs } from "./synthetic-specs.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import { sendWithUndici, toUndiciRequest, type UndiciRequest } from "./undici-baseline.ts";

export interface BenchmarkLoad {
  /** Approximate number of cases per round. */
  readonly cases: number;
  /** Number of concurrent cases, and of undici's connections. */
  readonly lanes: number;
  /** Number of measured rounds. */
  readonly rounds: number;
}

/** Rounds before the measured ones, during which V8 compiles and optimizes the code. */
const WARM_UP_ROUNDS = 3;

export const benchEngineVersusUndici = (load: BenchmarkLoad): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    // The stub never refuses. So the specs leave values beyond a limit undecided; failures would add their exchanges to the log.
    writeSpecs(join(dir, "specs"), load.cases, "open");
    mkdirSync(join(dir, "out"));
    const specs = loadSpecs(join(dir, "specs"));
    const stub = await startServerProcess(fileURLToPath(new URL("./stub-server.ts", import.meta.url)));
    const work = { url: stub.url, lanes: load.lanes, folder: join(dir, "out") };
    try {
      const requests: UndiciRequest[] = [];
      await runEngine({
        ...work,
        cases: planCases(specs),
        onSend: (request) => void requests.push(toUndiciRequest(request)),
      });
      const engineRates: number[] = [];
      const undiciRates: number[] = [];
      for (let round = -WARM_UP_ROUNDS; round < load.rounds; round++) {
        const { footer, seconds } = await runEngine({ ...work, cases: planCases(specs) });
        if (footer.exit !== 0)
          throw new Error(`engine benchmark: cases did not pass: ${JSON.stringify(footer.counts)}`);
        const undiciSeconds = await sendWithUndici(stub.url, requests, load.lanes);
        if (round < 0) continue;
        engineRates.push(requests.length / seconds);
        undiciRates.push(requests.length / undiciSeconds);
      }
      const ratios = engineRates.map((n, round) => n / (undiciRates[round] ?? n));
      return [
        `${requests.length} requests per round, ${load.rounds} rounds, ${load.lanes} lanes`,
        `engine       ${rate(median(engineRates))}`,
        `bare undici  ${rate(median(undiciRates))}`,
        `ratio ${median(ratios).toFixed(2)}`,
      ];
    } finally {
      await stub.stop();
    }
  });

/** Families whose cases require refusals in any spec, or send more than one request per case. */
const excludedFamilies = new Set(["protocol", "signature", "precedence", "concurrency", "equivalence", "fuzz"]);

/** All cases of the remaining families. */
const planCases = (specs: Specs): Iterable<Case> => {
  const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
  const includedFamilies = families.filter((f) => !excludedFamilies.has(f.id));
  return plan({ actions: specs.actions.values(), depth: "standard", select: [], isFlat, families: includedFamilies });
};
