/** Kills runs at random moments and sweeps their leftovers → what was deleted, what was left, and how the emulator's resources changed. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readLedgers } from "../../../runner/resources/ledger-file.ts";
import { type Random, random } from "../../../runner/values/random.ts";
import { runAssay, startCli } from "../cli/run-cli.ts";
import { startCountingEmulator } from "../fixtures/counting-emulator.ts";

export interface KillResult {
  /** Number of open ledger entries after the kill, and how many of them are creates without a response. */
  readonly openEntries: number;
  readonly withoutResponse: number;
  /** Number of resources that the sweep deleted, and of those that did not exist. */
  readonly deleted: number;
  readonly notFound: number;
  /** The resources that the sweep could not delete, as `SUBJECT: REASON`. */
  readonly leftovers: readonly string[];
  /** The resources that it kept on purpose, because they may not belong to the run, as `SUBJECT: REASON`. */
  readonly kept: readonly string[];
  /** Resources after the sweep minus those before the run, by service and kind; 0 is omitted. */
  readonly countChanges: Readonly<Record<string, number>>;
}

const services = ["tencent/iai", "tencent/organization", "tencent/im", "aws/rekognition"];

/**
 * Repeats: kills two runs of different services on one emulator, one after the other, then sweeps the second while the resources of the first still
 * exist, then the first. `kills` is an even number.
 */
export async function killAndSweep(
  kills: number,
  seed: number,
  onResult: (killed: KillResult) => void,
): Promise<KillResult[]> {
  const next = random(seed);
  const emulator = await startCountingEmulator();
  const all: KillResult[] = [];
  try {
    for (let i = 0; i < kills / 2; i++) {
      const initialCounts = await emulator.resourceCounts();
      const first = await killRun(emulator.url, services[(2 * i) % services.length] ?? "", next);
      const countsAfterFirst = await emulator.resourceCounts();
      const second = await killRun(emulator.url, services[(2 * i + 1) % services.length] ?? "", next);
      // What the sweep of the second run had to leave is there after the sweep of the first, too, and counts only once.
      let leftBySecond: Readonly<Record<string, number>> = {};
      for (const [out, previous] of [
        [second, countsAfterFirst],
        [first, initialCounts],
      ] as const) {
        const [ledger] = readLedgers(out);
        const entries = [...(ledger?.openEntries.values() ?? [])];
        const swept = await runAssay("sweep", "--out", out, "--format", "json");
        const [result] = JSON.parse(swept.out) as [SweepResult];
        const killed: KillResult = {
          openEntries: entries.length,
          withoutResponse: entries.filter((e) => e.id === undefined).length,
          deleted: result.deleted.length,
          notFound: result.absent.length,
          leftovers: result.leftovers.map(remarkText),
          kept: result.kept.map(remarkText),
          countChanges: countDifferences(countDifferences(await emulator.resourceCounts(), previous), leftBySecond),
        };
        leftBySecond = killed.countChanges;
        onResult(killed);
        all.push(killed);
        rmSync(out, { recursive: true });
      }
    }
    return all;
  } finally {
    await emulator.close();
  }
}

interface SweepResult {
  readonly deleted: readonly string[];
  readonly absent: readonly string[];
  readonly leftovers: readonly Remark[];
  readonly kept: readonly Remark[];
}

interface Remark {
  readonly subject: string;
  readonly reason: string;
}

const remarkText = ({ subject, reason }: Remark): string => `${subject}: ${reason}`;

/** Kills a run of the service within a second of its first create → its folder. */
async function killRun(url: string, service: string, next: Random): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), "assay-"));
  const child = startCli(["run", "--endpoint", url, "--out", out, "--select", `${service}/**`]);
  const ended = child.done.then(() => true);
  const file = join(out, "resources.ndjson");
  while (!existsSync(file) || (readLedgers(out)[0]?.nextNumber ?? 0) === 0)
    if (await Promise.race([ended, sleep(20, false)])) break;
  await sleep(next.int(1000));
  child.kill("SIGKILL");
  await child.done;
  return out;
}

/** The differences between two counts, without zeros. */
const countDifferences = (current: Readonly<Record<string, number>>, previous: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.keys({ ...previous, ...current })
      .map((kind) => [kind, (current[kind] ?? 0) - (previous[kind] ?? 0)] as const)
      .filter(([, n]) => n !== 0),
  );
