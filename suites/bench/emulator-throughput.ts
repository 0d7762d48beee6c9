/** What a signed request costs the reference emulator, in another process; the cases of `protocol`, with bodies of 180 KB, apart. */
import { loadSpecs } from "../../runner/spec/load.ts";
import { builtInSpecs } from "../../runner/spec/package-root.ts";
import type { BuiltTree } from "./built-tree.ts";
import { recordRequests } from "./record-requests.ts";
import { startMeasuredEmulator } from "./server-process.ts";
import { type Duration, median, medianDuration, microsecondsEach, row } from "./statistics.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import { sendWithUndici } from "./undici-baseline.ts";

export interface Load {
  /** Number of requests per round. */
  readonly requests: number;
  readonly connections: number;
  /** Number of measured rounds. */
  readonly rounds: number;
}

const parts: readonly { readonly name: string; readonly includes: (family: string) => boolean }[] = [
  { name: "emulator", includes: (family) => family !== "protocol" },
  { name: "emulator, protocol", includes: (family) => family === "protocol" },
];

/** The requests are those of the built-in cases. A run checks that their responses are correct before they are sent again. */
export const benchEmulatorThroughput = (tree: BuiltTree, load: Load): Promise<string[]> =>
  withTemporaryFolder(async (folder) => {
    const server = await startMeasuredEmulator(tree.script);
    const actions = [...loadSpecs(builtInSpecs()).actions.values()];
    const lines: string[] = [];
    try {
      for (const { name, includes } of parts) {
        const requests = await recordRequests({ url: server.url, actions, includes, folder });
        const count = load.requests;
        const rounds: Duration[] = [];
        for (let round = 0; round < load.rounds; round++) {
          const cpuBefore = await server.cpuSeconds();
          const { wallSeconds } = await sendWithUndici(server.url, requests, { count, connections: load.connections });
          rounds.push({ wallSeconds, cpuSeconds: (await server.cpuSeconds()) - cpuBefore });
        }
        const perSecond = Math.round(count / median(rounds.map(({ wallSeconds }) => wallSeconds)));
        const cost = microsecondsEach(medianDuration(rounds), count);
        lines.push(row(name, `${cost} a request, ${perSecond} requests/s (${requests.length} different ones)`));
      }
      return lines;
    } finally {
      await server.stop();
    }
  });
