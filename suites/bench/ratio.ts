/** The engine against bare undici, turn about, on one stub server: requests per second of both, and their ratio. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { plan } from "../../runner/cases/plan.ts";
import type { Case } from "../../runner/model.ts";
import { protocolOf } from "../../runner/protocols/index.ts";
import { loadSpecs, type Specs } from "../../runner/spec/load.ts";
import { bare, type Ready, ready } from "./bare.ts";
import { engine } from "./engine.ts";
import { writeFolder } from "./folder.ts";
import { median, rate } from "./numbers.ts";
import { serve } from "./served.ts";
import { inTemporary } from "./temporary.ts";

export interface Race {
  /** Of the folder's cases only those that expect success are sent, about four in ten: the stub cannot refuse. */
  readonly cases: number;
  readonly lanes: number;
  readonly rounds: number;
}

export const ratio = (race: Race): Promise<string[]> =>
  inTemporary(async (dir) => {
    writeFolder(join(dir, "specs"), race.cases);
    mkdirSync(join(dir, "out"));
    const specs = loadSpecs(join(dir, "specs"));
    const stub = await serve(fileURLToPath(new URL("./stub.ts", import.meta.url)));
    const work = { url: stub.url, lanes: race.lanes, out: join(dir, "out") };
    try {
      const requests: Ready[] = [];
      await engine({ ...work, cases: positives(specs), sent: (request) => void requests.push(ready(request)) });
      await bare(stub.url, requests, race.lanes);
      const engines: number[] = [];
      const bares: number[] = [];
      for (let round = 0; round < race.rounds; round++) {
        const { footer, seconds } = await engine({ ...work, cases: positives(specs) });
        if (footer.counts.passed !== requests.length)
          throw new Error(`${footer.counts.passed} of ${requests.length} cases passed; a stub's answers pass them all`);
        engines.push(requests.length / seconds);
        bares.push(requests.length / (await bare(stub.url, requests, race.lanes)));
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

function* positives(specs: Specs): Iterable<Case> {
  const flat = (binding: string) => protocolOf(binding).flat(binding);
  for (const c of plan({ actions: specs.actions.values(), depth: "standard", select: [], flat })) {
    if (c.expect.outcome === "success") yield c;
  }
}
