/** The number of signed requests that the reference emulator, in another process, answers per second. */
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
import { sendWithUndici, toUndiciRequest, type UndiciRequest } from "./undici-baseline.ts";

export interface Load {
  /** Minimum number of requests per round. */
  readonly requests: number;
  /** Number of connections. */
  readonly lanes: number;
  /** Number of measured rounds. */
  readonly rounds: number;
}

/** The requests are those of the built-in cases. A run checks that their responses are correct before they are sent again. */
export const benchEmulatorThroughput = (load: Load): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    const folder = join(dir, "out");
    mkdirSync(folder);
    const server = await startServerProcess(join(packageRoot(), "runner", "cli", "main.ts"), ["emulator"]);
    try {
      const signed: UndiciRequest[] = [];
      const onSend = (request: Parameters<typeof toUndiciRequest>[0]) => void signed.push(toUndiciRequest(request));
      const { footer } = await runEngine({
        url: server.url,
        cases: readOnlyCases(),
        lanes: load.lanes,
        folder,
        onSend,
      });
      if (footer.exit !== 0)
        throw new Error(`emulator benchmark: cases did not pass: ${JSON.stringify(footer.counts)}`);
      const repetitions = Math.ceil(load.requests / signed.length);
      const requests = Array.from({ length: repetitions }, () => signed).flat();
      const rates: number[] = [];
      for (let round = 0; round < load.rounds; round++)
        rates.push(requests.length / (await sendWithUndici(server.url, requests, load.lanes)));
      return [`emulator     ${rate(median(rates))} (${signed.length} different requests, ${load.lanes} connections)`];
    } finally {
      await server.stop();
    }
  });

/** Cases that read only, so that their requests can be repeated. */
const readOnlyCases = (): Iterable<Case> => {
  const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
  return plan({
    actions: loadSpecs(builtInSpecs()).actions.values(),
    depth: "standard",
    select: [],
    isFlat,
    readOnly: true,
  });
};
