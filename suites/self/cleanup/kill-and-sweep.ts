/** Runs that are killed at random moments, and the sweeps that clear up after them: nothing is left, nothing of others is touched. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readLedgers } from "../../../runner/resources/ledger-file.ts";
import { type Random, random } from "../../../runner/values/random.ts";
import { runAssay, startCli } from "../cli/run-cli.ts";
import { startEmulatorProcess } from "../fixtures/emulator-process.ts";

export interface KillResult {
  /** Entries that were open when the run was killed, and of these the ones without an answer. */
  readonly open: number;
  readonly unanswered: number;
  readonly deleted: number;
  readonly absent: number;
  readonly left: readonly string[];
  /** What the emulator held beyond what was there before, once the sweep was done. */
  readonly beyond: Readonly<Record<string, number>>;
}

const services = ["tencent/iai", "tencent/organization", "tencent/im", "aws/rekognition"];

/**
 * Two runs on one emulator are killed, one after the other; the second is swept while the first one's things stand, then
 * the first. `times` is the number of kills, an even one.
 */
export async function killAndSweep(
  times: number,
  seed: number,
  tell: (killed: KillResult) => void,
): Promise<KillResult[]> {
  const next = random(seed);
  const emulator = await startEmulatorProcess();
  const all: KillResult[] = [];
  try {
    for (let i = 0; i < times / 2; i++) {
      const fresh = await emulator.held();
      const first = await killedRun(emulator.url, next);
      const between = await emulator.held();
      const second = await killedRun(emulator.url, next);
      for (const [out, before] of [
        [second, between],
        [first, fresh],
      ] as const) {
        const [ledger] = readLedgers(out);
        const entries = [...(ledger?.openEntries.values() ?? [])];
        const swept = await runAssay("sweep", "--out", out, "--format", "json");
        const [result] = JSON.parse(swept.out) as [Swept];
        const killed: KillResult = {
          open: entries.length,
          unanswered: entries.filter((e) => e.id === undefined).length,
          deleted: result.deleted.length,
          absent: result.absent.length,
          left: result.left.map(({ what, why }) => `${what}: ${why}`),
          beyond: beyond(await emulator.held(), before),
        };
        tell(killed);
        all.push(killed);
        rmSync(out, { recursive: true });
      }
    }
    return all;
  } finally {
    await emulator.close();
  }
}

interface Swept {
  readonly deleted: readonly string[];
  readonly absent: readonly string[];
  readonly left: readonly { readonly what: string; readonly why: string }[];
}

/** A run that was killed within seconds of its first create; the folder that it leaves. */
async function killedRun(url: string, next: Random): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), "assay-"));
  const service = next.pick(services);
  const child = startCli(["run", "--endpoint", url, "--out", out, "--select", `${service}/**`]);
  const ended = child.done.then(() => true);
  const file = join(out, "resources.ndjson");
  while (!existsSync(file) || (readLedgers(out)[0]?.nextNumber ?? 0) === 0)
    if (await Promise.race([ended, sleep(20, false)])) break;
  await sleep(next.int(2500));
  child.kill("SIGKILL");
  await child.done;
  return out;
}

/** What is there more, or less, than before. */
const beyond = (now: Readonly<Record<string, number>>, before: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(now)
      .map(([kind, n]) => [kind, n - (before[kind] ?? 0)] as const)
      .filter(([, n]) => n !== 0),
  );
