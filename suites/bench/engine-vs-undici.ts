/** The engine against bare undici, turn about, on one stub server: requests per second of both, and their ratio. */
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
import { writeFolder } from "./synthetic-specs.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import { type Ready, ready, undiciBaseline } from "./undici-baseline.ts";

export interface BenchmarkLoad {
  readonly cases: number;
  readonly lanes: number;
  readonly rounds: number;
}

/** Rounds that are not counted: until then the code is still being compiled. */
const warmUp = 3;

export const engineVersusUndici = (race: BenchmarkLoad): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    // A stub cannot refuse: beyond a limit anything goes, or each such verdict would drag its exchanges into the log.
    writeFolder(join(dir, "specs"), race.cases, "open");
    mkdirSync(join(dir, "out"));
    const specs = loadSpecs(join(dir, "specs"));
    const stub = await startServerProcess(fileURLToPath(new URL("./stub-server.ts", import.meta.url)));
    const work = { url: stub.url, lanes: race.lanes, out: join(dir, "out") };
    try {
      const requests: Ready[] = [];
      await runEngine({ ...work, cases: planOf(specs), sent: (request) => void requests.push(ready(request)) });
      const engines: number[] = [];
      const bares: number[] = [];
      for (let round = -warmUp; round < race.rounds; round++) {
        const { footer, seconds } = await runEngine({ ...work, cases: planOf(specs) });
        if (footer.exit !== 0) throw new Error(`the stub's answers did not pass: ${JSON.stringify(footer.counts)}`);
        const alone = await undiciBaseline(stub.url, requests, race.lanes);
        if (round < 0) continue;
        engines.push(requests.length / seconds);
        bares.push(requests.length / alone);
      }
      const ratios = engines.map((n, round) => n / (bares[round] ?? n));
      return [
        `${requests.length} requests a round, ${race.rounds} rounds, ${race.lanes} lanes`,
        `engine       ${rate(median(engines))}`,
        `bare undici  ${rate(median(bares))}`,
        `ratio ${median(ratios).toFixed(2)}`,
      ];
    } finally {
      await stub.stop();
    }
  });

/** These want refusals that no spec can leave open, or send more than one request a case. */
const apart = new Set(["protocol", "signature", "precedence", "concurrency", "equivalence", "fuzz"]);

const planOf = (specs: Specs): Iterable<Case> => {
  const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
  const ofOne = families.filter((f) => !apart.has(f.id));
  return plan({ actions: specs.actions.values(), depth: "standard", select: [], isFlat, families: ofOne });
};
