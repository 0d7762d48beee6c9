/** The reference emulator in another process → the signed requests that it answers in a second. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { plan } from "../../runner/cases/plan.ts";
import type { Case } from "../../runner/model/index.ts";
import { protocolOf } from "../../runner/protocols/index.ts";
import { loadSpecs } from "../../runner/spec/load.ts";
import { builtInSpecs, packageRoot } from "../../runner/spec/package-root.ts";
import { runEngine } from "./run-engine.ts";
import { startServerProcess } from "./server-process.ts";
import { median, rate } from "./statistics.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import { type Ready, ready, undiciBaseline } from "./undici-baseline.ts";

export interface Load {
  /** At least so many requests a round. */
  readonly requests: number;
  readonly lanes: number;
  readonly rounds: number;
}

/** The requests are those of the documents' own cases; the engine has judged their answers before they are sent again. */
export const emulator = (load: Load): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    const out = join(dir, "out");
    mkdirSync(out);
    const server = await startServerProcess(join(packageRoot(), "runner", "cli", "main.ts"), ["emulator"]);
    try {
      const signed: Ready[] = [];
      const sent = (request: Parameters<typeof ready>[0]) => void signed.push(ready(request));
      const { footer } = await runEngine({ url: server.url, cases: readOnly(), lanes: load.lanes, out, sent });
      if (footer.exit !== 0) throw new Error(`the emulator's answers were not right: ${JSON.stringify(footer.counts)}`);
      const times = Math.ceil(load.requests / signed.length);
      const requests = Array.from({ length: times }, () => signed).flat();
      const rates: number[] = [];
      for (let round = 0; round < load.rounds; round++)
        rates.push(requests.length / (await undiciBaseline(server.url, requests, load.lanes)));
      return [`emulator     ${rate(median(rates))} (${signed.length} different ones, ${load.lanes} connections)`];
    } finally {
      await server.stop();
    }
  });

/** Cases that change nothing and make nothing: their requests can be sent again. */
const readOnly = (): Iterable<Case> => {
  const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
  return plan({
    actions: loadSpecs(builtInSpecs()).actions.values(),
    depth: "standard",
    select: [],
    isFlat,
    readOnly: true,
  });
};
