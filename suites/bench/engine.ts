/** What a case costs the engine, reports included, and what a request costs undici alone on the same server, turn about. */

import { loadSpecs } from "../../runner/spec/load.ts";
import type { BuiltTree } from "./built-tree.ts";
import { recordRequests } from "./record-requests.ts";
import { measureRun, type RunMeasurement, withSyntheticService } from "./run-of-cases.ts";
import { type Duration, median, medianDuration, microsecondsEach, row } from "./statistics.ts";
import { sendWithUndici } from "./undici-baseline.ts";

export interface Repetitions {
  /** Approximate number of cases of a round. */
  readonly cases: number;
  readonly rounds: number;
}

/** As many as `assay run` has lanes. */
const CONNECTIONS = 8;

export const benchEngine = (tree: BuiltTree, { cases, rounds }: Repetitions): Promise<string[]> =>
  withSyntheticService(tree, cases, async (service) => {
    const { url } = service.server;
    const [action] = loadSpecs(service.specs).actions.values();
    if (action === undefined) throw new Error(`${service.specs}: no action`);
    // Bodies of 180 KB would hide what a request costs otherwise.
    const includes = (family: string) => family !== "protocol";
    const requests = await recordRequests({ url, actions: [action], includes, folder: service.dir });
    await sendWithUndici(url, requests, { count: requests.length, connections: CONNECTIONS });
    const runs: RunMeasurement[] = [];
    const loops: Duration[] = [];
    for (let round = 0; round < rounds; round++) {
      const run = await measureRun(tree, service);
      runs.push(run);
      loops.push(await sendWithUndici(url, requests, { count: run.requests, connections: CONNECTIONS }));
    }
    const [{ planned, requests: sent } = { planned: 1, requests: 1 }] = runs;
    const ratio = (of: keyof Duration): string =>
      median(runs.map((run, round) => run[of] / (loops[round]?.[of] ?? run[of]))).toFixed(2);
    return [
      row("engine", `${microsecondsEach(medianDuration(runs), planned)} a case (${planned} cases, ${rounds} rounds)`),
      row("bare undici", `${microsecondsEach(medianDuration(loops), sent)} a request (${sent} requests)`),
      row("ratio", `${ratio("cpuSeconds")} by CPU, ${ratio("wallSeconds")} by wall time`),
    ];
  });
